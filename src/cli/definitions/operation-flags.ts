import { InvalidArgumentError, Option, type Command } from "commander";
import type { OperationEntry } from "../../operations/operation.js";

/** What every operation's command takes beside the operation's own input. */
export interface OperationFlags {
  readonly service?: string;
  readonly profile?: string;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** In seconds. */
  readonly timeout?: number;
  readonly sandbox?: string;
}

/** How the flags are called that stand for what a call takes beside its input. */
export const flagOfCallOption: Readonly<Record<string, string>> = {
  service: "--service",
  userId: "--profile",
  timeoutMs: "--timeout",
  endpoints: "--sandbox",
  dryRun: "--dry-run",
};

/** Adds them to a command; those that only change things have flags of their own. */
export function addOperationFlags(command: Command, { effect, items }: OperationEntry): void {
  const add = (flags: string, description: string): Option => {
    const option = new Option(flags, description).helpGroup("Options of every command:");
    command.addOption(option);
    return option;
  };
  add("--service <name>", "the service, by name or alias; needed only when several are switched on");
  add("--profile <name>", "the profile, such as work or personal");
  if (effect !== "read") {
    add("--dry-run", "change nothing, only tell what would be done");
    const asks = effect === "send" || effect === "delete";
    add("--yes", "do not ask before something is sent or deleted").hideHelp(!asks);
  }
  add("--json", "one JSON document on standard output").conflicts(items === undefined ? [] : ["ndjson"]);
  if (items !== undefined) add("--ndjson", "one JSON document a line for each item, as they come");
  add("--quiet", "no progress and no notes on standard error");
  add("--verbose", "requests and retries on standard error");
  add("--timeout <seconds>", "how long it may take at most").argParser(secondsOf);
  add("--sandbox <url>", "a sandbox on this machine instead of the service").hideHelp();
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && seconds > 0) return seconds;
  throw new InvalidArgumentError("Give a number of seconds above 0.");
}
