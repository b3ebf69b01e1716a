import { Option, type Command } from "commander";
import { command, type ProgramContext } from "./command.js";

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

/** The setup, as a command of the program or as a program of its own. */
export function setupCommand(name: string, { registry }: ProgramContext): Command {
  return command(name)
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
      const { listCommand, setupCommand: run } = await import("../commands/setup-command.js");
      await (flags.list ? listCommand(registry, flags) : run(registry, flags));
    });
}
