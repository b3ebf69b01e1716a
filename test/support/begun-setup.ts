import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { environmentOf, type Outcome } from "./run-command.js";
import { root } from "./source-files.js";
import type { World } from "./world.js";

/** A setup that waits for the answer of the consent page. */
export interface BegunSetup {
  /** Address of the consent page, as it is shown in the terminal. */
  readonly url: string;
  readonly ended: Promise<Outcome>;
}

/** Runs `maigic-integrations-setup …` with a world's sandbox and vault until it shows an address. */
export async function beginSetup(w: World, args: readonly string[]): Promise<BegunSetup> {
  const child = spawn(
    process.execPath,
    [join(root, "dist/cli/setup-bin.js"), ...args, "--no-browser", "--sandbox", w.sandbox.url],
    { cwd: w.folder, env: environmentOf(w), stdio: ["ignore", "pipe", "pipe"] },
  );
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (said.stdout += text.toString()));
  const shown = new Promise<string>((resolve, reject) => {
    child.stderr.on("data", (text: Buffer) => {
      said.stderr += text.toString();
      const url = /http:\S+oauth2\S+(?=\s)/.exec(said.stderr)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once("close", () => reject(new Error(`The setup ended without an address:\n${said.stderr}`)));
  });
  const ended = once(child, "close").then((): Outcome => ({ code: child.exitCode ?? -1, ...said }));
  return { url: await shown, ended };
}
