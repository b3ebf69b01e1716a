import { InvalidArgumentError, Option, type Command } from "commander";
import type { AuditFlags } from "../commands/audit-command.js";
import { command, type ProgramContext } from "./command.js";

const badNews = 1;

/** `audit`: what assistants did, and whether the log of it is whole. */
export function auditCommand({ registry, endWith }: ProgramContext): Command {
  return command("audit")
    .description("what assistants read, asked for and did, from the log of it; the newest last")
    .option("--since <time>", "from a date, yesterday, today-7, 2h or 7d ago, or an ISO 8601 time; default: today")
    .option("--profile <name>", "only as this profile")
    .option("--limit <number>", "at most so many, the newest", wholeNumber)
    .addOption(new Option("--json", "one JSON document on standard output").conflicts("ndjson"))
    .option("--ndjson", "one JSON document a line for each entry, as they come")
    .addOption(
      new Option(
        "--check",
        "instead, look whether a line of the whole log was changed or taken out; exits with 1 if so",
      ).conflicts(["since", "profile", "limit", "ndjson"]),
    )
    .action(async (flags: AuditFlags) => {
      const { auditCommand: show, auditCheckCommand: check } = await import("../commands/audit-command.js");
      if (!flags.check) await show(registry, flags);
      else if (!(await check(registry, flags))) endWith(badNews);
    });
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number from 1 up.");
}
