import type { Deadline } from "../../../core/deadline.js";
import { epochMsOf } from "../../../calendar/event-times.js";
import type { Event, TimeRange } from "../../../calendar/models.js";
import type { CalendarsOptions } from "../../../calendar/options.js";
import type { Calendars } from "./calendars.js";
import { toBounds } from "./events.js";
import { eventsPath, readCalendars, readEvents, requireAll, type Bounds } from "./read-calendars.js";

/**
 * Invitations that wait for an answer, soonest first; of a series its own entry, by its next occurrence that waits.
 *
 * @throws RequestError `request.partial_failure` when some, but not all, calendars failed
 */
export async function getPendingInvitations(
  calendars: Calendars,
  range: TimeRange | undefined,
  options: CalendarsOptions,
  deadline: Deadline,
): Promise<Event[]> {
  const { calendarIds, timeZone } = options;
  const bounds = await boundsFromNow(calendars, range, options, deadline);
  if (!bounds) return [];
  const selection = {
    ...{ calendarIds, timeZone, bounds, expand: false },
    // What a person's settings keep off the calendar until it is answered is an invitation all the same.
    query: { showHiddenInvitations: true },
    keeps: isPending,
  };
  const { events, ...read } = await readCalendars(calendars, selection, deadline);
  const found = events.map(({ event }) => event);
  const series = found.filter(({ recurrence }) => recurrence);
  const isOf = (event: Event) => (each: Event) => each.id === event.seriesId && each.calendarId === event.calendarId;
  const single = found.filter((event) => !event.recurrence && !series.some(isOf(event)));
  const wholes = await Promise.all(series.map((event) => withNext(calendars, event, { bounds, timeZone }, deadline)));
  const zone = timeZone ?? (await calendars.timeZone(deadline));
  const startOf = ({ start, nextOccurrence }: Event): number =>
    epochMsOf(calendars.time, nextOccurrence?.start ?? start, zone);
  const waiting = [...single, ...wholes.flat()];
  const invitations = waiting.sort((a, b) => startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1));
  requireAll(read, invitations);
  return invitations;
}

function isPending({ status, myResponse, organizer }: Event): boolean {
  return status !== "cancelled" && myResponse === "needsAction" && !organizer.self;
}

/** A series with its next occurrence that waits for an answer; nothing when there is none in the range. */
async function withNext(
  calendars: Calendars,
  series: Event,
  { bounds, timeZone }: { readonly bounds: Bounds; readonly timeZone: string | undefined },
  deadline: Deadline,
): Promise<Event[]> {
  const { id, calendarId, iCalUid } = series;
  const expanded = { singleEvents: true, orderBy: "startTime", maxResults: 50 };
  const query = { ...bounds, ...expanded, iCalUID: iCalUid, showHiddenInvitations: true };
  const list = { calendarId, path: eventsPath(calendarId), query, timeZone, enough: 1 };
  for await (const { event } of readEvents(calendars, list, deadline)) {
    const { seriesId, start, end } = event;
    if (seriesId === id && isPending(event)) return [{ ...series, nextOccurrence: { start, end } }];
  }
  return [];
}

/** @returns undefined when the range is over */
async function boundsFromNow(
  calendars: Calendars,
  range: TimeRange | undefined,
  options: CalendarsOptions,
  deadline: Deadline,
): Promise<Bounds | undefined> {
  const { clock, time } = calendars;
  const now = new Date(clock.now());
  const comingYear = async (): Promise<TimeRange> => {
    const zone = options.timeZone ?? (await calendars.timeZone(deadline));
    return { start: now, end: new Date(time.ago(-1, "years", zone)) };
  };
  const bounds = await toBounds(calendars, range ?? (await comingYear()), options, deadline);
  if (Date.parse(bounds.timeMax) <= now.getTime()) return undefined;
  return { ...bounds, timeMin: new Date(Math.max(Date.parse(bounds.timeMin), now.getTime())).toISOString() };
}
