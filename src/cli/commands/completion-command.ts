import type { Command } from "commander";
import { completionTable } from "../completion/completion-table.js";
import { bashCompletion } from "../completion/bash.js";
import { fishCompletion } from "../completion/fish.js";
import { zshCompletion } from "../completion/zsh.js";
import type { Shell } from "../definitions/completion.js";
import { completeFlags } from "../definitions/operations.js";
import { write } from "../terminal/output.js";

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `completion`: prints the script for a shell, made of all commands with their flags. */
export async function completionScript(shell: Shell, program: Command): Promise<void> {
  await completeFlags(program);
  await write(scripts[shell](completionTable(program)));
}
