import { calendarNotFound } from "../api-error.js";
import type { ApiCall, ApiReply } from "../routes.js";
import { requireWriter } from "./calendar-access.js";
import type { Calendars, StoredCalendar } from "./calendars.js";
import { summaryOf } from "./event-cancel.js";
import { omit } from "./event-fields.js";
import { calendarRefusal } from "./event-refusals.js";
import { findTarget, isGone, type Target } from "./event-target.js";
import { showEvent } from "./event-view.js";
import { requiredParameter } from "./events-add.js";
import { duplicate } from "./events-write.js";
import { guestsOf, sendUpdatesOf } from "./mails.js";
import type { SharedEvent } from "./stored-event.js";

/**
 * Another calendar organizes the event from now on. In the former one a cancelled event is left behind, unless that
 * calendar is among the guests.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/move
 */
export async function moveEvent(call: ApiCall): Promise<ApiReply> {
  const sendUpdates = sendUpdatesOf(call.query);
  const destination = call.query.get("destination") ?? "";
  if (destination === "") throw requiredParameter("destination");
  const target = await findTarget(call);
  const goal = requireWriter({ ...call, path: { calendarId: destination } });
  requireMovable(target);
  const { world } = call;
  const { calendars, calendarMails } = world;
  const { id, shared } = target.copy;
  const known = goal.calendar.entries.get(id);
  if (known && known.shared !== shared) throw duplicate();
  if (goal.calendar !== target.access.calendar) {
    for (const each of [shared, ...shared.exceptions]) {
      const from = each.copies.get(target.access.calendar);
      if (!from) continue;
      calendars.markUpdated(each);
      handOver(calendars, each, goal.calendar, from.id);
    }
    const content = { kind: "update", from: goal.calendar.id, eventId: id, summary: summaryOf(shared) } as const;
    calendarMails.send(sendUpdates, content, guestsOf(shared.attendees, goal.calendar.id));
  }
  const moved = shared.copies.get(goal.calendar);
  if (!moved) throw calendarNotFound();
  return { json: showEvent(moved, goal) };
}

/** @throws ApiError 400 */
function requireMovable(target: Target): void {
  const { copy, occurrence, access } = target;
  const { shared } = copy;
  if (occurrence || shared.series) {
    throw calendarRefusal("cannotChangeOrganizerOfInstance", "Cannot change the organizer of an instance.");
  }
  if (isGone(target)) throw calendarNotFound();
  const type = shared.fields["eventType"];
  if (type !== undefined && type !== "default") {
    throw calendarRefusal("eventTypeRestriction", "Events of this type cannot be moved.");
  }
  if (shared.organizer !== access.calendar.id) {
    throw calendarRefusal("cannotChangeOrganizer", "Cannot change the organizer of an event.");
  }
}

function handOver(calendars: Calendars, shared: SharedEvent, goal: StoredCalendar, id: string): void {
  shared.organizer = goal.id;
  shared.organizerName = goal.primary ? undefined : goal.properties.summary;
  shared.attendees = shared.attendees.map(({ email, responseStatus, ...others }) => ({
    ...omit(others, "organizer"),
    ...(email.toLowerCase() === goal.id && { organizer: true }),
    email,
    responseStatus,
  }));
  const copy = shared.copies.get(goal) ?? calendars.place(shared, goal, id);
  copy.removed = false;
  calendars.distribute(shared, goal, id);
}
