import { Option, type Command } from "commander";
import type { PolicyFlags } from "../commands/policy-command.js";
import { command, type ProgramContext } from "./command.js";

/** `policy`: what assistants may do. It is changed in its file only, by hand. */
export function policyCommand({ registry }: ProgramContext): Command {
  return command("policy")
    .description("what an assistant may do besides reading, and the file that says so")
    .option("--json", "one JSON document on standard output")
    .addOption(new Option("--example", "print only a file to begin with, with comments").conflicts("json"))
    .action(async (flags: PolicyFlags) => {
      const { policyCommand: tell } = await import("../commands/policy-command.js");
      await tell(registry, flags);
    });
}
