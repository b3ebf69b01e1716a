import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import { allItems } from "../../../core/pages.js";
import type { Interval } from "../../../calendar/availability/intervals.js";
import type { CalendarFailure, Event } from "../../../calendar/models.js";
import type { Query } from "../http.js";
import { ownAddress, type Calendars } from "./calendars.js";
import { startOf, toEvent, viewOf } from "./map-event.js";
import { eventList, type WireEvent } from "./wire.js";

/** A range as Google takes it: RFC 3339 instants. */
export interface Bounds {
  readonly timeMin: string;
  readonly timeMax: string;
}

/** A time as Google takes it. */
export function boundsOf({ startMs, endMs }: Interval): Bounds {
  return { timeMin: new Date(startMs).toISOString(), timeMax: new Date(endMs).toISOString() };
}

/** The time that bounds are of. */
export function intervalOf({ timeMin, timeMax }: Bounds): Interval {
  return { startMs: Date.parse(timeMin), endMs: Date.parse(timeMax) };
}

/** Which events are read, and how they are shown. */
export interface Selection {
  /** Default: the main calendar. */
  readonly calendarIds?: readonly string[] | undefined;
  /** Without, all that there are. */
  readonly bounds?: Bounds;
  /** Whether series are given as their occurrences. */
  readonly expand: boolean;
  /** What else is asked of Google. */
  readonly query?: Query;
  /** IANA zone whose local time is given beside each event's own. */
  readonly timeZone?: string | undefined;
  readonly keeps: (event: Event) => boolean;
  /** How many are wanted at most, and after which place. Those before it may be missing. */
  readonly page?: { readonly limit: number | undefined; readonly after: string };
}

/** An event and where it stands in a list. */
export interface Placed {
  readonly event: Event;
  /** Sorts by start, then by calendar and id; also marks the end of a page in cursors. */
  readonly place: string;
}

/** What was read, sorted, and what could not be. */
export interface ReadCalendars {
  readonly events: Placed[];
  readonly failures: { calendarId: string; error: Error }[];
  readonly calendarCount: number;
}

/** Events of several calendars, read side by side. One that fails does not keep the others. */
export async function readCalendars(
  calendars: Calendars,
  selection: Selection,
  deadline: Deadline,
): Promise<ReadCalendars> {
  const ids = await distinctCalendars(calendars, selection.calendarIds ?? ["primary"], deadline);
  const results = await Promise.all(
    ids.map(async (calendarId) => {
      try {
        return { events: await readCalendar(calendars, calendarId, selection, deadline) };
      } catch (error) {
        if (!isIntegrationError(error)) throw error;
        return { events: [], failure: { calendarId, error } };
      }
    }),
  );
  const events = results.flatMap((result) => result.events);
  return {
    events: events.sort((a, b) => (a.place < b.place ? -1 : 1)),
    failures: results.flatMap((result) => result.failure ?? []),
    calendarCount: ids.length,
  };
}

/** All events of them, in order. @throws RequestError `request.partial_failure` when some, but not all, calendars failed */
export async function readWholly(calendars: Calendars, selection: Selection, deadline: Deadline): Promise<Event[]> {
  const read = await readCalendars(calendars, selection, deadline);
  const events = read.events.map(({ event }) => event);
  requireAll(read, events);
  return events;
}

/** @throws RequestError `request.partial_failure` carrying the events, when some calendars failed; their own error when all did */
export function requireAll(read: Omit<ReadCalendars, "events">, events: readonly Event[]): void {
  const { failures, calendarCount } = read;
  const [first] = failures;
  if (!first) return;
  requireSome(read);
  throw integrationError("request.partial_failure", {
    message: `${failures.length} of ${calendarCount} calendars could not be read.`,
    details: { events, failures: failures.map(toFailure) },
    cause: first.error,
  });
}

/** @throws what kept the first of the calendars from being read, when none could be */
export function requireSome({ failures, calendarCount }: Omit<ReadCalendars, "events">): void {
  const [first] = failures;
  if (first && failures.length === calendarCount) throw first.error;
}

/** What kept a calendar from being read, for callers. */
export function toFailure({ calendarId, error }: { calendarId: string; error: Error }): CalendarFailure {
  const report = isIntegrationError(error) ? error : integrationError("connection.unavailable", { cause: error });
  return { calendarId, code: report.code, message: report.message, hint: report.hint };
}

/** Each calendar once, as it was named first: `primary` and the account's address are the same. */
export async function distinctCalendars(
  calendars: Calendars,
  calendarIds: readonly string[],
  deadline: Deadline,
): Promise<string[]> {
  const ids = [...new Set(calendarIds)];
  if (ids.length < 2 || !ids.includes("primary")) return ids;
  const main = await ownAddress(calendars, deadline);
  const named = new Set<string>();
  return ids.filter((id) => {
    const name = id === main ? "primary" : id;
    return !named.has(name) && named.add(name);
  });
}

/** Where a calendar's events are found below the API's base path. */
export function eventsPath(calendarId: string): string {
  return `/calendars/${encodeURIComponent(calendarId)}/events`;
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/list */
async function readCalendar(
  calendars: Calendars,
  calendarId: string,
  selection: Selection,
  deadline: Deadline,
): Promise<Placed[]> {
  const { expand, timeZone, keeps, page } = selection;
  const enough = expand && page?.limit !== undefined ? page.limit + 1 : Infinity;
  const list = { calendarId, path: eventsPath(calendarId), query: toQuery(selection, enough), timeZone, enough };
  const placed: Placed[] = [];
  const slackMs = timeZone === undefined ? 0 : otherZoneMs;
  let [count, lastMs] = [0, -Infinity];
  for await (const { event, startMs } of readEvents(calendars, list, deadline)) {
    if (count >= enough && startMs > lastMs + slackMs) break;
    if (!keeps(event)) continue;
    const place = sortKey(startMs, event);
    placed.push({ event, place });
    if (count >= enough || place <= (page?.after ?? "")) continue;
    count += 1;
    lastMs = Math.max(lastMs, startMs);
  }
  return placed;
}

const dayMs = 86_400_000;
/** Whole days stand elsewhere in Google's order when they are placed in another zone than the calendar's. */
const otherZoneMs = 3 * dayMs;

function toQuery({ bounds, expand, query, page }: Selection, enough: number): Query {
  const order = expand ? { singleEvents: true, orderBy: "startTime" } : {};
  const maxResults = Math.min(longestPage, enough + 50); // some are not kept
  return { ...(bounds && expand && page ? laterPart(bounds, page.after) : bounds), ...order, maxResults, ...query };
}

/** The part of a range in which everything lies that comes after a place. */
function laterPart({ timeMin, timeMax }: Bounds, after: string): Bounds {
  const fromMs = Math.max(Date.parse(timeMin), startIn(after) - dayMs);
  return { timeMin: new Date(fromMs).toISOString(), timeMax };
}

/** One list of events of a calendar. */
export interface EventList {
  readonly calendarId: string;
  readonly path: string;
  readonly query: Query;
  /** IANA zone whose local time is given beside each event's own. */
  readonly timeZone: string | undefined;
  /** How many are wanted at most, as far as is known. */
  readonly enough?: number;
}

/** A quarter of a list is spaces for people otherwise. @see https://docs.cloud.google.com/apis/docs/system-parameters */
export const withoutSpaces: Query = { prettyPrint: false };

/** As many as Google gives at once. */
const longestPage = 2500;

/** All events of a list, to its last page, each with its start in milliseconds since the epoch. */
export async function* readEvents(
  calendars: Calendars,
  { calendarId, path, query, timeZone: asked, enough }: EventList,
  deadline: Deadline,
): AsyncGenerator<{ event: Event; startMs: number }, void, undefined> {
  let calendarZone = asked ?? "UTC";
  const items = allItems(async (pageToken) => {
    const page = await calendars.api.call(
      { path, query: { ...withoutSpaces, maxResults: longestPage, ...query, pageToken }, answer: eventList },
      deadline,
    );
    calendarZone = page.timeZone ?? calendarZone;
    return { items: page.items ?? [], next: page.nextPageToken };
  }, enough);
  for await (const wire of items) {
    if (!hasTime(wire)) continue;
    const view = viewOf(calendars, calendarZone, asked);
    const event = toEvent(wire, calendarId, view);
    yield { event, startMs: startOf(event, view) };
  }
}

/** Of what was deleted long ago nothing but the id may be left. */
function hasTime({ status, start, originalStartTime }: WireEvent): boolean {
  return status !== "cancelled" || start !== undefined || originalStartTime !== undefined;
}

/** Instants before 1970 sort before later ones too. */
function sortKey(startMs: number, { calendarId, id }: Event): string {
  return `${String(startMs + epochShift).padStart(17, "0")} ${calendarId} ${id}`;
}

const epochShift = 1e15;

function startIn(place: string): number {
  return place === "" ? -Infinity : Number(place.slice(0, 17)) - epochShift;
}
