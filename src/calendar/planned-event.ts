import type { EventMoment, EventSpan } from "./event-times.js";
import type { Event, EventInput } from "./models.js";

/** An event that is to be written, or that was, as far as it can clash with others. */
export interface PlannedEvent {
  readonly title: string;
  readonly span: EventSpan;
  /** How it repeats, in the words of iCalendar. */
  readonly lines?: readonly string[];
  /** Addresses of those who are invited. */
  readonly attendees: readonly string[];
  /** Without it, the event clashes with nothing; it may still be a duplicate. */
  readonly busy: boolean;
  /** The event itself where it exists already: all that has one of these is no conflict. */
  readonly exclude?: { readonly id?: string; readonly seriesId?: string; readonly iCalUid?: string };
  /** IANA name: where whole days begin. */
  readonly timeZone: string;
  /** IANA name of the zone in which times are told; default: the same. */
  readonly shownIn?: string;
}

/** A new event whose times and lines were read. */
export function plannedNew(
  { title, attendees = [], busy = true }: EventInput,
  { span, lines, timeZone }: { span: EventSpan; lines: readonly string[] | undefined; timeZone: string },
): PlannedEvent {
  const invited = attendees.map((each) => (typeof each === "string" ? each : each.email));
  return { title, span, ...(lines && { lines }), attendees: invited, busy, timeZone };
}

/** An event that exists, planned once more: neither itself nor its series is in its way. */
export function plannedAgain(event: Event, timeZone: string): PlannedEvent {
  return {
    title: event.title,
    span: { start: momentOf(event.start), end: momentOf(event.end) },
    ...(event.recurrence && { lines: event.recurrence.lines }),
    attendees: event.attendees
      .filter(({ self, response }) => !self && response !== "declined")
      .map(({ email }) => email),
    busy: event.busy && event.status !== "cancelled", // also when this account declined: it may be about to accept
    exclude: {
      id: event.id,
      iCalUid: event.iCalUid,
      ...(event.seriesId !== undefined && { seriesId: event.seriesId }),
    },
    timeZone,
  };
}

function momentOf(time: Event["start"]): EventMoment {
  return time.date === undefined ? { dateTime: time.dateTime, timeZone: time.timeZone } : { date: time.date };
}
