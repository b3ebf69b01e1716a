import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { inputFields } from "../src/operations/input-fields.js";
import { kebabCase } from "../src/cli/operation/field-flags.js";
import { examples } from "../src/cli/definitions/root-help.js";
import { operations } from "../src/operations/index.js";
import { runHere } from "./support/run-here.js";

describe("help", () => {
  it("of the program lists its groups, examples and exit codes", async () => {
    const { code, stdout } = await runHere(["--help"]);
    expect(code).toBe(0);
    for (const text of [
      "Mail and calendar:\n",
      "email ",
      "calendar ",
      "completion ",
      "Examples:",
      "40 to 49",
      "129, 130, 143",
    ])
      expect(stdout).toContain(text);
  });

  it.each(["email", "calendar"])("of %s lists all that it can do in one list", async (kind) => {
    const { stdout } = await runHere([kind, "--help"]);
    for (const { name, summary } of operations.filter((entry) => entry.kind === kind)) {
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(`${name.split(".").slice(1).join(" ")} ${summary}`);
    }
  });

  it.each(operations)("of $name names each of its fields, and what it does to the world", async (entry) => {
    const words = entry.name.split(".");
    const { code, stdout, stderr } = await runHere(["help", ...words]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const text = stdout.replaceAll(/\s+/g, " ");
    expect(text).toContain(`Usage: maigic-integrations ${words.join(" ")}`);
    for (const { name, description } of inputFields((await entry.load()).input)) {
      const positional = entry.positionals?.includes(name);
      expect(text).toContain(positional ? `${kebabCase(name)} ` : `--${kebabCase(name)}`);
      expect(text).toContain(description);
    }
    expect(text).toContain(
      { read: "Changes nothing", write: "taken back", send: "asks first", delete: "Cannot" }[entry.effect],
    );
    expect(text.includes("--dry-run")).toBe(entry.effect !== "read");
  });

  it.each(["nope", "email nope", "email draft nope"])("for %s, which is no command, is refused", async (words) => {
    const { code, stdout, stderr } = await runHere(["help", ...words.split(" ")]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("unknown command 'nope'");
  });

  it("gives examples that are commands, with flags that they have", async () => {
    const lines = examples.split("\n").filter((line) => /^ {2}maigic-integrations [a-z]/.test(line));
    expect(lines.length).toBeGreaterThanOrEqual(5);
    for (const line of lines) {
      const [, ...words] = line.trim().split(" ");
      const command = words.slice(0, 2).filter((word) => !word.startsWith("-"));
      const { stdout } = await runHere([...command, "--help"]);
      expect(stdout).toContain(`Usage: maigic-integrations ${command.join(" ")}`);
      for (const flag of words.filter((word) => word.startsWith("--"))) expect(stdout).toContain(`${flag} `);
    }
  });
});

describe("completion", () => {
  const missing = (shell: string): boolean => {
    const absent = spawnSync(shell, ["-c", "true"]).status !== 0;
    if (absent) console.warn(`skipped: completion in ${shell}, which is not installed`);
    return absent;
  };
  const scriptFor = async (shell: string) => (await runHere(["completion", shell])).stdout;

  it.each([
    ["bash", "complete -o default -F _maigic_integrations maigic-integrations"],
    ["zsh", "'recent:the newest mails of a folder'"],
    ["fish", "__fish_"],
  ])("has a script for %s with the same commands and flags", async (shell) => {
    const script = await scriptFor(shell);
    for (const text of ["email draft", "calendar", "priority", "low", "verbose", "completion"])
      expect(script).toContain(text);
  });

  it.skipIf(missing("bash"))("completes commands, flags and choices in bash", async () => {
    const lines = [
      ["em"],
      ["email", "dr"],
      ["email", "draft", "c"],
      ["email", "search", "--serv"],
      ["email", "send", "--to", "bob@example.com", "--priority", ""],
      ["completion", "z"],
      ["email", "search", "--limit", "--"],
    ];
    const tries = lines.map((words) => {
      const quoted = ["maigic-integrations", ...words].map((word) => `'${word}'`).join(" ");
      return `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _maigic_integrations; echo "\${COMPREPLY[*]}"`;
    });
    const said = execFileSync("bash", ["-c", [await scriptFor("bash"), ...tries].join("\n")], { encoding: "utf8" });
    expect(said.split("\n").slice(0, -1)).toEqual([
      "email",
      "draft",
      "create",
      "--service",
      "low normal high urgent",
      "zsh",
      "",
    ]);
  });

  it.skipIf(missing("fish"))("completes commands, flags and choices in fish", async () => {
    const tries = ["email dra", "email send --priority u", "email draft c"].map(
      (line) => `complete -C "maigic-integrations ${line}"`,
    );
    const said = execFileSync("fish", ["--no-config", "-c", [await scriptFor("fish"), ...tries].join("\n")], {
      encoding: "utf8",
    });
    expect(said.split("\n").map((line) => line.split("\t")[0])).toEqual(["draft", "urgent", "create", ""]);
  });

  it.skipIf(missing("zsh"))("is a script that zsh reads", async () => {
    const check = `${await scriptFor("zsh").then((script) => script.replaceAll("compdef _maigic", ": _maigic"))}
      commands=() flags=() choices=()
      _maigic_integrations_at "email draft"; print -l \${commands%%:*}
      _maigic_integrations_choices "email send" --priority && print -l $choices`;
    const said = execFileSync("zsh", ["-f", "-c", check], { encoding: "utf8" });
    expect(said.trim().split("\n")).toEqual([
      "list",
      "create",
      "update",
      "send",
      "delete",
      "low",
      "normal",
      "high",
      "urgent",
    ]);
  });
});
