import { ApiError, calendarNotFound, invalidParameter } from "../api-error.js";
import type { ApiCall, ApiReply } from "../routes.js";
import { requireRole } from "./calendar-access.js";
import type { CalendarAccess, StoredCalendar } from "./calendars.js";
import { conferenceOf } from "./conference.js";
import { findOccurrence } from "./events-read.js";
import { showEvent } from "./event-view.js";
import { storedAttendees, type EventCopy, type SharedEvent } from "./stored-event.js";
import { loadTemporal, readTime, toMs, withOffset } from "./time.js";

/** Fields that everybody with a copy shares, and that a client may set. */
const sharedFields = [
  "summary",
  "description",
  "location",
  "start",
  "end",
  "recurrence",
  "visibility",
  "source",
  "attachments",
  "extendedProperties",
  "guestsCanModify",
  "guestsCanInviteOthers",
  "guestsCanSeeOtherGuests",
  "anyoneCanAddSelf",
  "eventType",
  "workingLocationProperties",
  "outOfOfficeProperties",
  "focusTimeProperties",
] as const;
/** Fields that each copy has for itself. */
const ownFields = ["colorId", "transparency"] as const;
/** Fields that an answer carries and that no client can set. */
const readOnlyFields = new Set(
  "kind etag id htmlLink created updated creator organizer iCalUID sequence self attendees status conferenceData hangoutLink recurringEventId originalStartTime locked privateCopy endTimeUnspecified attendeesOmitted".split(
    " ",
  ),
);

type Body = Readonly<Record<string, unknown>>;

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/insert */
export async function insertEvent(call: ApiCall): Promise<ApiReply> {
  const access = writable(call);
  const { calendar } = access;
  const body = bodyOf(call);
  const { world, user } = call;
  const id = typeof body["id"] === "string" ? body["id"] : world.identifiers.base32();
  if (!/^[a-v0-9]{5,1024}$/.test(id)) throw invalidParameter("Invalid resource id value.");
  if (calendar.entries.has(id)) {
    throw new ApiError({ code: 409, reason: "duplicate", message: "The requested identifier already exists." });
  }
  const now = world.clock.now();
  const shared: SharedEvent = {
    iCalUID: typeof body["iCalUID"] === "string" ? body["iCalUID"] : `${id}@google.com`,
    organizer: calendar.id,
    organizerName: calendar.primary ? undefined : calendar.properties.summary,
    creator: user.email,
    createdMs: now,
    updatedMs: now,
    sequence: 0,
    status: body["status"] === "tentative" ? "tentative" : "confirmed",
    attendees: storedAttendees(body["attendees"], calendar.id),
    fields: { ...(await checkedFields(body, calendar)), ...conferenceOf(call, body, {}) },
    series: undefined,
    originalStartTime: undefined,
    copies: new Map(),
  };
  world.calendars.distribute(shared, calendar, id);
  const copy = requireCopy(calendar, id);
  copy.own = pick(body, ownFields);
  remind(copy, body, user.email);
  return { json: showEvent(copy, access) };
}

/** PUT: the resource becomes what is sent. @see https://developers.google.com/workspace/calendar/api/v3/reference/events/update */
export async function updateEvent(call: ApiCall): Promise<ApiReply> {
  return change(call, bodyOf(call), bodyOf(call));
}

/** PATCH: what is sent replaces its fields, arrays as a whole. @see https://developers.google.com/workspace/calendar/api/v3/reference/events/patch */
export async function patchEvent(call: ApiCall): Promise<ApiReply> {
  const access = writable(call);
  const { calendar } = access;
  const copy = await copyToWrite(call, calendar);
  const body = bodyOf(call);
  const current = showEvent(copy, access);
  const merged = Object.fromEntries(Object.entries({ ...current, ...body }).filter(([, value]) => value !== null));
  return change(call, merged, body);
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/delete */
export async function deleteEvent(call: ApiCall): Promise<ApiReply> {
  const access = writable(call);
  const { calendar } = access;
  const copy = await copyToWrite(call, calendar);
  if (copy.removed || copy.shared.status === "cancelled") {
    throw new ApiError({ code: 410, reason: "deleted", message: "Resource has been deleted" });
  }
  requireEtag(call, copy);
  if (copy.shared.organizer === calendar.id) {
    copy.shared.status = "cancelled";
    touch(call, copy.shared);
  } else {
    copy.removed = true;
    answerAs(copy.shared, calendar.id, { responseStatus: "declined" });
    touch(call, copy.shared);
  }
  return { status: 204 };
}

/** @param sent - what the client named, to tell what it meant to change */
async function change(call: ApiCall, body: Body, sent: Body): Promise<ApiReply> {
  const access = writable(call);
  const { calendar } = access;
  const copy = await copyToWrite(call, calendar);
  requireEtag(call, copy);
  const { shared } = copy;
  const organizes = shared.organizer === calendar.id;
  const fields = await checkedFields(body, calendar);
  if (organizes || shared.fields["guestsCanModify"] === true) {
    const kept = Object.fromEntries(Object.entries(shared.fields).filter(([name]) => isKept(name)));
    const conference = conferenceOf(call, body, shared.fields);
    const moved =
      JSON.stringify([shared.fields["start"], shared.fields["end"]]) !==
      JSON.stringify([fields["start"], fields["end"]]);
    shared.fields = { ...kept, ...fields, ...conference };
    shared.attendees = storedAttendees(body["attendees"], shared.organizer);
    if (body["status"] === "tentative" || body["status"] === "confirmed" || body["status"] === "cancelled")
      shared.status = body["status"];
    if (moved) shared.sequence += 1;
    call.world.calendars.distribute(shared, calendar, copy.id);
  } else {
    requireOwnAnswerOnly(shared, fields, sent);
    const mine = storedAttendees(body["attendees"], shared.organizer).find(
      ({ email }) => email.toLowerCase() === calendar.id,
    );
    if (mine) answerAs(shared, calendar.id, pick(mine, ["responseStatus", "comment", "additionalGuests"]));
  }
  copy.own = { ...copy.own, ...pick(body, ownFields) };
  remind(copy, body, call.user.email);
  touch(call, shared);
  return { json: showEvent(copy, access) };
}

/** A guest's copy takes only the guest's own answer; the rest belongs to the organizer. */
function requireOwnAnswerOnly(shared: SharedEvent, fields: Body, sent: Body): void {
  const foreign = ["summary", "description", "location", "start", "end", "recurrence"].filter(
    (name) => name in sent && JSON.stringify(fields[name]) !== JSON.stringify(shared.fields[name]),
  );
  if (foreign.length === 0) return;
  throw new ApiError({
    code: 403,
    reason: "forbiddenForNonOrganizer",
    message: "Shared properties can only be changed by the organizer of the event.",
  });
}

function answerAs(shared: SharedEvent, address: string, answer: Record<string, unknown>): void {
  shared.attendees = shared.attendees.map((attendee) =>
    attendee.email.toLowerCase() === address ? { ...attendee, ...answer } : attendee,
  );
}

/** Everybody's copy has changed with it. */
function touch({ world }: ApiCall, shared: SharedEvent): void {
  shared.updatedMs = Math.max(shared.updatedMs + 1, world.clock.now());
  world.calendars.touch(shared);
}

/** The event to write; an occurrence becomes an exception of its series by being written. */
async function copyToWrite(call: ApiCall, calendar: StoredCalendar): Promise<EventCopy> {
  const id = call.path["eventId"] ?? "";
  const stored = calendar.entries.get(id);
  if (stored) return stored;
  const found = await findOccurrence(calendar, id);
  if (!found) throw calendarNotFound();
  const { shared } = found.series;
  const fields = Object.fromEntries(Object.entries(shared.fields).filter(([name]) => name !== "recurrence"));
  const { start, end } = found.occurrence;
  const exception: SharedEvent = {
    ...shared,
    attendees: shared.attendees.map((attendee) => ({ ...attendee })),
    fields: { ...fields, start, end },
    series: shared,
    originalStartTime: start,
    copies: new Map(),
  };
  const stamp = id.slice(found.series.id.length);
  for (const [home, copy] of shared.copies) {
    const placed = call.world.calendars.place(exception, home, `${copy.id}${stamp}`);
    Object.assign(placed, { etag: copy.etag, own: { ...copy.own }, removed: copy.removed });
  }
  return requireCopy(calendar, id);
}

async function checkedFields(body: Body, calendar: StoredCalendar): Promise<Record<string, unknown>> {
  const [start, end] = [readTime(body["start"], "start"), readTime(body["end"], "end")];
  if ((start.date === undefined) !== (end.date === undefined)) {
    throw new ApiError({ code: 400, reason: "invalid", message: "Invalid start time." });
  }
  const Temporal = await loadTemporal();
  if (toMs(Temporal, end, calendar.properties.timeZone) < toMs(Temporal, start, calendar.properties.timeZone)) {
    throw new ApiError({ code: 400, reason: "timeRangeEmpty", message: "The specified time range is empty." });
  }
  return {
    ...pick(body, sharedFields),
    start: withOffset(Temporal, start, calendar.properties.timeZone),
    end: withOffset(Temporal, end, calendar.properties.timeZone),
  };
}

/** Fields of a seed that Google's documentation does not know stay, whatever a client sends. */
function isKept(name: string): boolean {
  return (
    !sharedFields.some((field) => field === name) &&
    !ownFields.some((field) => field === name) &&
    !readOnlyFields.has(name)
  );
}

function requireEtag({ headers }: ApiCall, copy: EventCopy): void {
  const wanted = headers["if-match"];
  if (wanted === undefined || wanted === "*" || wanted === `"${copy.etag}"`) return;
  throw new ApiError({
    code: 412,
    reason: "conditionNotMet",
    message: "Precondition Failed",
    location: "If-Match",
    locationType: "header",
  });
}

function writable(call: ApiCall): CalendarAccess {
  return requireRole(call, "writerWithoutPrivateAccess");
}

function remind(copy: EventCopy, body: Body, user: string): void {
  if (body["reminders"] !== undefined) copy.reminders.set(user, body["reminders"]);
}

function requireCopy(calendar: StoredCalendar, id: string): EventCopy {
  const copy = calendar.entries.get(id);
  if (!copy) throw calendarNotFound();
  return copy;
}

function bodyOf({ body }: ApiCall): Body {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Body;
  throw new ApiError({ code: 400, reason: "parseError", message: "Parse Error" });
}

function pick(source: Body, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (source[name] === undefined || source[name] === null ? [] : [[name, source[name]]])),
  );
}
