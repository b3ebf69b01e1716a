import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import { writePreview, type WritePreview } from "../../../core/write-preview.js";
import { describeWhich } from "../../../calendar/event-difference.js";
import type { EventRef, UpdateResult } from "../../../calendar/models.js";
import type { NotifyOptions } from "../../../calendar/options.js";
import { requireWritable } from "../access.js";
import { readersOf, seenIn } from "./audience.js";
import type { Calendars } from "./calendars.js";
import { findTarget } from "./event-target.js";
import { eventPath } from "./events.js";
import { toEvent } from "./map-event.js";
import { countOccurrences } from "./occurrence-count.js";
import { calendarRole, isWriter, requirePermission } from "./permissions.js";
import { guestsOf, known, lookedAt, tellsWhom } from "./raw-event.js";
import { rawEvent, type RawEvent } from "./wire.js";
import { readRaw, sendUpdates } from "./writing.js";

/**
 * Lets another calendar of the account organize an event, or tells what that would do.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/move
 */
export async function moveMyEvent(
  calendars: Calendars,
  ref: EventRef,
  toCalendarId: string,
  { notify = "all", dryRun = false }: NotifyOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  requireWritable(calendars);
  const [target, role] = await Promise.all([
    findTarget(calendars, ref, "all", deadline),
    calendarRole(calendars, toCalendarId, deadline),
  ]);
  const { calendarId, event, view } = target;
  requirePermission(target.permissions, "canMove");
  if (!isWriter(role)) {
    throw integrationError("request.forbidden", {
      message: `Events cannot be put into that calendar: this account's access to it is ${role}.`,
      hint: "Choose a calendar that getCalendars lists as owner or writer.",
      details: { calendarId: toCalendarId, calendarRole: role },
    });
  }
  const guests = guestsOf(event);
  const notified = tellsWhom(notify, guests);
  if (dryRun) {
    const which = describeWhich(toEvent(known(event), calendarId, view));
    return writePreview(calendars.account, {
      ...{ recipients: readersOf(event), notified, seenIn: seenIn(calendars, toCalendarId, event) },
      diff: [which, `~ calendar: ${calendarId} → ${toCalendarId}`],
      occurrences: await countOccurrences(calendars, event, view.calendarZone),
      payload: [{ calendarId, id: event.id, toCalendarId, notify }, lookedAt(event)],
    });
  }
  const moved = await move(calendars, { calendarId, id: event.id, toCalendarId, notify }, deadline);
  return { event: toEvent(known(moved), toCalendarId, view), notified, conflicts: [] };
}

interface Move {
  readonly calendarId: string;
  readonly id: string;
  readonly toCalendarId: string;
  readonly notify: NonNullable<NotifyOptions["notify"]>;
}

/** Moving twice is not moving once: after a lost answer the goal is looked at. */
async function move(
  calendars: Calendars,
  { calendarId, id, toCalendarId, notify }: Move,
  deadline: Deadline,
): Promise<RawEvent> {
  const path = `${eventPath(calendarId, id)}/move`;
  const query = { destination: toCalendarId, sendUpdates: sendUpdates(notify) };
  try {
    return await calendars.api.call({ method: "POST", path, query, answer: rawEvent }, deadline);
  } catch (error) {
    if (!isIntegrationError(error) || !error.code.startsWith("connection.")) throw error;
    const there = await readRaw(calendars, toCalendarId, id, deadline).catch(() => undefined); // then it was not moved
    if (there && there.status !== "cancelled" && there.organizer?.self === true) return there;
    throw error;
  }
}
