import { Command, CommanderError, Option } from "commander";
import type { KeySourceName } from "../config.js";
import type { IntegrationRegistry } from "../registry.js";
import { printJson } from "./print.js";
import { failed } from "./report-error.js";
import type { DoctorFlags } from "./doctor-command.js";
import type { CredentialFlags } from "./credential-flags.js";
import type { RemoveFlags } from "./profile-command.js";
import type { ExportFlags } from "./vault-command.js";
import { packageVersion } from "./version.js";

/** How the command line is run by another program. */
export interface CliOptions {
  /** Default: the registry of the process's own configuration. */
  readonly registry?: IntegrationRegistry;
  /** The name in help texts; under the setup's own name its options need no subcommand. */
  readonly program?: "maigic-integrations" | "maigic-integrations-setup";
}

/** As in the configuration, whose code is not loaded to show a help text. */
const keySources: readonly KeySourceName[] = ["environment", "command", "passphrase", "keychain", "key_file"];
const success = 0;
const badNews = 1;
const usageError = 2;

/**
 * Runs one command line. Results go to standard output; progress, questions and errors to standard error.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit code: 0, 1 for bad news of a doctor, 2 for a wrong command line, else the error table's
 */
export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<number> {
  let code = success;
  const endWith = (exitCode: number): void => void (code = exitCode);
  const program =
    options.program === "maigic-integrations-setup" ? setupProgram(options) : mainProgram(options, endWith);
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

/** @param endWith - for a command that did its work and has bad news */
function mainProgram(options: CliOptions, endWith: (exitCode: number) => void): Command {
  const program = command("maigic-integrations")
    .description("An assistant's hands in mail and calendar.")
    .version(packageVersion());
  program.addCommand(setupCommand(command("setup"), options));
  program
    .command("list")
    .description("every service and profile with its true state")
    .option("--json", "one JSON document on standard output")
    .action(async (flags: { json?: boolean }) => {
      const { listCommand } = await import("./setup-command.js");
      await listCommand(options.registry, flags);
    });
  withCommonOptions(program.command("doctor"))
    .description(
      "what is wrong with the credentials or will be, and what to do; exits with 1 when there is something to do",
    )
    .option("--offline", "look at what is stored only, and call nobody")
    .action(async (flags: DoctorFlags) => {
      const { doctorCommand } = await import("./doctor-command.js");
      if (!(await doctorCommand(options.registry, flags))) endWith(badNews);
    });
  program
    .command("demo")
    .description("the whole package at work against a sandbox; needs no account")
    .option("--json", "one JSON document on standard output")
    .action(async (flags: { json?: boolean }) => {
      const { demoCommand } = await import("./demo-command.js");
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
      const { sandboxCommand } = await import("./sandbox-command.js");
      await sandboxCommand(flags);
    });
  program.addCommand(profileCommand(options));
  program.addCommand(vaultCommand(options));
  return program;
}

function setupProgram(options: CliOptions): Command {
  return setupCommand(command("maigic-integrations-setup"), options).version(packageVersion());
}

function profileCommand({ registry }: CliOptions): Command {
  const profile = command("profile").description("renames or removes the profiles of a service");
  const subcommand = (name: string, description: string): Command =>
    withCommonOptions(profile.command(name).description(description)).argument(
      "<service>",
      "a service, by the name or alias that list shows",
    );
  subcommand("rename", "gives a profile another name; its sign-in comes along")
    .argument("<name>")
    .argument("<new-name>")
    .action(async (service: string, name: string, newName: string, flags: CredentialFlags) =>
      (await import("./profile-command.js")).profileRenameCommand(registry, [service, name, newName], flags),
    );
  subcommand("remove", "forgets a profile of a service on this machine")
    .argument("<name>")
    .option("--revoke", "end its access at the service as well, which ends it for all profiles of that account")
    .option("--dry-run", "change nothing, only tell whose access would end")
    .option("--yes", "do not ask, although the access of other profiles ends as well")
    .action(async (service: string, name: string, flags: RemoveFlags) =>
      (await import("./profile-command.js")).profileRemoveCommand(registry, [service, name], flags),
    );
  return profile;
}

function withCommonOptions(subcommand: Command): Command {
  return subcommand
    .option("--json", "one JSON document on standard output")
    .addOption(new Option("--sandbox <url>", "for sign-ins at a sandbox on this machine").hideHelp());
}

function vaultCommand({ registry }: CliOptions): Command {
  const vault = command("vault").description(
    "what keeps the credentials: its key, and profiles on their way to another machine",
  );
  const subcommand = (name: string, description: string): Command =>
    withCommonOptions(vault.command(name).description(description));
  subcommand("status", "where the vault is and what seals it").action(async (flags: CredentialFlags) =>
    (await import("./vault-command.js")).vaultStatusCommand(registry, flags),
  );
  subcommand("rotate", "gives the vault a new key; goes on with a rotation that was interrupted")
    .addOption(
      new Option("--to <source>", "where the new key is kept; default: where the old one is").choices(keySources),
    )
    .action(async (flags: CredentialFlags & { to?: KeySourceName }) =>
      (await import("./vault-command.js")).vaultRotateCommand(registry, flags),
    );
  subcommand("export", "seals profiles into a file for another machine, with a passphrase made for it")
    .option("--service <name>", "only this service's")
    .option("--profile <name>", "only profiles of this name")
    .option("--out <file>", "a new file for it; default: standard output")
    .option("--remove", "then remove the profiles from this vault; the sign-ins stay good")
    .action(async (flags: ExportFlags) => (await import("./vault-command.js")).vaultExportCommand(registry, flags));
  subcommand(
    "import",
    "takes exported profiles into the vault; asks for the passphrase, or reads it from standard input",
  )
    .argument("<file>", "the file that vault export made")
    .option("--replace", "in the place of profiles that are here already")
    .action(async (file: string, flags: CredentialFlags & { replace?: boolean }) =>
      (await import("./vault-command.js")).vaultImportCommand(registry, file, flags),
    );
  return vault;
}

/** A command that throws instead of ending the process. */
function command(name: string): Command {
  return new Command(name).exitOverride().showHelpAfterError("(add --help for what is possible)");
}

function setupCommand(target: Command, options: CliOptions): Command {
  return target
    .description("Connects services to your accounts, step by step.")
    .option("--service <name...>", "service to set up, by the name or alias that --list shows")
    .option("--profile <name>", "profile to set up, such as work or personal")
    .option("--list", "show every service and profile with its true state")
    .option("--json", "one JSON document on standard output")
    .addOption(new Option("--access <level>", "how much to allow").choices(["read", "write", "full"]))
    .option("--credentials <file>", "the OAuth client file as downloaded from the service's console")
    .option("--service-account <file>", "the key file of a service account, instead of signing in")
    .option("--subject <address>", "the person in whose name the service account acts")
    .option("--no-browser", "print the sign-in address instead of opening a browser")
    .option("--together", "one sign-in that all of the services share from then on")
    .option(
      "--paste [address]",
      "paste the answer's address, for machines without a browser; with it, or - for standard input, finish a sign-in begun so",
    )
    .option("--sandbox <url>", "rehearse with a sandbox on this machine")
    .action(async (flags: SetupFlags) => {
      const { listCommand, setupCommand: run } = await import("./setup-command.js");
      await (flags.list ? listCommand(options.registry, flags) : run(options.registry, flags));
    });
}

/** The setup's options as commander hands them over. */
export interface SetupFlags {
  readonly service?: string[];
  readonly profile?: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly access?: "read" | "write" | "full";
  readonly credentials?: string;
  readonly browser: boolean;
  readonly serviceAccount?: string;
  readonly subject?: string;
  readonly together?: boolean;
  readonly paste?: boolean | string;
  readonly sandbox?: string;
}
