import type { Command } from "commander";
import type { DoctorFlags } from "../commands/doctor-command.js";
import { packageVersion } from "../version.js";
import { approveCommand } from "./approve.js";
import { auditCommand } from "./audit.js";
import { command, withCommonOptions, type ProgramContext } from "./command.js";
import { completionCommand } from "./completion.js";
import { mcpCommand } from "./mcp.js";
import { operationCommands } from "./operations.js";
import { policyCommand } from "./policy.js";
import { profilesCommand } from "./profiles.js";
import { examples, exitCodes } from "./root-help.js";
import { setupCommand } from "./setup.js";
import { vaultCommand } from "./vault.js";

const badNews = 1;

/** `maigic-integrations`, with all its commands. */
export function mainProgram(context: ProgramContext): Command {
  const program = command("maigic-integrations")
    .description("An assistant's hands in mail and calendar.")
    .usage("<command> [options]")
    .version(packageVersion())
    .helpCommand(false)
    .addHelpText("after", () => `\n${examples}\n\n${exitCodes()}`);
  const add = (heading: string, commands: readonly Command[]): void => {
    for (const each of commands) program.addCommand(each.helpGroup(heading));
  };
  add("Mail and calendar:", operationCommands(context));
  add("Accounts:", [
    setupCommand("setup", context),
    listCommand(context),
    profilesCommand(context),
    doctorCommand(context),
    vaultCommand(context),
  ]);
  add("Assistants:", [mcpCommand(context), policyCommand(context), approveCommand(context), auditCommand(context)]);
  add("Without an account:", [demoCommand(), sandboxCommand()]);
  add("Shell:", [completionCommand()]);
  return program;
}

/** `maigic-integrations-setup`: the setup's options without a subcommand. */
export function setupProgram(context: ProgramContext): Command {
  return setupCommand("maigic-integrations-setup", context).version(packageVersion());
}

function listCommand({ registry }: ProgramContext): Command {
  return command("list")
    .description("every service and profile with its true state")
    .option("--json", "one JSON document on standard output")
    .action(async (flags: { json?: boolean }) => {
      const { listCommand: list } = await import("../commands/list-command.js");
      await list(registry, flags);
    });
}

function doctorCommand({ registry, endWith }: ProgramContext): Command {
  return withCommonOptions(command("doctor"))
    .description(
      "what is wrong with the credentials or will be, and what to do; exits with 1 when there is something to do",
    )
    .option("--offline", "look at what is stored only, and call nobody")
    .action(async (flags: DoctorFlags) => {
      const { doctorCommand: examine } = await import("../commands/doctor-command.js");
      if (!(await examine(registry, flags))) endWith(badNews);
    });
}

function demoCommand(): Command {
  return command("demo")
    .description("the whole package at work against a sandbox; needs no account")
    .option("--json", "one JSON document on standard output")
    .action(async (flags: { json?: boolean }) => {
      const { demoCommand: demonstrate } = await import("../commands/demo-command.js");
      await demonstrate(flags);
    });
}

function sandboxCommand(): Command {
  return command("sandbox")
    .description("a stand-in for Google on this machine, until Ctrl-C")
    .option("--port <number>", "port to listen on; default: a free one")
    .option("--seed <file>", "YAML or JSON file with its people, mails and events; default: a lifelike world")
    .option("--large", "instead, people with 100,000 mails and 10,000 events")
    .option("--latency <ms>", "time that every answer takes")
    .action(async (flags: { port?: string; seed?: string; large?: boolean; latency?: string }) => {
      const { sandboxCommand: serve } = await import("../commands/sandbox-command.js");
      await serve(flags);
    });
}
