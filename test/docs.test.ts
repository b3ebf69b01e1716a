import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorTable } from "../src/core/error-table.js";
import { root } from "./support/source-files.js";

function generated(page: string): string {
  return execFileSync(process.execPath, ["scripts/generate-docs.js", "--print", page], { cwd: root, encoding: "utf8" });
}

describe("docs/errors.md", () => {
  const committed = readFileSync(join(root, "docs/errors.md"), "utf8");

  it('is what "npm run docs" makes of the error table', () => {
    expect(generated("errors")).toBe(committed);
  });

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
