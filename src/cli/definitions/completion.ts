import { Argument, type Command } from "commander";
import { command } from "./command.js";

/** The shells that there are scripts for. */
export const shells = ["bash", "zsh", "fish"] as const;

/** A shell that there is a script for. */
export type Shell = (typeof shells)[number];

/** `completion`: a script that completes commands, flags and choices in a shell. */
export function completionCommand(): Command {
  const completion = command("completion")
    .description("prints a script that completes commands, flags and choices in a shell")
    .addArgument(new Argument("<shell>", "the shell that it is for").choices(shells))
    .addHelpText("after", installation)
    .action(async (shell: Shell) => {
      const { completionScript } = await import("../commands/completion-command.js");
      await completionScript(shell, completion.parent ?? completion);
    });
  return completion;
}

const installation = `
To have it in every new shell:
  bash  maigic-integrations completion bash > ~/.local/share/bash-completion/completions/maigic-integrations
  zsh   maigic-integrations completion zsh > DIRECTORY/_maigic-integrations, with DIRECTORY in $fpath
  fish  maigic-integrations completion fish > ~/.config/fish/completions/maigic-integrations.fish`;
