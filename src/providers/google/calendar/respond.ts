import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { writePreview, type WritePreview } from "../../../core/write-preview.js";
import { describeChange } from "../../../calendar/event-difference.js";
import { readEventSpan, type EventSpan } from "../../../calendar/event-times.js";
import type { EventRef, InvitationResponse, TimeRange, UpdateResult } from "../../../calendar/models.js";
import type { NotifyOptions, RespondOptions } from "../../../calendar/options.js";
import { requireWritable } from "../access.js";
import { readersOf, seenIn } from "./audience.js";
import type { Calendars } from "./calendars.js";
import { findTarget, type Target } from "./event-target.js";
import { isSomebodyElses, toEvent } from "./map-event.js";
import { countOccurrences } from "./occurrence-count.js";
import { known, lookedAt } from "./raw-event.js";
import { rewrite } from "./rewriting.js";
import type { RawEvent } from "./wire.js";
import { createWriter } from "./writing.js";

/**
 * Answers an invitation: this account's own entry and nothing else changes. Or tells what that would do.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/update
 */
export async function respondToInvitation(
  calendars: Calendars,
  ref: EventRef,
  response: InvitationResponse,
  options: RespondOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  requireWritable(calendars);
  const target = await findInvitation(calendars, ref, options.scope, deadline);
  return answer(calendars, target, response, options, deadline);
}

/**
 * Proposes another time. Google has no call for that: the answer is tentative, and the proposal stands in its comment.
 *
 * @throws RequestError `request.invalid` for a time that is none
 */
export async function suggestReschedule(
  calendars: Calendars,
  ref: EventRef,
  { range, message }: { range: TimeRange; message: string | undefined },
  options: NotifyOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  requireWritable(calendars);
  const target = await findInvitation(calendars, ref, "this", deadline);
  const { time, calendarZone } = target.view;
  const zone = range.timeZone ?? target.event.start?.timeZone ?? calendarZone;
  const text = proposalText(readEventSpan(time, range, time.isZone(zone) ? zone : calendarZone), message);
  const done = await answer(calendars, target, { status: "tentative", comment: text }, options, deadline);
  return "event" in done ? { ...done, delivery: { how: "comment", text } } : done;
}

/** A series may be answered as a whole by its own id, too. */
async function findInvitation(
  calendars: Calendars,
  ref: EventRef,
  scope: "this" | "all" | undefined,
  deadline: Deadline,
): Promise<Target> {
  const target = await findTarget(calendars, ref, scope, deadline, "all");
  const { account } = calendars;
  if (account !== undefined && isSomebodyElses(target.calendarId, account)) {
    throw integrationError("request.not_invited", {
      message: "The event was read in somebody else's calendar, where their own answer stands.",
      hint: "Answer it in this account's calendar: findEventByUid gives it, if the account is invited.",
      details: { eventId: target.event.id, calendarId: target.calendarId },
    });
  }
  const invited = (target.event.attendees ?? []).some(({ self }) => self === true);
  if (invited) return target;
  const { organizer } = target.permissions;
  throw integrationError("request.not_invited", {
    message: "This account is not among the event's attendees.",
    ...(organizer.self && { hint: "It organizes the event: change it with updateMyEvent." }),
    details: { eventId: target.event.id },
  });
}

async function answer(
  calendars: Calendars,
  { calendarId, event, scope, view }: Target,
  response: InvitationResponse,
  { notify = "all", dryRun = false }: NotifyOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  const asEvent = (raw: RawEvent): UpdateResult["event"] => toEvent(known(raw), calendarId, view);
  const organizer = event.organizer?.self === true ? undefined : event.organizer?.email;
  const told = notify !== "none" && organizer !== undefined ? [organizer] : [];
  const change = (current: RawEvent): RawEvent => withAnswer(current, response);
  if (dryRun) {
    return writePreview(calendars.account, {
      // Its words stand beside the name, for whoever sees the event.
      recipients: response.comment !== undefined ? readersOf(event) : organizer === undefined ? [] : [organizer],
      ...{ notified: told, seenIn: response.comment === undefined ? [] : seenIn(calendars, calendarId, event) },
      occurrences: scope === "this" ? 1 : await countOccurrences(calendars, event, view.calendarZone),
      diff: describeChange(asEvent(event), asEvent(change(event))),
      payload: [{ calendarId, id: event.id, response, notify }, lookedAt(event)],
    });
  }
  const { after, written } = await rewrite(createWriter(calendars, notify, deadline), calendarId, event, { change });
  return { event: asEvent(after), notified: written ? told : [], conflicts: [] };
}

/** The same event with one entry changed: the answer, and the comment if one is given. */
function withAnswer(current: RawEvent, response: InvitationResponse): RawEvent {
  if (current.status === "cancelled") {
    throw integrationError("request.not_found", {
      message: "The event was cancelled: there is nothing to answer any more.",
      details: { eventId: current.id },
    });
  }
  const given = {
    responseStatus: response.status,
    ...(response.comment !== undefined && { comment: response.comment }),
  };
  const attendees = (current.attendees ?? []).map((each) => (each.self === true ? { ...each, ...given } : each));
  return { ...current, attendees };
}

function proposalText({ start, end }: EventSpan, message: string | undefined): string {
  const when =
    start.date === undefined
      ? `${start.dateTime} to ${end.dateTime ?? ""} (${start.timeZone})`
      : `${start.date} to before ${end.date ?? ""}`;
  return [`Proposed new time: ${when}.`, ...(message === undefined ? [] : [message])].join(" ");
}
