import { describe, expect, it } from "vitest";
import { parseSeed } from "./seed.js";

describe("parseSeed", () => {
  it("says where a file is no YAML", async () => {
    await expect(parseSeed("users:\n  - email: 'a\n")).rejects.toMatchObject({
      code: "config.invalid",
      message: expect.stringMatching(/line 3/) as string,
    });
  });

  it("names a key that it does not know", async () => {
    await expect(parseSeed("users: [{ email: a@b.c, mails: [] }]")).rejects.toMatchObject({
      details: { path: "users.0.mails" },
    });
  });
});
