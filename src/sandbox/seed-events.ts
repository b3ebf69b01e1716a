import { integrationError } from "../core/errors.js";
import { isDate, isDateTime, isTimeZone } from "./calendar/time-text.js";
import type { SandboxSeed, SeedEvent } from "./seed.js";

type Complain = (place: string, value: unknown, wanted: string) => never;

/**
 * Looks at every event of a seed, so that what cannot be is named here and breaks no answer later.
 *
 * @throws ConfigurationError `config.invalid` with the place, such as `users.0.calendars.0.events.3.start.timeZone`
 */
export async function checkSeedEvents(seed: SandboxSeed): Promise<void> {
  for (const [userIndex, user] of seed.users.entries()) {
    checkZone(user.timeZone, at(`users.${userIndex}`), "timeZone");
    for (const [calendarIndex, calendar] of (user.calendars ?? []).entries()) {
      const place = `users.${userIndex}.calendars.${calendarIndex}`;
      checkZone(calendar.timeZone, at(place), "timeZone");
      for (const [index, event] of (calendar.events ?? []).entries()) {
        await checkEvent(event, at(`${place}.events.${index}`));
      }
    }
  }
}

async function checkEvent(event: SeedEvent, complain: Complain): Promise<void> {
  for (const name of ["start", "end"] as const) checkTime(event[name], name, complain);
  if ("date" in event.start !== "date" in event.end)
    complain("end", event.end, "a date like the start, or a time like it");
  if (event["recurrence"] !== undefined) await checkRecurrence(event["recurrence"], complain);
}

function checkTime(time: Record<string, unknown>, name: string, complain: Complain): void {
  const { date, dateTime, timeZone } = time;
  if (date !== undefined) {
    if (!isDate(date)) complain(`${name}.date`, date, "a date such as 2026-11-23");
  } else if (!isDateTime(dateTime)) {
    complain(
      dateTime === undefined ? name : `${name}.dateTime`,
      dateTime ?? time,
      "a time such as 2026-11-23T09:30:00+01:00",
    );
  }
  checkZone(timeZone, complain, `${name}.timeZone`);
}

function checkZone(value: unknown, complain: Complain, place: string): void {
  if (value !== undefined && !isTimeZone(value)) complain(place, value, "an IANA time zone such as Europe/Berlin");
}

async function checkRecurrence(value: unknown, complain: Complain): Promise<void> {
  const wanted = 'iCalendar lines such as "RRULE:FREQ=WEEKLY"';
  if (!Array.isArray(value)) return complain("recurrence", value, wanted);
  const { RRuleTemporal } = await import("rrule-temporal");
  for (const [index, line] of (value as unknown[]).entries()) {
    const rules = typeof line === "string" && /^(RRULE|RDATE|EXDATE|EXRULE)[:;]/.test(line) ? line : undefined;
    if (rules === undefined) return complain(`recurrence.${index}`, line, wanted);
    if (!rules.startsWith("RRULE")) continue;
    try {
      new RRuleTemporal({ rruleString: `DTSTART:20260105T090000Z\n${rules}` }).next();
    } catch {
      complain(`recurrence.${index}`, line, wanted);
    }
  }
}

function at(base: string): Complain {
  return (place, value, wanted) => {
    const path = `${base}.${place}`;
    throw integrationError("config.invalid", {
      message: `The sandbox's seed is wrong at ${path}: ${JSON.stringify(value)}.`,
      hint: `Write ${wanted} there.`,
      details: { path },
    });
  };
}
