import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { setupCommand } from "./names.js";

describe("setupCommand", () => {
  it("is short for names that need no care", () => {
    expect(setupCommand("google_gmail", "default")).toBe("npx maigic-integrations-setup --service google_gmail");
    expect(setupCommand("google_gmail", "ann@example.com")).toMatch(/ --profile ann@example\.com$/);
  });

  it
    .skipIf(process.platform === "win32")
    .each(["$(touch pwned)", "`touch pwned`", "it's; touch pwned", 'a "b" $HOME \\', "Ann Müller"])(
    "hands %s to the program as it is, whatever it means to a shell",
    (profile) => {
      const command = setupCommand("google_gmail", profile).replace("npx maigic-integrations-setup", "printf '%s\\n'");
      const words = execFileSync("sh", ["-c", command], { encoding: "utf8", cwd: "/" }).trimEnd().split("\n");
      expect(words).toEqual(["--service", "google_gmail", "--profile", profile]);
    },
  );
});
