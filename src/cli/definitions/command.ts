import { Command, Option } from "commander";
import { printable } from "../../core/printable.js";
import type { IntegrationRegistry } from "../../registry.js";
import type { Prompter } from "../../setup/prompter.js";

/** What a command knows of the program that it belongs to. */
export interface ProgramContext {
  /** The registry that another program handed in; undefined: the process's own, made when a command needs it. */
  readonly registry: IntegrationRegistry | undefined;
  /** What asks questions; undefined: the terminal. */
  readonly prompter: Prompter | undefined;
  /** Ends the program with a code of its own, for a command that did its work and has bad news. */
  readonly endWith: (exitCode: number) => void;
}

/** A command that throws instead of ending the process. */
export function command(name: string): Command {
  return new Command(name)
    .exitOverride()
    .helpCommand(false) // `help …` is understood for every command at once
    .showHelpAfterError("(add --help for what is possible)")
    .configureOutput({ outputError: (text, write) => write(printable(text)) });
}

/** Adds what all commands on credentials take. */
export function withCommonOptions(subcommand: Command): Command {
  return subcommand
    .option("--json", "one JSON document on standard output")
    .addOption(new Option("--sandbox <url>", "for sign-ins at a sandbox on this machine").hideHelp());
}
