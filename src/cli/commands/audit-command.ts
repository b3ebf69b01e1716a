import { systemClock } from "../../core/clock.js";
import { integrationError } from "../../core/errors.js";
import { requireInstalled } from "../../core/packages.js";
import { loadZonedTime, machineTimeZone } from "../../core/zoned-time.js";
import type { AuditEntry } from "../../guard/audit/entry.js";
import { auditFolder, monthsOf } from "../../guard/audit/log-files.js";
import { notedText } from "../../guard/audit/noted-facts.js";
import { checkAudit, readAudit } from "../../guard/audit/read-audit.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { writeItem } from "../operation/show-output.js";
import { printJson } from "../terminal/print.js";
import { printView } from "../terminal/print-view.js";
import { auditCheckView, auditView, noAuditView } from "../views/audit.js";

/** Flags of `audit`. */
export interface AuditFlags {
  readonly since?: string;
  readonly profile?: string;
  readonly limit?: number;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly check?: boolean;
}

/** `audit`: what assistants did. */
export async function auditCommand(given: IntegrationRegistry | undefined, flags: AuditFlags): Promise<void> {
  const { configDir } = (given ?? getRegistry()).config;
  const timeZone = machineTimeZone();
  const since = await instantOf(flags.since ?? "today", timeZone);
  const asked = entriesOf(readAudit(configDir, { since }), flags.profile);
  if (flags.ndjson && flags.limit === undefined) {
    for await (const entry of asked) if (!(await writeItem(entry))) return;
    return;
  }
  const { entries, total } = await newest(asked, flags.limit);
  if (flags.json) printJson({ entries });
  else if (flags.ndjson) {
    for (const entry of entries) if (!(await writeItem(entry))) return;
  } else if ((await monthsOf(configDir)).length === 0) printView(noAuditView(auditFolder(configDir)));
  else {
    const context = { now: systemClock.now(), timeZone, profile: flags.profile ?? "" };
    printView(auditView({ entries, total, since: new Date(since).toISOString() }, context));
  }
}

/** `audit --check`: whether the log is as it was written. @returns whether it is */
export async function auditCheckCommand(
  given: IntegrationRegistry | undefined,
  { json }: Pick<AuditFlags, "json">,
): Promise<boolean> {
  const { configDir } = (given ?? getRegistry()).config;
  const check = await checkAudit(configDir);
  const whole = check.problems.length === 0;
  if (json) printJson({ whole, ...check, last: check.last ?? null });
  else if ((await monthsOf(configDir)).length === 0) printView(noAuditView(auditFolder(configDir)));
  else printView(auditCheckView(check, auditFolder(configDir)));
  return whole;
}

/** @throws RequestError `request.invalid` for what is no time */
async function instantOf(text: string, timeZone: string): Promise<number> {
  requireInstalled("Reading a time", ["temporal-polyfill"]);
  const time = await loadZonedTime(systemClock);
  const [, amount, unit] = /^\s*(\d{1,5})([hd])\s*$/.exec(text) ?? [];
  if (amount !== undefined) return time.ago(Number(amount), unit === "h" ? "hours" : "days", timeZone);
  try {
    const moment = time.moment(text, timeZone);
    return moment.kind === "date" ? time.startOfDay(moment.date, timeZone) : moment.epochMs;
  } catch (cause) {
    throw integrationError("request.invalid", {
      message: `"${text.slice(0, 60)}" is not a time.`,
      hint: "Give --since a date such as 2026-11-23, yesterday, today-7, 2h, 7d or an ISO 8601 time.",
      details: { field: "--since" },
      cause,
    });
  }
}

async function* entriesOf(entries: AsyncIterable<AuditEntry>, profile: string | undefined): AsyncGenerator<AuditEntry> {
  const noted = profile === undefined ? undefined : notedText(profile);
  for await (const entry of entries) if (noted === undefined || entry.profile === noted) yield entry;
}

/** The last of entries, of which no more are kept than are asked for. */
async function newest(
  all: AsyncIterable<AuditEntry>,
  limit = Infinity,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
  const entries: AuditEntry[] = [];
  let total = 0;
  for await (const entry of all) {
    total += 1;
    entries.push(entry);
    if (entries.length >= 2 * limit) entries.splice(0, entries.length - limit);
  }
  return { entries: entries.slice(-Math.min(limit, entries.length)), total };
}
