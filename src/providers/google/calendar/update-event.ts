import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { writePreview, type WritePreview } from "../../../core/write-preview.js";
import { describeChange } from "../../../calendar/event-difference.js";
import type { ConflictInfo, EventChanges, EventRef, UpdateResult } from "../../../calendar/models.js";
import type { UpdateOptions } from "../../../calendar/options.js";
import { requireWritable } from "../access.js";
import { readersOf, seenIn } from "./audience.js";
import type { Calendars } from "./calendars.js";
import { clashesOf } from "./clashes.js";
import { invites, prepareChange, touchesAll, type PreparedChange } from "./event-change.js";
import { findTarget, type Target } from "./event-target.js";
import { toEvent } from "./map-event.js";
import { countOccurrences } from "./occurrence-count.js";
import { isWriter, requirePermission } from "./permissions.js";
import { guestsOf, known, lookedAt, spanOf, tellsWhom } from "./raw-event.js";
import { rewrite } from "./rewriting.js";
import { readExceptions } from "./series-exceptions.js";
import { partSeries, writeParted, type PartedSeries } from "./split-series.js";
import { changeSeries } from "./update-series.js";
import type { RawEvent } from "./wire.js";
import { allOrNothing, createWriter, type Writer } from "./writing.js";

/** Changes an event that this account may change, or tells what would change. */
export async function updateMyEvent(
  calendars: Calendars,
  ref: EventRef,
  changes: EventChanges,
  options: UpdateOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  requireWritable(calendars);
  const planned = await planUpdate(calendars, ref, changes, options, deadline);
  if (options.dryRun === true) return preview(calendars, planned, deadline);
  return writeUpdate(createWriter(calendars, options.notify, deadline), planned);
}

/** An update, ready to be written. */
export interface PlannedUpdate {
  readonly target: Target;
  readonly changes: EventChanges;
  readonly options: UpdateOptions;
  readonly prepared: PreparedChange;
  /** The following occurrences, where only those are meant. */
  readonly parted: PartedSeries | undefined;
  /** What is changed: for the following occurrences the series that they become. */
  readonly subject: RawEvent;
  readonly after: RawEvent;
  readonly conflicts: ConflictInfo[];
}

/** Reads what is to be changed, and checks whether it may be. */
export async function planUpdate(
  calendars: Calendars,
  ref: EventRef,
  changes: EventChanges,
  options: UpdateOptions,
  deadline: Deadline,
): Promise<PlannedUpdate> {
  const found = await findTarget(calendars, ref, options.scope, deadline);
  if (touchesAll(changes) || !isWriter(found.permissions.calendarRole)) requirePermission(found.permissions, "canEdit");
  else if (invites(changes)) requirePermission(found.permissions, "canInvite");
  requireVersion(found.occurrence ?? found.event, options.expectedVersion);
  const parted = found.scope === "following" ? await partSeries(found, changes.recurrence === undefined) : undefined;
  // All occurrences from the first one on are all.
  const target: Target = found.scope === "following" && !parted ? { ...found, scope: "all" } : found;
  const subject = parted?.rest ?? target.event;
  const prepared = await prepareChange({ ...target, event: subject }, changes);
  const after = prepared.change(subject);
  const planned = { target, changes, options, prepared, parted, subject, after };
  return { ...planned, conflicts: await clashes(calendars, planned, deadline) };
}

/** Writes an update. */
export async function writeUpdate(writer: Writer, planned: PlannedUpdate): Promise<UpdateResult> {
  const { target, options, prepared, parted, conflicts } = planned;
  const { calendarId, event, view } = target;
  const asEvent = (raw: RawEvent): UpdateResult["event"] => toEvent(known(raw), calendarId, view);
  if (parted) {
    const { rest, ended } = await allOrNothing(writer, () => writeParted(writer, target, parted, prepared));
    const notified = tellsWhom(writer.notify, told(event, rest));
    return { event: asEvent(rest), notified, conflicts, endedSeries: asEvent(ended) };
  }
  const rewriting = {
    change: prepared.change,
    requireCompatible: (base: RawEvent, current: RawEvent): void => {
      if (options.expectedVersion !== undefined) throw notTheVersion(options.expectedVersion, current);
      prepared.requireCompatible(base, current);
    },
  };
  const { after, written } = event.recurrence
    ? await allOrNothing(writer, () => changeSeries(writer, target, prepared, rewriting))
    : await rewrite(writer, calendarId, event, rewriting);
  return { event: asEvent(after), notified: written ? tellsWhom(writer.notify, told(event, after)) : [], conflicts };
}

/** Whoever is invited, or was. */
function told(before: RawEvent, after: RawEvent): string[] {
  return [...new Set([...guestsOf(before), ...guestsOf(after)])];
}

function requireVersion(event: RawEvent, expected: string | undefined): void {
  if (expected !== undefined && event.etag !== expected) throw notTheVersion(expected, event);
}

function notTheVersion(expected: string, { etag }: RawEvent): Error {
  return integrationError("request.conflict", {
    message: "The event is not the expected version any more.",
    hint: "Read the event again, and change it with the version that it has now.",
    details: { expectedVersion: expected, version: etag },
  });
}

async function clashes(
  calendars: Calendars,
  { target, changes, options, prepared, subject, after }: Omit<PlannedUpdate, "conflicts">,
  deadline: Deadline,
): Promise<ConflictInfo[]> {
  const newTimes = prepared.span !== undefined || changes.recurrence !== undefined;
  if (!newTimes && !invites(changes)) return [];
  const { calendarId, event, view } = target;
  const already = new Set(newTimes ? [] : guestsOf(subject));
  const planned = {
    title: after.summary ?? "",
    span: spanOf(after, view),
    attendees: guestsOf(after).filter((email) => !already.has(email)),
    busy: after["transparency"] !== "transparent",
    timeZone: view.calendarZone,
    ...(after.recurrence && { lines: after.recurrence }),
    exclude: {
      id: event.id,
      seriesId: event.recurringEventId ?? event.id,
      ...(event.iCalUID !== undefined && { iCalUid: event.iCalUID }),
    },
  };
  return clashesOf(calendars, planned, { onConflict: options.onConflict, calendarId }, deadline);
}

async function preview(calendars: Calendars, planned: PlannedUpdate, deadline: Deadline): Promise<WritePreview> {
  const { target, options, subject, after, conflicts, changes } = planned;
  const { calendarId, scope, view, event } = target;
  const { notify = "all" } = options;
  const exceptional = await readersOfExceptions(calendars, planned, deadline);
  const diff = describeChange(toEvent(known(subject), calendarId, view), toEvent(known(after), calendarId, view));
  return writePreview(calendars.account, {
    // Whoever is not invited any more is written to as well, with what has changed.
    recipients: [...new Set([...readersOf(after), ...told(subject, after), ...exceptional])],
    notified: tellsWhom(notify, told(subject, after)),
    seenIn: seenIn(calendars, calendarId, after),
    occurrences: scope === "this" ? 1 : await countOccurrences(calendars, after, view.calendarZone),
    diff,
    warnings: conflicts.map(({ message }) => message),
    payload: [
      { calendarId, id: event.id, occurrence: target.occurrence?.id, scope, changes, notify },
      lookedAt(subject),
    ],
  });
}

/** Whoever is invited to single occurrences of a series only reads as well what is said of all of them. */
async function readersOfExceptions(
  calendars: Calendars,
  { target: { calendarId, event, view }, options }: PlannedUpdate,
  deadline: Deadline,
): Promise<string[]> {
  if (!event.recurrence) return [];
  const exceptions = await readExceptions(createWriter(calendars, options.notify, deadline), calendarId, event, view);
  return exceptions.flatMap((exception) => (exception.event.status === "cancelled" ? [] : readersOf(exception.event)));
}
