import { decodeCursor, encodeCursor } from "../../../core/cursor.js";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import { toEventTime } from "../../../calendar/event-times.js";
import type { CalendarChangePage, EventChange } from "../../../calendar/models.js";
import type { ChangesOptions } from "../../../calendar/options.js";
import type { Calendars } from "./calendars.js";
import { requireZone } from "./events.js";
import { toEvent, toMoment, viewOf, type TimeView } from "./map-event.js";
import { distinctCalendars, eventsPath, requireSome, toFailure } from "./read-calendars.js";
import { readSyncPage, readSyncToken, type SyncPlace } from "./sync.js";
import type { WireEvent } from "./wire.js";

/**
 * What changed in calendars since a cursor, a page of each at a time; without one, a cursor for now. A reader takes a
 * cursor first and reads the events after that: what changes meanwhile is told by the cursor.
 *
 * @throws what kept the calendars from being read when that is so for all of them; the cursor stays good
 * @see https://developers.google.com/workspace/calendar/api/guides/sync
 */
export async function getChanges(
  calendars: Calendars,
  cursor: string | undefined,
  { calendarIds, timeZone }: ChangesOptions,
  deadline: Deadline,
): Promise<CalendarChangePage> {
  requireZone(calendars.time, timeZone);
  const named = calendarIds && (await distinctCalendars(calendars, calendarIds, deadline));
  if (cursor === undefined) {
    const places = await Promise.all((named ?? ["primary"]).map((id) => placeNow(calendars, id, deadline)));
    return toPage(
      calendars,
      places.map((place) => ({ place, changes: [] })),
    );
  }
  const places = readCursor(calendars, cursor);
  if (named) await requireSame(calendars, named, places, deadline);
  const steps = await Promise.all(places.map((place) => stepOrFailure(calendars, place, timeZone, deadline)));
  const failures = steps.flatMap(({ failure }) => failure ?? []);
  requireSome({ failures, calendarCount: steps.length });
  return toPage(calendars, steps);
}

/** What a call found out about one calendar, and where the next one goes on. */
interface Step {
  readonly place: SyncPlace;
  readonly changes: readonly EventChange[];
  readonly reset?: boolean;
  readonly failure?: { calendarId: string; error: Error };
}

function toPage(calendars: Calendars, steps: readonly Step[]): CalendarChangePage {
  const resetCalendars = steps.flatMap(({ place, reset }) => (reset ? [place.calendarId] : []));
  return {
    changes: steps.flatMap(({ changes }) => changes),
    cursor: cursorTo(
      calendars,
      steps.map(({ place }) => place),
    ),
    // Who waits for a calendar that fails would wait for ever.
    hasMore: steps.some(({ place, failure }) => !failure && place.pageToken !== undefined),
    reset: resetCalendars.length > 0,
    resetCalendars,
    failures: steps.flatMap(({ failure }) => (failure ? [toFailure(failure)] : [])),
  };
}

/** The calendar's next step; one that fails stays where it is, so that nothing of it is lost. */
async function stepOrFailure(
  calendars: Calendars,
  place: SyncPlace,
  timeZone: string | undefined,
  deadline: Deadline,
): Promise<Step> {
  try {
    return await step(calendars, place, timeZone, deadline);
  } catch (error) {
    if (!isIntegrationError(error)) throw error;
    return { place, changes: [], failure: { calendarId: place.calendarId, error } };
  }
}

async function step(
  calendars: Calendars,
  place: SyncPlace,
  asked: string | undefined,
  deadline: Deadline,
): Promise<Step> {
  const { calendarId, syncToken, pageToken } = place;
  const page = await readSyncPage(calendars.api, eventsPath(calendarId), place, deadline);
  if (!page) {
    // A page that expired on the way is read from the beginning of its pages.
    if (pageToken !== undefined) return step(calendars, { calendarId, syncToken }, asked, deadline);
    // The new token is older than whatever is read after this call.
    return { place: await placeNow(calendars, calendarId, deadline), changes: [], reset: true };
  }
  const view = viewOf(calendars, page.timeZone ?? asked ?? "UTC", asked);
  const changes = latest(page.items).map((wire) => toChange(wire, calendarId, view));
  const next =
    page.nextSyncToken === undefined ? { syncToken, pageToken: page.nextPageToken } : { syncToken: page.nextSyncToken };
  return { place: { calendarId, ...next }, changes };
}

/** Each thing once, where it stood last. */
function latest(items: readonly WireEvent[]): WireEvent[] {
  const byId = new Map<string, WireEvent>();
  for (const item of items) {
    byId.delete(item.id);
    byId.set(item.id, item);
  }
  return [...byId.values()];
}

function toChange(wire: WireEvent, calendarId: string, view: TimeView): EventChange {
  const { id, status, recurringEventId: seriesId, originalStartTime } = wire;
  if (status !== "cancelled") return { type: "changed", id, calendarId, event: toEvent(wire, calendarId, view) };
  const originalStart = originalStartTime && toEventTime(view.time, toMoment(originalStartTime, view), view.asked);
  return {
    ...{ type: "removed", id, calendarId },
    ...(seriesId !== undefined && { seriesId }),
    ...(originalStart && { originalStart }),
  };
}

async function placeNow({ api }: Calendars, calendarId: string, deadline: Deadline): Promise<SyncPlace> {
  return { calendarId, syncToken: await readSyncToken(api, eventsPath(calendarId), deadline) };
}

async function requireSame(
  calendars: Calendars,
  named: readonly string[],
  places: readonly SyncPlace[],
  deadline: Deadline,
): Promise<void> {
  const followed = places.map(({ calendarId }) => calendarId);
  const together = await distinctCalendars(calendars, [...followed, ...named], deadline);
  if (named.length === followed.length && together.length === followed.length) return;
  throw integrationError("request.invalid", {
    message: "The cursor follows other calendars than those that calendarIds names.",
    hint: "Leave calendarIds out, or take a first cursor for these calendars by a call without one.",
    details: { field: "calendarIds", followed },
  });
}

function scopeOf(calendars: Calendars): string[] {
  return [...calendars.cursorScope, "getChanges"];
}

function cursorTo(calendars: Calendars, places: readonly SyncPlace[]): string {
  const written = places.map(({ calendarId, syncToken, pageToken }) => [calendarId, syncToken, pageToken ?? ""]);
  return encodeCursor(scopeOf(calendars), JSON.stringify(written));
}

function readCursor(calendars: Calendars, cursor: string): SyncPlace[] {
  // As it was written above: decodeCursor knows whose it is.
  const written = JSON.parse(decodeCursor(scopeOf(calendars), cursor)) as [string, string, string][];
  return written.map(([calendarId, syncToken, pageToken]) => ({
    ...{ calendarId, syncToken },
    ...(pageToken !== "" && { pageToken }),
  }));
}
