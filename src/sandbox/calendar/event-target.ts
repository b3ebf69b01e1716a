import { calendarNotFound } from "../api-error.js";
import type { ApiCall } from "../routes.js";
import { requireRole, requireWriter } from "./calendar-access.js";
import type { CalendarAccess, Calendars } from "./calendars.js";
import { joinFields, omit } from "./event-fields.js";
import type { EventBefore } from "./event-input.js";
import { findOccurrence } from "./events-read.js";
import type { Occurrence } from "./recurrence.js";
import { requireVersion } from "./precondition.js";
import { isPrivateCopy, type EventCopy, type SharedEvent } from "./stored-event.js";

/** What a call writes on. */
export interface Target {
  readonly access: CalendarAccess;
  /** The event; for an occurrence that is as its series says, the series. */
  readonly copy: EventCopy;
  readonly occurrence: Occurrence | undefined;
}

/**
 * The event that a call wants to write.
 *
 * @throws ApiError 404; 403 for who may not write it; 412 when it was changed since it was read
 */
export async function findTarget(call: ApiCall): Promise<Target> {
  const access = requireWriter(call);
  const id = call.path["eventId"] ?? "";
  const stored = access.calendar.entries.get(id);
  const found = stored ? undefined : await findOccurrence(access.calendar, id);
  const copy = stored ?? found?.series;
  if (!copy || (found && copy.shared.status === "cancelled")) throw calendarNotFound();
  if (access.role === "writerWithoutPrivateAccess" && isPrivate(copy)) requireRole(call, "writer");
  requireVersion(call, copy.etag);
  return { access, copy, occurrence: found?.occurrence };
}

/** Whether the calendar that the event is in may change what all share. */
export function mayChangeAll({ access, copy: { shared } }: Target): boolean {
  return shared.organizer === access.calendar.id || shared.fields["guestsCanModify"] === true || isPrivateCopy(shared);
}

/** Whether it is no longer in the calendar. */
export function isGone({ copy: { removed, shared } }: Target): boolean {
  return removed || shared.status === "cancelled";
}

/** What of the event a client can write, as it is: what a patch is laid upon. */
export function resourceOf({ access, copy, occurrence }: Target): Record<string, unknown> {
  const { shared, own, reminders } = copy;
  const { recurrence, ...fields } = joinFields({ shared: shared.fields, own });
  const times = occurrence
    ? { start: occurrence.start, end: occurrence.end }
    : recurrence !== undefined && { recurrence };
  return {
    ...fields,
    ...times,
    attendees: shared.attendees,
    status: copy.removed ? "cancelled" : shared.status,
    reminders: reminders.get(access.user) ?? { useDefault: true },
  };
}

/** What the event is already, for the check of what it shall become. */
export function beforeOf({ access, copy, occurrence }: Target): EventBefore {
  const { shared, own } = copy;
  const type = shared.fields["eventType"];
  return {
    organizer: shared.organizer,
    fields: joinFields({ shared: shared.fields, own }),
    attendees: shared.attendees,
    isCreator: shared.creator === access.user,
    eventType: typeof type === "string" ? type : "default",
    isOccurrence: occurrence !== undefined || shared.series !== undefined,
  };
}

/** The event to be changed. An occurrence becomes an exception of its series by this, in every calendar. */
export function copyToChange(calendars: Calendars, { access, copy: series, occurrence }: Target): EventCopy {
  if (!occurrence) return series;
  const { shared } = series;
  const { start, end } = occurrence;
  const exception: SharedEvent = {
    ...shared,
    fields: { ...omit(shared.fields, "recurrence"), start, end },
    series: shared,
    originalStartTime: { ...start },
    exceptions: new Set(),
    copies: new Map(),
  };
  shared.exceptions.add(exception);
  const stamp = occurrence.id.slice(series.id.length);
  for (const [calendar, copy] of shared.copies) {
    const placed = calendars.place(exception, calendar, `${copy.id}${stamp}`);
    placed.own = copy.own;
    placed.removed = copy.removed;
    for (const [user, reminders] of copy.reminders) placed.reminders.set(user, reminders);
  }
  const placed = exception.copies.get(access.calendar);
  if (!placed) throw calendarNotFound();
  return placed;
}

function isPrivate({ shared, own }: EventCopy): boolean {
  const { visibility } = joinFields({ shared: shared.fields, own });
  return visibility === "private" || visibility === "confidential";
}
