import { integrationError } from "../core/errors.js";
import { isRecurrenceLine } from "./calendar/input-recurrence.js";
import { repeats } from "./calendar/recurrence.js";
import { hasEventYear, isDate, isDateTime, isTimeZone } from "./calendar/time-text.js";
import type { SandboxSeed, SeedEvent } from "./seed.js";

type Complain = (place: string, value: unknown, wanted: string) => never;

/**
 * Looks at every event of a seed, so that what cannot be is named here and breaks no answer later.
 *
 * @throws ConfigurationError `config.invalid` with the place, such as `users.0.calendars.0.events.3.start.timeZone`
 */
export async function checkSeedEvents(seed: SandboxSeed): Promise<void> {
  const idsOf = new Map<string, Set<string>>();
  for (const [userIndex, user] of seed.users.entries()) {
    checkZone(user.timeZone, at(`users.${userIndex}`), "timeZone");
    const named = new Set<string>();
    for (const [calendarIndex, calendar] of (user.calendars ?? []).entries()) {
      const place = `users.${userIndex}.calendars.${calendarIndex}`;
      checkZone(calendar.timeZone, at(place), "timeZone");
      const id = (calendar.id === undefined || calendar.id === "primary" ? user.email : calendar.id).toLowerCase();
      if (named.has(id)) at(place)("id", calendar.id ?? "primary", "an id that none of the person's calendars has");
      named.add(id);
      const ids = idsOf.get(id) ?? new Set<string>();
      idsOf.set(id, ids);
      for (const [index, event] of (calendar.events ?? []).entries()) {
        const complain = at(`${place}.events.${index}`);
        await checkEvent(event, complain);
        checkId(event["id"], ids, complain);
      }
    }
  }
}

/** @param ids - those of the calendar so far */
function checkId(id: unknown, ids: Set<string>, complain: Complain): void {
  if (id === undefined) return;
  if (typeof id !== "string" || id === "" || /[/?#]/.test(id)) return complain("id", id, "an id such as standup01");
  if (ids.has(id)) complain("id", id, "an id that no other event of the calendar has");
  ids.add(id);
}

async function checkEvent(event: SeedEvent, complain: Complain): Promise<void> {
  for (const name of ["start", "end"] as const) checkTime(event[name], name, complain);
  if ("date" in event.start !== "date" in event.end)
    complain("end", event.end, "a date like the start, or a time like it");
  for (const name of ["created", "updated"]) {
    const value = event[name];
    if (value !== undefined && !isDateTime(value)) complain(name, value, "a time such as 2026-11-23T09:30:00Z");
  }
  checkExceptional(event, complain);
  await checkRecurrence(event, complain);
}

/** An occurrence that differs from its series says which one and when it would have been. */
function checkExceptional(event: SeedEvent, complain: Complain): void {
  const { recurringEventId, originalStartTime } = event;
  if (recurringEventId === undefined) return;
  if (typeof originalStartTime !== "object" || originalStartTime === null) {
    return complain("originalStartTime", originalStartTime ?? null, "the time that it would have been at");
  }
  checkTime({ ...originalStartTime }, "originalStartTime", complain);
}

function checkTime(time: Record<string, unknown>, name: string, complain: Complain): void {
  const { date, dateTime, timeZone } = time;
  if (date !== undefined) {
    if (!isDate(date) || !hasEventYear(date)) complain(`${name}.date`, date, "a date such as 2026-11-23");
  } else if (!isDateTime(dateTime) || !hasEventYear(dateTime)) {
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

async function checkRecurrence({ recurrence, start }: SeedEvent, complain: Complain): Promise<void> {
  if (recurrence === undefined) return;
  const wanted = 'iCalendar lines such as "RRULE:FREQ=WEEKLY"';
  if (!Array.isArray(recurrence)) return complain("recurrence", recurrence, wanted);
  const lines = recurrence.map((line: unknown, index) =>
    isRecurrenceLine(line) ? line : complain(`recurrence.${index}`, line, wanted),
  );
  if (!(await repeats(start, lines))) complain("recurrence", recurrence, "a rule that fits some day");
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
