import { ApiError } from "../api-error.js";
import type { ApiCall, ApiReply } from "../routes.js";
import { requireWriter } from "./calendar-access.js";
import type { CalendarAccess, StoredCalendar } from "./calendars.js";
import { changeAsGuest } from "./event-answer.js";
import { cancelEvent, summaryOf } from "./event-cancel.js";
import { changeForAll } from "./event-change.js";
import { isObject, mergePatch } from "./event-fields.js";
import { bodyOf, readEvent, type EventInput } from "./event-input.js";
import { viewOptionsOf } from "./event-parameters.js";
import { invalidField } from "./event-refusals.js";
import { beforeOf, findTarget, isGone, mayChangeAll, resourceOf, type Target } from "./event-target.js";
import { showEvent } from "./event-view.js";
import { guestsOf, sendUpdatesOf, type SendUpdates } from "./mails.js";
import { isPrivateCopy, type EventCopy, type SharedEvent } from "./stored-event.js";

type Body = Readonly<Record<string, unknown>>;

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/insert */
export async function insertEvent(call: ApiCall): Promise<ApiReply> {
  const access = requireWriter(call);
  const sendUpdates = sendUpdatesOf(call.query);
  const view = viewOptionsOf(call.query);
  const body = bodyOf(call);
  const { calendar } = access;
  const id = readId(call, body);
  const iCalUID = typeof body["iCalUID"] === "string" ? body["iCalUID"] : `${id}@google.com`;
  if (calendar.entries.has(id) || hasUid(calendar, iCalUID)) {
    throw duplicate();
  }
  const input = await readEvent(call, access, { body, sent: body }, newEvent(calendar.id));
  const privateCopy = body["privateCopy"] === true && { privateCopy: true };
  const copy = putEvent(call, access, { id, iCalUID, organizer: calendar.id, input, extra: { ...privateCopy } });
  inviteGuests(call, copy, sendUpdates);
  return { json: showEvent(copy, access, view) };
}

/** Gives the guests of a new event their copies, and writes to those whom the client wants to be written to. */
export function inviteGuests({ world }: ApiCall, { id, calendar, shared }: EventCopy, sendUpdates: SendUpdates): void {
  world.calendars.distribute(shared, calendar, id);
  if (isPrivateCopy(shared)) return;
  const content = { kind: "invitation", from: calendar.id, eventId: id, summary: summaryOf(shared) } as const;
  world.calendarMails.send(sendUpdates, content, guestsOf(shared.attendees, calendar.id));
}

/** 409 for an id, or a uid, that the calendar has. */
export function duplicate(): ApiError {
  return new ApiError({ code: 409, reason: "duplicate", message: "The requested identifier already exists." });
}

/** What a new event is before it is anything. */
export function newEvent(organizer: string): Parameters<typeof readEvent>[3] {
  return { organizer, fields: {}, attendees: [], isCreator: true, eventType: undefined, isOccurrence: false };
}

/** Puts a new event into a calendar, and into no other yet. */
export function putEvent(
  { world, user }: ApiCall,
  { calendar }: CalendarAccess,
  event: { id: string; iCalUID: string; organizer: string; input: EventInput; extra?: Body },
): EventCopy {
  const { id, iCalUID, organizer, input, extra } = event;
  const now = world.clock.now();
  const shared: SharedEvent = {
    iCalUID,
    organizer,
    organizerName: calendar.primary || organizer !== calendar.id ? undefined : calendar.properties.summary,
    creator: user.email,
    createdMs: now,
    updatedMs: now,
    sequence: input.sequence ?? 0,
    status: input.status ?? "confirmed",
    attendees: input.attendees,
    fields: { ...input.parted.shared, ...extra },
    series: undefined,
    originalStartTime: undefined,
    exceptions: new Set(),
    copies: new Map(),
  };
  const copy = world.calendars.place(shared, calendar, id);
  copy.own = input.parted.own;
  if (input.reminders) copy.reminders.set(user.email, input.reminders);
  return copy;
}

/** PUT: the resource becomes what is sent. @see https://developers.google.com/workspace/calendar/api/v3/reference/events/update */
export async function updateEvent(call: ApiCall): Promise<ApiReply> {
  const sent = bodyOf(call);
  return change(call, await findTarget(call), { body: sent, sent });
}

/** PATCH: what is sent is laid upon what there is. @see https://developers.google.com/workspace/calendar/api/v3/reference/events/patch */
export async function patchEvent(call: ApiCall): Promise<ApiReply> {
  const sent = bodyOf(call);
  const target = await findTarget(call);
  const merged = mergePatch(resourceOf(target), sent);
  return change(call, target, { body: isObject(merged) ? merged : {}, sent });
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/delete */
export async function deleteEvent(call: ApiCall): Promise<ApiReply> {
  const sendUpdates = sendUpdatesOf(call.query);
  const target = await findTarget(call);
  if (isGone(target)) throw new ApiError({ code: 410, reason: "deleted", message: "Resource has been deleted" });
  cancelEvent(call, target, sendUpdates);
  return { status: 204 };
}

async function change(call: ApiCall, target: Target, { body, sent }: { body: Body; sent: Body }): Promise<ApiReply> {
  const sendUpdates = sendUpdatesOf(call.query);
  const view = viewOptionsOf(call.query);
  const { access } = target;
  const whole = sent["attendeesOmitted"] === true ? { ...body, attendees: withOmitted(target, body) } : body;
  const input = await readEvent(call, access, { body: whole, sent }, beforeOf(target));
  const copy =
    input.status === "cancelled" && !isGone(target)
      ? cancelEvent(call, target, sendUpdates)
      : mayChangeAll(target)
        ? await changeForAll(call, target, input, sendUpdates)
        : changeAsGuest(call, target, { input, sent }, sendUpdates);
  return { json: showEvent(copy, access, view) };
}

/** All attendees with those that a client sent who knows only some of them. */
function withOmitted({ copy }: Target, body: Body): unknown[] {
  const sent = (Array.isArray(body["attendees"]) ? (body["attendees"] as unknown[]) : []).filter(isObject);
  const sentAs = (email: string): Body | undefined =>
    sent.find((each) => String(each["email"]).toLowerCase() === email.toLowerCase());
  return copy.shared.attendees.map((attendee) => ({ ...attendee, ...sentAs(attendee.email) }));
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events#id */
function readId({ world }: ApiCall, { id }: Body): string {
  if (id === undefined || id === null) return world.identifiers.base32();
  if (typeof id === "string" && /^[a-v0-9]{5,1024}$/.test(id)) return id;
  throw invalidField("Invalid resource id value.");
}

function hasUid(calendar: StoredCalendar, iCalUID: string): boolean {
  for (const { shared } of calendar.entries.values()) if (shared.iCalUID === iCalUID) return true;
  return false;
}
