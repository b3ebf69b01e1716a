import { exec } from "node:child_process";
import { promisify } from "node:util";
import { keyUnavailable } from "./key-source.js";

/** Long enough for somebody who touches a hardware key. */
const timeoutMs = 60_000;

/** What a command of the user's shell prints. It is never shown. @throws AuthenticationError `auth.key_unavailable` */
export async function outputOf(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(exec)(command, { timeout: timeoutMs, maxBuffer: 64 * 1024, windowsHide: true });
    return stdout;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
    const killed = error instanceof Error && "killed" in error && error.killed === true;
    // Neither the command nor what it printed is told: both may hold secrets.
    throw keyUnavailable(
      killed
        ? `The command of MAIGIC_VAULT_KEY_COMMAND took longer than ${timeoutMs / 1000} s.`
        : `The command of MAIGIC_VAULT_KEY_COMMAND failed with ${code}.`,
      "Run the command in a terminal and see what it says; nothing was changed.",
    );
  }
}
