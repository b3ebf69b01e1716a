import { Option, type Command } from "commander";
import { command, type ProgramContext } from "./command.js";

/** The setup's options as commander hands them over. */
export interface SetupFlags {
  readonly service?: string[];
  readonly all?: boolean;
  readonly profile?: string;
  readonly list?: boolean;
  readonly test?: boolean;
  readonly remove?: boolean;
  readonly revoke?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly access?: "read" | "write" | "full";
  readonly account?: string;
  readonly timezone?: string;
  readonly credentials?: string;
  readonly browser: boolean;
  readonly port?: string;
  readonly serviceAccount?: string;
  readonly subject?: string;
  readonly together?: boolean;
  readonly paste?: boolean | string;
  /** Its origin; true for a rehearsal with a sandbox of its own. */
  readonly sandbox?: boolean | string;
}

/** The setup, as a command of the program or as a program of its own. */
export function setupCommand(name: string, { registry, prompter, endWith }: ProgramContext): Command {
  return withOptions(command(name).description("Connects services to your accounts, step by step.")).action(
    async (flags: SetupFlags) => {
      const { setupCommand: run } = await import("../commands/setup-command.js");
      const exitCode = await run({ registry, prompter }, flags);
      if (exitCode !== 0) endWith(exitCode);
    },
  );
}

function withOptions(setup: Command): Command {
  return setup
    .option("--service <name...>", "service to set up, by the name or alias that --list shows")
    .option("--all", "every service that there is")
    .option("--profile <name>", "profile to set up, such as work or personal")
    .option("--list", "show every service and profile with its true state")
    .option("--test", "try every service and profile out with real calls; exits with the worst result's code")
    .option("--remove", "forget the profile of a service on this machine")
    .option("--revoke", "with --remove: end its access at the service as well")
    .option("--yes", "do not ask: write the changes of .env, and remove what --remove names")
    .option("--json", "one JSON document on standard output")
    .addOption(new Option("--access <level>", "how much to allow").choices(["read", "write", "full"]))
    .option("--account <address>", "the account that is to sign in; another one is refused")
    .option("--timezone <zone>", "your time zone, such as Europe/Lisbon; default: the calendar's")
    .option("--credentials <file>", "the OAuth client file as downloaded from the service's console")
    .option("--service-account <file>", "the key file of a service account, instead of signing in")
    .option("--subject <address>", "the person in whose name the service account acts")
    .option("--no-browser", "print the sign-in address instead of opening a browser")
    .option(
      "--port <number>",
      "port of this machine that the sign-in comes back to, for ssh tunnels; default: a free one",
    )
    .option("--together", "one sign-in that all of the services share from then on")
    .option(
      "--paste [address]",
      "paste the answer's address, for machines without a browser; with it, or - for standard input, finish a sign-in begun so",
    )
    .option(
      "--sandbox [url]",
      "rehearse it all with a sandbox that is started for it and leaves nothing behind, or with one on this machine",
    );
}
