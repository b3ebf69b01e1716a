import { parseEnv } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedLines, withVariable } from "./env-text.js";

const name = "GOOGLE_GMAIL_ENABLED";
const set = (text: string) => withVariable(text, name, "true");

describe("setting a variable in a .env file", () => {
  it.each([
    ["an empty file", "", `${name}=true\n`],
    ["another's value", `A=1\n${name}=false\nB=2\n`, `A=1\n${name}=true\nB=2\n`],
    ["quotes", `${name}="false"\n`, `${name}="true"\n`],
    ["a comment behind it", `${name}=false # for now\n`, `${name}=true # for now\n`],
    ["export", `export ${name} = no\n`, `export ${name} = true\n`],
    ["Windows line ends", `A=1\r\n`, `A=1\r\n${name}=true\r\n`],
    ["Windows line ends at the value", `${name}=0\r\nB=2\r\n`, `${name}=true\r\nB=2\r\n`],
    ["no newline at the end", `A=1`, `A=1\n${name}=true`],
    ["a comment that looks like it", `# ${name}=false\n`, `# ${name}=false\n${name}=true\n`],
    ["duplicates, of which the last counts", `${name}=no\n${name}=off\n`, `${name}=no\n${name}=true\n`],
    ["what only looks like it inside of quotes", `A="x\n${name}=no\n"\n`, `A="x\n${name}=no\n"\n${name}=true\n`],
    ["a value that is there already", `${name}=true`, `${name}=true`],
    ["an empty value", `${name}=\n`, `${name}=true\n`],
    ["a byte order mark", `\ufeffA=1\n`, `\ufeffA=1\n${name}=true\n`],
  ])("keeps %s", (_, before, after) => {
    expect(set(before)).toBe(after);
  });

  const line = fc.oneof(
    fc.constantFrom(
      "",
      "# a comment",
      `# ${name}=no`,
      "export A=1",
      "B='x # y'",
      'C="two\nlines"',
      "D=`t`",
      "E = 5 # five",
    ),
    fc.constantFrom(`${name}=false`, `export ${name}="no"`, ` ${name} = 0 # off`, `${name}=`, `${name}='on'`),
    fc.stringMatching(/^[A-Z]{1,3}=[a-z0-9 "'#=$]{0,8}$/),
  );

  it("sets it, changes no other variable, and leaves every other line alone", () => {
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom("\n", "\r\n"), fc.boolean(), (lines, lineEnd, ended) => {
        const before = lines.join(lineEnd) + (ended ? lineEnd : "");
        const after = set(before);
        if (after === undefined) return; // said so instead
        expect(parseEnv(after)).toEqual({ ...parseEnv(before), [name]: "true" });
        const { removed, added } = changedLines(before, after);
        expect(removed.length).toBeLessThanOrEqual(1);
        expect(added.length).toBeLessThanOrEqual(1);
        expect(set(after)).toBe(after);
      }),
    );
  });
});
