import { calendarNotFound } from "../api-error.js";
import type { ApiCall, ApiReply } from "../routes.js";
import { accessOf } from "./calendar-access.js";
import type { StoredCalendar } from "./calendars.js";
import { filterOf } from "./event-filters.js";
import { datesOf, exceptionsOf, showListed } from "./event-listing.js";
import { envelopeOf, pageOfEvents } from "./event-pages.js";
import { booleanOf, spanOf, viewOptionsOf } from "./event-parameters.js";
import { conceal, isCancelled, isConcealed, showEvent, showOccurrence } from "./event-view.js";
import { occurrencesBetween, splitOccurrenceId, type Occurrence } from "./recurrence.js";
import { isSeries, type EventCopy } from "./stored-event.js";
import { loadTemporal } from "./time.js";

const dayMs = 86_400_000;

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/get */
export async function getEvent(call: ApiCall): Promise<ApiReply> {
  const access = accessOf(call);
  const { calendar } = access;
  const view = viewOptionsOf(call.query);
  const id = call.path["eventId"] ?? "";
  const stored = calendar.entries.get(id);
  const found = stored ? undefined : await findOccurrence(calendar, id);
  const copy = stored ?? found?.series;
  if (!copy) throw calendarNotFound();
  const json = found ? showOccurrence(copy, access, found.occurrence, view) : showEvent(copy, access, view);
  return { json: isConcealed(copy, access) ? conceal(json) : json };
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/instances */
export async function listInstances(call: ApiCall): Promise<ApiReply> {
  const access = accessOf(call);
  const { query, world } = call;
  const { entries, properties } = access.calendar;
  const view = viewOptionsOf(query);
  const showDeleted = booleanOf(query, "showDeleted") ?? false;
  const [span, isWanted] = [spanOf(query), filterOf(query, access, world)];
  const series = entries.get(call.path["eventId"] ?? "");
  if (!series) throw calendarNotFound();
  const Temporal = await loadTemporal();
  const options = { Temporal, access, span, expand: true, nowMs: world.clock.now() };
  const placed = [...entries.placed(Temporal, properties.timeZone)].find(({ copy }) => copy === series);
  // Unsure(google): of an event that does not repeat there are no instances.
  const dates = placed && isSeries(series.shared) ? await datesOf(placed, options) : [];
  const originalStart = query.get("originalStart");
  const listed = [...dates, ...exceptionsOf(series, options)]
    .filter(({ copy, gone }) => isWanted(copy) && (showDeleted || !gone))
    .filter(({ copy, occurrence }) => {
      const original = occurrence?.start ?? copy.shared.originalStartTime;
      return originalStart === null || startsAt(original, originalStart);
    });
  const { items, nextPageToken } = pageOfEvents(call, listed, "startTime");
  return {
    json: {
      ...envelopeOf(call, access),
      ...(nextPageToken !== undefined && { nextPageToken }),
      items: items.map((each) => showListed(each, access, { ...view, details: true })),
    },
  };
}

function startsAt(original: Readonly<Record<string, unknown>> | undefined, text: string): boolean {
  if (typeof original?.["dateTime"] !== "string") return original?.["date"] === text;
  return Date.parse(original["dateTime"]) === Date.parse(text);
}

/** The series and date that an occurrence's id names, when the series has that date and it is not an exception. */
export async function findOccurrence(
  calendar: StoredCalendar,
  id: string,
): Promise<{ series: EventCopy; occurrence: Occurrence } | undefined> {
  const split = splitOccurrenceId(id);
  const series = split && calendar.entries.get(split.seriesId);
  if (!series || isCancelled(series) || !isSeries(series.shared)) return undefined;
  const Temporal = await loadTemporal();
  const { timeZone } = calendar.properties;
  const near = await occurrencesBetween(Temporal, series, timeZone, {
    fromMs: split.startMs - dayMs,
    toLimitMs: split.startMs + dayMs,
  });
  const occurrence = near.find((each) => each.id === id);
  return occurrence && { series, occurrence };
}
