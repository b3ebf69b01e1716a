import { execFile } from "node:child_process";
import { join } from "node:path";
import { root } from "./source-files.js";
import type { World } from "./world.js";

/** How a command ended, and what it said. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program's environment must have to use a world's vault. @param machine - another one than the world's own */
export function environmentOf({ folder }: World, machine = ""): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    MAIGIC_CREDENTIALS_DIR: join(folder, machine, "credentials"),
    MAIGIC_CONFIG_DIR: join(folder, machine, "config"),
  };
}

/** Runs `maigic-integrations …` with a world's sandbox and vault. */
export function runCommand(
  w: World,
  args: readonly string[],
  { input = "", machine = "", env = {} }: { input?: string; machine?: string; env?: Record<string, string> } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, "dist/cli/bin.js"), ...args, "--sandbox", w.sandbox.url],
      { cwd: w.folder, env: { ...environmentOf(w, machine), ...env } },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}
