import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { errorTable } from "../src/core/error-table.js";
import { parsePolicy } from "../src/guard/policy/parse-policy.js";
import { parseSeed } from "../src/sandbox/index.js";
import { root } from "./support/source-files.js";

describe("the pages that are derived from the code", () => {
  let generated: Record<string, string> = {};
  beforeAll(() => {
    const printed = execFileSync(process.execPath, ["scripts/generate-docs.js", "--print"], { cwd: root });
    generated = JSON.parse(printed.toString()) as Record<string, string>;
  }, 60_000);

  it.each([
    "cli",
    "errors",
    "adding-a-provider",
    "providers/google_calendar",
    "providers/google_gmail",
    "sandbox-contract",
    "sandbox",
  ])('have in docs/%s.md what "npm run docs" makes of the code', (page) => {
    expect(generated[page]).toBe(readFileSync(join(root, `docs/${page}.md`), "utf8"));
  });
});

describe("the tables of the sandbox's methods", () => {
  const page = readFileSync(join(root, "docs/sandbox.md"), "utf8");

  it("have all of Gmail's 79 and Calendar's 38 methods, each once", () => {
    const [gmail = "", calendar = ""] = page.split("Of Gmail's ")[1]?.split("Of Calendar's ") ?? [];
    const methods = (text: string): number =>
      text
        .split("\n")
        .filter((line) => line.startsWith("| "))
        .join()
        .match(/`\w+`/g)?.length ?? 0;
    const tableOf = (text: string): string => text.slice(0, text.indexOf("\n\n", text.indexOf("| ---")));
    expect([methods(tableOf(gmail)), methods(tableOf(calendar))]).toEqual([79, 38]);
  });
});

describe("docs/errors.md", () => {
  const committed = readFileSync(join(root, "docs/errors.md"), "utf8");

  it("explains every code, with its exit code, in one row", () => {
    const rows = committed.split("\n").filter((line) => line.startsWith("| `"));
    const cells = rows.map((row) => row.slice(1, -1).split("|"));
    expect(cells.map(([code]) => code?.trim())).toEqual(Object.keys(errorTable).map((code) => `\`${code}\``));
    expect(cells.map((row) => Number(row.at(-1)))).toEqual(Object.values(errorTable).map(({ exitCode }) => exitCode));
  });

  it("gives every code an exit code of its own, so that a shell can tell them apart", () => {
    const exitCodes = Object.values(errorTable).map(({ exitCode }) => exitCode);
    expect(new Set(exitCodes).size).toBe(exitCodes.length);
  });
});

/** The code blocks of a page in one of some languages. */
function blocksOf(page: string, ...languages: string[]): string[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, language = "", code = ""]) =>
    languages.includes(language) ? [code] : [],
  );
}

/** What the compiler says of programs that stand in the repository's root, each by itself. */
function complaints(programs: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8")) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  // As for everybody's programs, the package is what was built of it.
  const unused = { noUnusedLocals: false, isolatedDeclarations: false, declaration: false, paths: {} };
  const files = new Map(programs.map((code, index) => [join(root, `block-${index}.ts`), code]));
  const disk = ts.createCompilerHost({ ...options, ...unused });
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    readFile: (path) => files.get(path) ?? disk.readFile(path),
    getSourceFile: (path, ...rest) => {
      const code = files.get(path);
      if (code === undefined) return disk.getSourceFile(path, ...rest);
      return ts.createSourceFile(path, code, ts.ScriptTarget.ES2023, true);
    },
  };
  const program = ts.createProgram([...files.keys()], { ...options, ...unused }, host);
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  });
}

describe("the code blocks of README.md and docs/", () => {
  it("compile as they stand, each with what it imports", { timeout: 60_000 }, () => {
    const programs = [
      "README.md",
      "docs/adding-a-provider.md",
      "docs/assistants.md",
      "docs/calendar.md",
      "docs/credentials.md",
      "docs/email.md",
      "docs/errors.md",
      "docs/getting-started.md",
      "docs/sandbox.md",
    ].flatMap((page) => blocksOf(page, "ts", "js"));
    expect(programs.length).toBeGreaterThan(5);
    const wrong = 'import { createEmailClient } from "maigic-integrations";\nawait createEmailClient().getMail();';
    const found = complaints([...programs, wrong]);
    expect(found.filter((line) => line.includes(`block-${programs.length}.ts`))).not.toEqual([]);
    expect(found.filter((line) => !line.includes(`block-${programs.length}.ts`))).toEqual([]);
  });

  it("hold a policy that is read as it stands", () => {
    const [policy = ""] = blocksOf("docs/assistants.md", "yaml");
    expect(parsePolicy(policy, "policy.yaml").profiles).toHaveProperty("size", 2);
  });

  it("hold seeds that a sandbox takes", async () => {
    const seeds = blocksOf("docs/sandbox.md", "yaml");
    expect(seeds.length).toBeGreaterThan(1);
    for (const seed of seeds) expect((await parseSeed(seed)).users).toHaveLength(2);
  });
});
