import { CommanderError, type Command } from "commander";
import type { IntegrationRegistry } from "../registry.js";
import type { Prompter } from "../setup/prompter.js";
import type { DoctorFlags } from "./commands/doctor-command.js";
import { command, withCommonOptions, type ProgramContext } from "./definitions/command.js";
import { profilesCommand } from "./definitions/profiles.js";
import { setupCommand } from "./definitions/setup.js";
import { vaultCommand } from "./definitions/vault.js";
import { failed } from "./report-error.js";
import { printJson } from "./terminal/print.js";
import { packageVersion } from "./version.js";

/** How the command line is run by another program. */
export interface CliOptions {
  /** Default: the registry of the process's own configuration. */
  readonly registry?: IntegrationRegistry;
  /** What asks the setup's questions. Default: the terminal. */
  readonly prompter?: Prompter;
  /** The name in help texts; under the setup's own name its options need no subcommand. */
  readonly program?: "maigic-integrations" | "maigic-integrations-setup";
}

const success = 0;
const badNews = 1;
const usageError = 2;

/**
 * Runs one command line. Results go to standard output; progress, questions and errors to standard error.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit code: 0, 1 for bad news of a doctor, 2 for a wrong command line, else the error table's
 */
export async function runCli(
  argv: readonly string[],
  { registry, prompter, program: name }: CliOptions = {},
): Promise<number> {
  let code = success;
  const context: ProgramContext = { registry, prompter, endWith: (exitCode) => void (code = exitCode) };
  const program = name === "maigic-integrations-setup" ? setupProgram(context) : mainProgram(context);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    const json = argv.includes("--json");
    if (!(error instanceof CommanderError)) return failed(error, json);
    if (error.exitCode === 0) return success;
    if (json) printJson({ error: { name: "UsageError", message: error.message } });
    return usageError;
  }
}

function mainProgram(context: ProgramContext): Command {
  const { registry, endWith } = context;
  const program = command("maigic-integrations")
    .description("An assistant's hands in mail and calendar.")
    .version(packageVersion());
  program.addCommand(setupCommand("setup", context));
  program
    .command("list")
    .description("every service and profile with its true state")
    .option("--json", "one JSON document on standard output")
    .action(async (flags: { json?: boolean }) => {
      const { listCommand } = await import("./commands/setup-command.js");
      await listCommand(registry, flags);
    });
  withCommonOptions(program.command("doctor"))
    .description(
      "what is wrong with the credentials or will be, and what to do; exits with 1 when there is something to do",
    )
    .option("--offline", "look at what is stored only, and call nobody")
    .action(async (flags: DoctorFlags) => {
      const { doctorCommand } = await import("./commands/doctor-command.js");
      if (!(await doctorCommand(registry, flags))) endWith(badNews);
    });
  program
    .command("demo")
    .description("the whole package at work against a sandbox; needs no account")
    .option("--json", "one JSON document on standard output")
    .action(async (flags: { json?: boolean }) => {
      const { demoCommand } = await import("./commands/demo-command.js");
      await demoCommand(flags);
    });
  program
    .command("sandbox")
    .description("a stand-in for Google on this machine, until Ctrl-C")
    .option("--port <number>", "port to listen on; default: a free one")
    .option("--seed <file>", "YAML or JSON file with its people, mails and events; default: a lifelike world")
    .option("--large", "instead, people with 100,000 mails and 10,000 events")
    .option("--latency <ms>", "time that every answer takes")
    .action(async (flags: { port?: string; seed?: string; large?: boolean; latency?: string }) => {
      const { sandboxCommand } = await import("./commands/sandbox-command.js");
      await sandboxCommand(flags);
    });
  program.addCommand(profilesCommand(context));
  program.addCommand(vaultCommand(context));
  return program;
}

function setupProgram(context: ProgramContext): Command {
  return setupCommand("maigic-integrations-setup", context).version(packageVersion());
}
