import { createHash } from "node:crypto";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import { invalidField, readEventSpan } from "../../../calendar/event-times.js";
import type { AttendeeInput, EventInput, UpdateResult } from "../../../calendar/models.js";
import type { CreateOptions, Notify } from "../../../calendar/options.js";
import { requireWritable } from "../access.js";
import { sendUpdates } from "./writing.js";
import type { Calendars } from "./calendars.js";
import { eventPath } from "./events.js";
import { requestProperty, toEvent } from "./map-event.js";
import { event, type WireEvent, type WireTime } from "./wire.js";

/**
 * Creates an event that this account organizes. The event's id is made here, so that a repeat after a lost answer, by
 * this call or by the next one with the same idempotency key, creates nothing twice.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/insert
 */
export async function createMyEvent(
  calendars: Calendars,
  input: EventInput,
  options: CreateOptions,
  deadline: Deadline,
): Promise<UpdateResult> {
  requireWritable(calendars);
  const { calendarId = "primary", notify = "all", idempotencyKey, conference = false } = options;
  const zone = input.timeZone ?? (await calendars.timeZone(deadline));
  const content = toContent(calendars, input, zone);
  const id = eventId(idempotencyKey, calendarId === calendars.account ? "primary" : calendarId);
  const request = idempotencyKey === undefined ? undefined : fingerprint({ content, conference, notify });
  const body = { ...content, id, ...(conference && conferenceRequest(id)), ...(request && rememberedAs(request)) };
  const query = { sendUpdates: sendUpdates(notify), conferenceDataVersion: conference ? 1 : undefined };
  const path = `/calendars/${encodeURIComponent(calendarId)}/events`;
  const insert = { method: "POST" as const, path, query, body, repeatable: true, answer: event };
  const made = await calendars.api.call(insert, deadline).catch(async (error: unknown) => {
    if (!isIntegrationError(error, "request.conflict")) throw error;
    return readBack(calendars, calendarId, id, request, deadline);
  });
  const created = toEvent(made, calendarId, { time: calendars.time, asked: undefined, calendarZone: zone });
  const guests = created.attendees.filter((attendee) => !attendee.self).map((attendee) => attendee.email);
  return { event: created, notified: notify === "all" ? guests : [], conflicts: [] };
}

/** The event that stands under our id already: ours from before the answer was lost, or another one. */
async function readBack(
  calendars: Calendars,
  calendarId: string,
  id: string,
  request: string | undefined,
  deadline: Deadline,
): Promise<WireEvent> {
  const existing = await calendars.api.call({ path: eventPath(calendarId, id), answer: event }, deadline);
  const details = { eventId: id, status: existing.status };
  if (existing.status === "cancelled") {
    throw integrationError("request.conflict", {
      message: "The event that this idempotency key made was deleted since.",
      hint: "Use a new idempotency key for a new event.",
      details,
    });
  }
  // Without a key the id was drawn for this one call.
  if (request === undefined || existing.extendedProperties?.private?.[requestProperty] === request) return existing;
  throw integrationError("request.idempotency_mismatch", { details });
}

function rememberedAs(request: string): Record<string, unknown> {
  return { extendedProperties: { private: { [requestProperty]: request } } };
}

function fingerprint(request: { content: EventContent; conference: boolean; notify: Notify }): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("base64url");
}

interface EventContent {
  readonly summary: string;
  readonly start: WireTime;
  readonly end: WireTime;
  readonly [field: string]: unknown;
}

function toContent(calendars: Calendars, input: EventInput, zone: string): EventContent {
  if (input.title.trim() === "") throw invalidField("title", "is empty");
  const { start, end } = readEventSpan(calendars.time, input, zone);
  return {
    summary: input.title,
    start,
    end,
    ...(input.description !== undefined && { description: input.description }),
    ...(input.location !== undefined && { location: input.location }),
    ...(input.attendees && { attendees: input.attendees.map(toWireAttendee) }),
    ...(input.recurrence && { recurrence: input.recurrence.lines }),
    ...(input.reminders && {
      reminders: {
        useDefault: false,
        overrides: input.reminders.map(({ method, minutesBefore }) => ({ method, minutes: minutesBefore })),
      },
    }),
    ...(input.busy === false && { transparency: "transparent" }),
    ...(input.visibility && { visibility: input.visibility }),
  };
}

function toWireAttendee(attendee: string | AttendeeInput): Record<string, unknown> {
  const { email, name, optional } = typeof attendee === "string" ? { email: attendee } : attendee;
  if (!/^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+$/.test(email))
    throw invalidField("attendees", "has an entry that is no e-mail address");
  return { email, ...(name !== undefined && { displayName: name }), ...(optional && { optional }) };
}

/** Ids may hold a to v and digits. Without a key they are random; with one they follow from it. */
function eventId(idempotencyKey: string | undefined, calendarId: string): string {
  const source = idempotencyKey === undefined ? crypto.randomUUID() : JSON.stringify([calendarId, idempotencyKey]);
  return `mi${createHash("sha256").update(source).digest("hex").slice(0, 40)}`;
}

function conferenceRequest(id: string): Record<string, unknown> {
  const createRequest = { requestId: id, conferenceSolutionKey: { type: "hangoutsMeet" } };
  return { conferenceData: { createRequest } };
}
