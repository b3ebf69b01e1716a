import type { Command } from "commander";
import type { ApproveFlags } from "../commands/approve-command.js";
import { command, type ProgramContext } from "./command.js";

/** `approve`: what a person says to what an assistant plans. There is no `--yes`: nobody but a person may say it. */
export function approveCommand({ registry, prompter, endWith }: ProgramContext): Command {
  return command("approve")
    .description("shows what an assistant plans to do, and asks whether it may; exits with 1 after a no")
    .argument("[plan]", "the plan's id, as the assistant names it; without it, all that wait are listed")
    .option("--show", "only show the plan, and ask nothing")
    .option("--json", "one JSON document on standard output: the list, or with --show the plan")
    .action(async (plan: string | undefined, flags: ApproveFlags) => {
      const { approveCommand: approve } = await import("../commands/approve-command.js");
      const exitCode = await approve({ registry, prompter }, plan, flags);
      if (exitCode !== 0) endWith(exitCode);
    });
}
