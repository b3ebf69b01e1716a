import { createHash } from "node:crypto";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { without } from "../../../core/without.js";
import { writePreview, type WritePreview } from "../../../core/write-preview.js";
import { plannedNew } from "../../../calendar/planned-event.js";
import { readEventSpan } from "../../../calendar/event-times.js";
import { describeDifference } from "../../../calendar/event-difference.js";
import type { ConflictInfo, EventInput, UpdateResult } from "../../../calendar/models.js";
import type { CreateOptions } from "../../../calendar/options.js";
import { requireRecurrence } from "../../../calendar/recurrence/check.js";
import { requireWritable } from "../access.js";
import { seenIn } from "./audience.js";
import type { Calendars } from "./calendars.js";
import { clashesOf } from "./clashes.js";
import { conferenceRequest, toContent } from "./event-content.js";
import { requestProperty, toEvent, viewOf, type TimeView } from "./map-event.js";
import { countOccurrences } from "./occurrence-count.js";
import { guestsOf, known, tellsWhom } from "./raw-event.js";
import type { RawEvent } from "./wire.js";
import { createWriter, insertRaw, readRaw, type Writer } from "./writing.js";

/** Creates an event that this account organizes, or tells what would be created. */
export async function createMyEvent(
  calendars: Calendars,
  input: EventInput,
  options: CreateOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  requireWritable(calendars);
  const planned = await planEvent(calendars, input, options, deadline);
  if (options.dryRun === true) return preview(calendars, planned);
  return writePlanned(createWriter(calendars, options.notify, deadline), planned);
}

/** A new event, ready to be written. */
export interface PlannedCreation {
  readonly calendarId: string;
  /** What Google is sent. */
  readonly body: RawEvent;
  /** What the idempotency key stands for, if there is one. */
  readonly request: string | undefined;
  readonly conflicts: ConflictInfo[];
  readonly view: TimeView;
  readonly notify: NonNullable<CreateOptions["notify"]>;
}

/**
 * Checks a new event and looks for what it clashes with. Its id is made here, so that a repeat after a lost answer, by
 * this call or by the next one with the same idempotency key, creates nothing twice.
 *
 * @throws RequestError `request.invalid` naming the field; with `onConflict: "fail"`, `request.conflict`
 */
export async function planEvent(
  calendars: Calendars,
  input: EventInput,
  options: CreateOptions,
  deadline: Deadline,
): Promise<PlannedCreation> {
  const { calendarId = "primary", notify = "all", idempotencyKey, conference = false } = options;
  const { time } = calendars;
  const zone = input.timeZone ?? (await calendars.timeZone(deadline, calendarId));
  const span = readEventSpan(time, input, zone);
  const lines = input.recurrence && (await requireRecurrence(time, { ...span, lines: input.recurrence.lines }));
  const content = toContent(input, span, lines);
  const id = eventId(idempotencyKey, calendarId === calendars.account ? "primary" : calendarId);
  const request = idempotencyKey === undefined ? undefined : fingerprint({ content, conference, notify });
  const body = {
    ...content,
    ...(request !== undefined && { extendedProperties: remembering(content["extendedProperties"], request) }),
    ...(conference && conferenceRequest(id)),
    ...{ id, etag: "" },
  };
  // A repeat with the same key finds the event there already. Quirk(google): its UID follows from its id.
  const exclude = { id, seriesId: id, iCalUid: `${id}@google.com` };
  const wanted = { ...plannedNew(input, { span, lines, timeZone: zone }), exclude };
  const conflicts = await clashesOf(calendars, wanted, { onConflict: options.onConflict, calendarId }, deadline);
  return { calendarId, body, request, conflicts, notify, view: viewOf(calendars, zone) };
}

/** Writes a new event. @see https://developers.google.com/workspace/calendar/api/v3/reference/events/insert */
export async function writePlanned(writer: Writer, planned: PlannedCreation): Promise<UpdateResult> {
  const { calendarId, request, conflicts, view } = planned;
  const body = without(planned.body, ["etag"]);
  const made = await insertRaw(writer, calendarId, body, () => readBack(writer, calendarId, planned.body.id, request));
  const event = toEvent(known(made), calendarId, view);
  return { event, notified: tellsWhom(writer.notify, guestsOf(made)), conflicts };
}

/** The event that stands under our id already: ours from before the answer was lost, or another one. */
async function readBack(
  { calendars, deadline }: Writer,
  calendarId: string,
  id: string,
  request: string | undefined,
): Promise<RawEvent> {
  const existing = await readRaw(calendars, calendarId, id, deadline);
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

async function preview(calendars: Calendars, planned: PlannedCreation): Promise<WritePreview> {
  const { calendarId, body, conflicts, notify, view } = planned;
  const event = toEvent(known(body), calendarId, view);
  const guests = guestsOf(body);
  const payload = without(body, ["id"]);
  return writePreview(calendars.account, {
    recipients: guests,
    notified: tellsWhom(notify, guests),
    seenIn: seenIn(calendars, calendarId, body),
    occurrences: await countOccurrences(calendars, body, view.calendarZone),
    diff: [
      ...describeDifference(undefined, event),
      ...(body["conferenceData"] === undefined ? [] : ["+ video call: a new one"]),
    ],
    warnings: conflicts.map(({ message }) => message),
    payload: { calendarId, notify, payload },
  });
}

function remembering(properties: unknown, request: string): RawEvent["extendedProperties"] {
  const { private: given } = (properties ?? {}) as NonNullable<RawEvent["extendedProperties"]>;
  return { private: { ...given, [requestProperty]: request } };
}

function fingerprint(request: object): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("base64url");
}

/** Ids may hold a to v and digits. Without a key they are random; with one they follow from it. */
export function eventId(idempotencyKey: string | undefined, calendarId: string): string {
  const source = idempotencyKey === undefined ? crypto.randomUUID() : JSON.stringify([calendarId, idempotencyKey]);
  return `mi${createHash("sha256").update(source).digest("hex").slice(0, 40)}`;
}
