import type { Calendars } from "./calendars.js";
import { answerAs, isSeries, type EventCopy, type SharedEvent, type StoredAttendee } from "./stored-event.js";
import { occurrencesBetween } from "./recurrence.js";
import { loadTemporal, toMs, type WireTime } from "./time.js";

/**
 * After a series was changed, ends those of its exceptions whose date it no longer has. Others stay as they are.
 * Unsure(google): it is not documented what becomes of exceptions when the times of their series change.
 */
export async function dropLostExceptions(calendars: Calendars, series: EventCopy): Promise<void> {
  const { exceptions } = series.shared;
  if (exceptions.size === 0) return;
  const Temporal = await loadTemporal();
  for (const exception of exceptions) {
    if (exception.status === "cancelled") continue;
    const zone = series.calendar.properties.timeZone;
    const fromMs = toMs(Temporal, exception.originalStartTime as WireTime, zone);
    const dates = isSeries(series.shared)
      ? await occurrencesBetween(Temporal, series, zone, { fromMs, toLimitMs: fromMs + 1 })
      : [];
    if (dates.some(({ startMs }) => startMs === fromMs)) continue;
    exception.status = "cancelled";
    calendars.markUpdated(exception);
    calendars.touch(exception);
  }
}

/** Who was invited to a series is invited to its exceptions, and who no longer is, is not. Unsure(google). */
export function inviteToExceptions(
  calendars: Calendars,
  series: EventCopy,
  { added, removed }: { added: readonly StoredAttendee[]; removed: readonly StoredAttendee[] },
): void {
  if (added.length === 0 && removed.length === 0) return;
  const gone = new Set(removed.map(({ email }) => email.toLowerCase()));
  for (const exception of series.shared.exceptions) {
    const present = new Set(exception.attendees.map(({ email }) => email.toLowerCase()));
    exception.attendees = [
      ...exception.attendees.filter(({ email }) => !gone.has(email.toLowerCase())),
      ...added.filter(({ email }) => !present.has(email.toLowerCase())),
    ];
    const known = exception.copies.get(series.calendar);
    calendars.markUpdated(exception);
    if (known) calendars.distribute(exception, calendars.homeOf(known), known.id);
  }
}

/** Who answers to a series answers to its exceptions too, where the answer was the same before. Unsure(google). */
export function answerToExceptions(
  calendars: Calendars,
  { exceptions }: SharedEvent,
  address: string,
  { before, answer }: { before: string | undefined; answer: Readonly<Record<string, unknown>> },
): void {
  for (const exception of exceptions) {
    const attendee = exception.attendees.find(({ email }) => email.toLowerCase() === address);
    if (attendee?.responseStatus !== before) continue;
    answerAs(exception, address, answer);
    calendars.markUpdated(exception);
    calendars.touch(exception);
  }
}
