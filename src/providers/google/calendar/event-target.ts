import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { EventRef, PermissionInfo, SeriesScope } from "../../../calendar/models.js";
import type { Calendars } from "./calendars.js";
import { placeOf } from "./events.js";
import { asSeenBy, viewOf, type TimeView } from "./map-event.js";
import { calendarRole, permissionsIn } from "./permissions.js";
import type { RawEvent } from "./wire.js";
import { readRaw } from "./writing.js";

/** What a write is about. */
export interface Target {
  readonly calendarId: string;
  /** The event, the occurrence or the series that is meant. */
  readonly event: RawEvent;
  /** The occurrence by which a series was named. */
  readonly occurrence?: RawEvent;
  readonly scope: SeriesScope;
  readonly permissions: PermissionInfo;
  readonly view: TimeView;
}

/**
 * Reads what a write is about: an occurrence by itself unless a scope says otherwise, a series only when the scope says
 * so.
 *
 * @param seriesScope - what holds for a series that is named by its own id; default: the scope
 * @throws RequestError `request.not_found`, also for what was cancelled; `request.scope_required`; `request.invalid`
 */
export async function findTarget(
  calendars: Calendars,
  ref: EventRef,
  scope: SeriesScope | undefined,
  deadline: Deadline,
  seriesScope: SeriesScope | undefined = scope,
): Promise<Target> {
  const { calendarId, id } = placeOf(ref);
  const [named, role, calendarZone] = await Promise.all([
    readRaw(calendars, calendarId, id, deadline),
    calendarRole(calendars, calendarId, deadline),
    calendars.timeZone(deadline, calendarId),
  ]);
  requireThere(named);
  const facts = { calendarId, view: viewOf(calendars, calendarZone) };
  const permissionsOf = (event: RawEvent): PermissionInfo =>
    permissionsIn(event, role, asSeenBy(event, calendarId, calendars.account));
  if (named.recurrence) requireWholeSeries(named, seriesScope);
  const seriesId = named.recurringEventId;
  if (seriesId === undefined || scope === undefined || scope === "this") {
    const said = seriesId === undefined ? "all" : "this";
    return { ...facts, event: named, scope: said, permissions: permissionsOf(named) };
  }
  const series = await readRaw(calendars, calendarId, seriesId, deadline);
  requireThere(series);
  return { ...facts, event: series, occurrence: named, scope, permissions: permissionsOf(series) };
}

function requireThere(event: RawEvent): void {
  if (event.status !== "cancelled") return;
  throw integrationError("request.not_found", {
    message: "The event was cancelled.",
    details: { eventId: event.id },
  });
}

function requireWholeSeries(series: RawEvent, scope: SeriesScope | undefined): void {
  if (scope === "all") return;
  const details = { seriesId: series.id };
  if (scope === undefined) throw integrationError("request.scope_required", { details });
  throw integrationError("request.invalid", {
    message: `The id names the whole series, so that scope "${scope}" does not say which occurrence.`,
    hint: 'Give the id of an occurrence (getOccurrences lists them), or scope "all".',
    details: { field: "scope", ...details },
  });
}
