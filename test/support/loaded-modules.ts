import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./source-files.js";

const file = "process.env.LOADED_MODULES_FILE";

/** Runs in the loader's thread: writes down every module that is really loaded, built-in ones too. */
const hooks = `
  import { appendFileSync } from "node:fs";
  export async function load(url, context, next) {
    appendFileSync(${file}, url + "\\n");
    return next(url, context);
  }`;

/** Runs first in the process: what one CommonJS file requires of another is known at the end only. */
const recorder = `
  import { appendFileSync } from "node:fs";
  import { createRequire, register } from "node:module";
  register(${JSON.stringify(dataUrl(hooks))});
  process.on("exit", () => {
    for (const path of Object.keys(createRequire("file:///").cache)) appendFileSync(${file}, "file://" + path + "\\n");
  });`;

/** The addresses of all modules that a Node process with these arguments loads, started in the repository. */
export function modulesLoadedBy(...args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "loaded-modules-"));
  try {
    const list = join(folder, "list");
    execFileSync(process.execPath, ["--import", dataUrl(recorder), ...args], {
      cwd: root,
      env: { ...process.env, LOADED_MODULES_FILE: list },
      stdio: ["ignore", "ignore", "inherit"],
    });
    return [...new Set(readFileSync(list, "utf8").trim().split("\n"))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
