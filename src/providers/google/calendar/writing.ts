import { isDeepStrictEqual } from "node:util";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import type { Notify } from "../../../calendar/options.js";
import type { Calendars } from "./calendars.js";
import { eventPath } from "./events.js";
import { eventsPath } from "./read-calendars.js";
import { nothing, rawEvent, type RawEvent, type WireTime } from "./wire.js";

/** One write that was made, by what it was made of. */
type Write =
  | { readonly kind: "inserted"; readonly calendarId: string; readonly after: RawEvent }
  | { readonly kind: "rewritten"; readonly calendarId: string; readonly before: RawEvent; readonly after: RawEvent }
  | { readonly kind: "deleted"; readonly calendarId: string; readonly before: RawEvent }
  /** Not written by us, but by Google as a consequence of what is: comes back with it. */
  | { readonly kind: "affected"; readonly calendarId: string; readonly before: RawEvent };

/** Writes events of one operation, and remembers what it wrote so that it can be taken back. */
export interface Writer {
  readonly calendars: Calendars;
  readonly notify: Notify;
  readonly deadline: Deadline;
  readonly writes: Write[];
}

/** How a write is asked for. */
interface WriteFacts {
  /** Default: the writer's. */
  readonly notify?: Notify;
}

/** A writer that has written nothing. */
export function createWriter(calendars: Calendars, notify: Notify | undefined, deadline: Deadline): Writer {
  return { calendars, notify: notify ?? "all", deadline, writes: [] };
}

/** Whom Google writes to. @see https://developers.google.com/workspace/calendar/api/v3/reference/events/insert */
export function sendUpdates(notify: Notify): string {
  return notify === "external" ? "externalOnly" : notify;
}

/** A whole event, nothing of it left out. @throws RequestError `request.not_found` */
export async function readRaw(
  { api }: Calendars,
  calendarId: string,
  id: string,
  deadline: Deadline,
): Promise<RawEvent> {
  return api.call({ path: eventPath(calendarId, id), answer: rawEvent }, deadline);
}

/**
 * Writes a new event, whose id was made here so that it can be repeated.
 *
 * @param existing - decides what an event under that id is that is there already
 */
export async function insertRaw(
  writer: Writer,
  calendarId: string,
  body: Readonly<Record<string, unknown>>,
  existing: () => Promise<RawEvent>,
): Promise<RawEvent> {
  const { calendars, deadline, writes } = writer;
  const path = eventsPath(calendarId);
  const query = writeQuery(writer.notify);
  const insert = { method: "POST" as const, path, query, body, repeatable: true, answer: rawEvent };
  const after = await calendars.api.call(insert, deadline).catch((error: unknown) => {
    if (!isIntegrationError(error, "request.conflict")) throw error;
    return existing();
  });
  writes.push({ kind: "inserted", calendarId, after });
  return after;
}

/**
 * Writes a whole event back if it is still as it was read.
 *
 * @throws RequestError `request.conflict` when somebody changed it meanwhile
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/update
 */
export async function replaceRaw(
  writer: Writer,
  calendarId: string,
  { before, after }: { before: RawEvent; after: RawEvent },
  { notify = writer.notify }: WriteFacts = {},
): Promise<RawEvent> {
  const { calendars, deadline, writes } = writer;
  const path = eventPath(calendarId, before.id);
  const replace = { method: "PUT" as const, path, query: writeQuery(notify), body: after, ifMatch: before.etag };
  // The etag lets only one of the repeats in; whoever gets a conflict looks again.
  const written = await calendars.api.call({ ...replace, repeatable: true, answer: rawEvent }, deadline);
  writes.push({ kind: "rewritten", calendarId, before, after: written });
  return written;
}

/** Notes what an exception of a series is, before the series is changed: Google may drop it for that. */
export function noteException({ writes }: Writer, calendarId: string, before: RawEvent): void {
  if (before.status !== "cancelled") writes.push({ kind: "affected", calendarId, before });
}

/** Deletes an event that was read before; one that is gone meanwhile is as good. */
export async function deleteRaw(
  writer: Writer,
  calendarId: string,
  before: RawEvent,
  { notify = writer.notify }: WriteFacts = {},
): Promise<void> {
  const { calendars, deadline, writes } = writer;
  const path = eventPath(calendarId, before.id);
  const query = { sendUpdates: sendUpdates(notify) };
  const remove = { method: "DELETE" as const, path, query, repeatable: true, answer: nothing };
  await calendars.api.call(remove, deadline).catch((error: unknown) => {
    if (!isIntegrationError(error, "request.not_found")) throw error;
  });
  writes.push({ kind: "deleted", calendarId, before });
}

/**
 * Several writes that belong together: should one fail, those before it are taken back.
 *
 * @throws what it failed with; RequestError `request.partial_failure` when it could not be taken back
 */
export async function allOrNothing<T>(writer: Writer, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    const writes = writer.writes.filter(({ kind }) => kind !== "affected");
    const written = writes.map(({ calendarId, ...each }) => ({ calendarId, eventId: eventIdOf(each) }));
    try {
      await undoWrites(writer);
    } catch {
      // What keeps it from being taken back says less than what went wrong at first.
      throw integrationError("request.partial_failure", {
        message: "It was done in part only, and that could not be taken back.",
        hint: "Look at the events that were written, and repeat the call or put them right.",
        details: { written },
        cause,
      });
    }
    throw cause;
  }
}

function eventIdOf(write: { readonly before?: RawEvent; readonly after?: RawEvent }): string | undefined {
  return (write.after ?? write.before)?.id;
}

/**
 * Takes back all that a writer wrote, the last first, even when its call has ended.
 *
 * @throws what keeps it from doing so; the rest stays
 */
export async function undoWrites({ calendars, notify, writes }: Writer): Promise<void> {
  for (let last = writes.pop(); last; last = writes.pop()) {
    const undoing = createWriter(calendars, notify, calendars.shared);
    if (last.kind === "inserted") await deleteRaw(undoing, last.calendarId, last.after);
    else await restore(undoing, last);
  }
}

async function restore(writer: Writer, write: Exclude<Write, { kind: "inserted" }>): Promise<void> {
  const { calendarId, before } = write;
  const current = await readRaw(writer.calendars, calendarId, before.id, writer.deadline);
  if (isSame(current, before)) return;
  const untouched = write.kind === "rewritten" ? isSame(current, write.after) : current.status === "cancelled";
  if (!untouched) {
    throw integrationError("request.conflict", {
      message: "Somebody changed the event meanwhile: it was not taken back.",
      details: { calendarId, eventId: before.id },
    });
  }
  const after = { ...before, etag: current.etag, sequence: current["sequence"] };
  await replaceRaw(writer, calendarId, { before: current, after });
}

/** What Google counts and notes by itself. */
const bookkeeping = new Set(["etag", "updated", "sequence"]);

/** Whether two versions of an event say the same. */
export function isSame(a: RawEvent, b: RawEvent): boolean {
  return changedFields(a, b).length === 0;
}

/** The fields in which two versions of an event differ. */
export function changedFields(a: RawEvent, b: RawEvent): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)].filter((name) => !bookkeeping.has(name)));
  return [...names].filter((name) => !isSameValue(name, a[name], b[name]));
}

const times = new Set(["start", "end", "originalStartTime"]);

/** Whether a field says the same in two versions: Google may write an instant with another offset than it was given. */
export function isSameValue(name: string, a: unknown, b: unknown): boolean {
  const said = (value: unknown): unknown => (times.has(name) && isTime(value) ? instantOf(value) : value);
  return isDeepStrictEqual(said(a), said(b));
}

function isTime(value: unknown): value is WireTime & { dateTime: string } {
  return typeof value === "object" && value !== null && "dateTime" in value && typeof value.dateTime === "string";
}

function instantOf(time: WireTime & { dateTime: string }): unknown {
  return { ...time, dateTime: Date.parse(time.dateTime) };
}

function writeQuery(notify: Notify): Record<string, string | number | boolean> {
  // Version 1: conference data is written back as it was read, not dropped; the same holds for attachments.
  return { sendUpdates: sendUpdates(notify), conferenceDataVersion: 1, supportsAttachments: true };
}
