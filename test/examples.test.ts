import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerInvitations } from "../examples/answer-invitations.js";
import { beginSignIn, completeSignIn } from "../examples/own-web-server.js";
import { readMail } from "../examples/read-mail.js";
import { signedInSandbox } from "../examples/sandbox-in-a-test.js";
import { askForWeather } from "../examples/third-party-provider.js";

describe("the examples", () => {
  let world: Awaited<ReturnType<typeof signedInSandbox>>;
  beforeAll(async () => {
    world = await signedInSandbox();
  });
  afterAll(() => world.close());

  it("read mail", async () => {
    const lines = await readMail(world.options);
    expect(lines[0]).toBe("alice@example.com: 11 unread");
    expect(lines).toContainEqual(expect.stringContaining("Harbour boards: which blue?"));
    expect(lines).toContainEqual(expect.stringContaining("figures-q3.csv, figures-q3.pdf"));
  });

  it("answer invitations", async () => {
    expect(await answerInvitations(world.options)).toEqual(["Harbour signage: second review"]);
    expect(await answerInvitations(world.options)).toEqual([]);
  });

  it("sign somebody in from a web server of one's own", async () => {
    const { credentials } = world.options;
    if (!credentials) throw new TypeError("the example gives its credential manager");
    const redirectUri = "http://127.0.0.1:8977/oauth";
    const url = await beginSignIn(credentials, "bob", redirectUri);
    const callback = await world.sandbox.approve(url, { user: "bob@example.com" });
    expect(await completeSignIn(credentials, "bob", callback)).toBe("bob@example.com: ready");
  });

  it("register a provider of one's own", async () => {
    expect(await askForWeather(world.options.config)).toBe("ann: sunny in Lisbon");
  });
});
