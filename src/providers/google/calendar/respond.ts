import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import type { NotifyOptions, RespondOptions } from "../../../calendar/options.js";
import type { EventRef, InvitationResponse, TimeRange, UpdateResult } from "../../../calendar/models.js";
import { requireWritable } from "../access.js";
import type { Calendars } from "./calendars.js";
import { eventPath, placeOf } from "./events.js";
import { toEvent } from "./map-event.js";
import { event, rawEvent, type RawEvent } from "./wire.js";
import { sendUpdates } from "./writing.js";

const maxTries = 5;

/**
 * Answers an invitation: reads the whole event, sets this account's own entry, and writes everything back only if nobody
 * changed it meanwhile; else it reads again.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/update
 */
export async function respondToInvitation(
  calendars: Calendars,
  ref: EventRef,
  response: InvitationResponse,
  options: RespondOptions,
  deadline: Deadline,
): Promise<UpdateResult> {
  requireWritable(calendars);
  const { calendarId, ...named } = placeOf(ref);
  const id = options.scope === "all" ? await seriesOf(calendars, calendarId, named.id, deadline) : named.id;
  const notify = options.notify ?? "all";
  const calendarZone = await calendars.timeZone(deadline); // read before: nothing may fail once the answer is written
  for (let tries = 1; ; tries += 1) {
    try {
      const current = await read(calendars, calendarId, id, deadline);
      const call = {
        method: "PUT" as const,
        path: eventPath(calendarId, id),
        // Version 1: conference data is written back as it was read, not dropped.
        query: { sendUpdates: sendUpdates(notify), conferenceDataVersion: 1, supportsAttachments: true },
        body: withAnswer(current, response),
        ifMatch: current.etag,
        repeatable: true, // the etag lets only one of the repeats in; after that this loop looks again
        answer: event,
      };
      const written = await calendars.api.call(call, deadline);
      const answered = toEvent(written, calendarId, { time: calendars.time, asked: undefined, calendarZone });
      const organizer = answered.organizer.self ? undefined : answered.organizer.email;
      return {
        event: answered,
        notified: notify !== "none" && organizer !== undefined ? [organizer] : [],
        conflicts: [],
      };
    } catch (error) {
      if (!isIntegrationError(error, "request.conflict") || tries >= maxTries) throw error;
    }
  }
}

/** The same event with one entry changed: the answer, and the comment if one is given. */
function withAnswer(current: RawEvent, response: InvitationResponse): RawEvent {
  if (current.status === "cancelled") {
    throw integrationError("request.not_found", {
      message: "The event was cancelled: there is nothing to answer any more.",
      details: { eventId: current.id },
    });
  }
  const attendees = current.attendees ?? [];
  const own = attendees.filter((attendee) => attendee.self === true);
  if (own.length === 0) {
    throw integrationError("request.not_invited", {
      message: "This account is not among the event's attendees.",
      details: { eventId: current.id },
    });
  }
  const answer = {
    responseStatus: response.status,
    ...(response.comment !== undefined && { comment: response.comment }),
  };
  return {
    ...current,
    attendees: attendees.map((attendee) => (attendee.self === true ? { ...attendee, ...answer } : attendee)),
  };
}

async function seriesOf(calendars: Calendars, calendarId: string, id: string, deadline: Deadline): Promise<string> {
  return (await read(calendars, calendarId, id, deadline)).recurringEventId ?? id;
}

async function read(calendars: Calendars, calendarId: string, id: string, deadline: Deadline): Promise<RawEvent> {
  return calendars.api.call({ path: eventPath(calendarId, id), answer: rawEvent }, deadline);
}

export function suggestReschedule(
  calendars: Calendars,
  ref: EventRef,
  proposal: { range: TimeRange; message: string | undefined },
  options: NotifyOptions,
  deadline: Deadline,
): Promise<UpdateResult> {
  void [calendars, ref, proposal, options, deadline];
  throw integrationError("request.unsupported", {});
}
