import type { ApiCall } from "../routes.js";
import { copyToChange, type Target } from "./event-target.js";
import { guestsOf, type SendUpdates } from "./mails.js";
import { answerAs, isPrivateCopy, type EventCopy, type SharedEvent } from "./stored-event.js";

/**
 * Takes an event from a calendar. When its organizer does so, nobody has it any more; a guest declines by it and takes
 * away only the own copy.
 */
export function cancelEvent({ world }: ApiCall, target: Target, sendUpdates: SendUpdates): EventCopy {
  const { calendars, calendarMails } = world;
  const copy = copyToChange(calendars, target);
  const { shared } = copy;
  const { calendar } = target.access;
  const all = [shared, ...shared.exceptions];
  const summary = summaryOf(shared);
  const content = { from: calendar.id, eventId: copy.id, summary };
  if (shared.organizer === calendar.id || isPrivateCopy(shared)) {
    for (const each of all) each.status = "cancelled";
    const guests = isPrivateCopy(shared) ? [] : guestsOf(shared.attendees, calendar.id);
    calendarMails.send(sendUpdates, { ...content, kind: "cancellation" }, guests);
  } else {
    for (const each of all) {
      answerAs(each, calendar.id, { responseStatus: "declined" });
      const own = each.copies.get(calendar);
      if (own) own.removed = true;
    }
    const answer = { kind: "response", responseStatus: "declined" } as const;
    calendarMails.send(sendUpdates, { ...content, ...answer }, [shared.organizer]);
  }
  for (const each of all) {
    calendars.markUpdated(each);
    calendars.touch(each);
  }
  return copy;
}

/** What a mail calls an event. */
export function summaryOf({ fields }: SharedEvent): string | undefined {
  return typeof fields["summary"] === "string" ? fields["summary"] : undefined;
}
