import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { writePreview, type WritePreview } from "../../../core/write-preview.js";
import { describeDifference } from "../../../calendar/event-difference.js";
import type { EventRef, UpdateResult } from "../../../calendar/models.js";
import type { DeleteOptions } from "../../../calendar/options.js";
import { requireWritable } from "../access.js";
import { readersOf } from "./audience.js";
import type { Calendars } from "./calendars.js";
import { findTarget, type Target } from "./event-target.js";
import { toEvent } from "./map-event.js";
import { countOccurrences } from "./occurrence-count.js";
import { requirePermission } from "./permissions.js";
import { guestsOf, known, tellsWhom } from "./raw-event.js";
import { readExceptions } from "./series-exceptions.js";
import { deleteExceptions, endBefore, isFrom, partSeries, type PartedSeries } from "./split-series.js";
import { allOrNothing, createWriter, deleteRaw, noteException, type Writer } from "./writing.js";

/** Cancels an event, one occurrence, the following ones or all, or tells what would be cancelled. */
export async function deleteMyEvent(
  calendars: Calendars,
  ref: EventRef,
  options: DeleteOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  requireWritable(calendars);
  requireNoMessage(options.message);
  const found = await findTarget(calendars, ref, options.scope, deadline);
  requirePermission(found.permissions, "canDelete");
  const parted = found.scope === "following" ? await partSeries(found, false) : undefined;
  if (options.dryRun === true) return preview(calendars, found, parted, options);
  const writer = createWriter(calendars, options.notify, deadline);
  if (parted) return allOrNothing(writer, () => endSeries(writer, found, parted));
  const { calendarId, event, view } = found;
  await deleteRaw(writer, calendarId, event);
  return {
    event: toEvent(known(event), calendarId, view),
    notified: tellsWhom(writer.notify, guestsOf(event)),
    conflicts: [],
  };
}

async function endSeries(writer: Writer, target: Target, parted: PartedSeries): Promise<UpdateResult> {
  const { calendarId, event, view } = target;
  const later = (await readExceptions(writer, calendarId, event, view)).filter(isFrom(parted.at, view));
  for (const exception of later) noteException(writer, calendarId, exception.event);
  const ended = toEvent(known(await endBefore(writer, target, parted.before)), calendarId, view);
  await deleteExceptions(writer, calendarId, later);
  const rest = toEvent(known({ ...event, ...parted.rest, id: event.id, etag: event.etag }), calendarId, view);
  return { event: rest, notified: tellsWhom(writer.notify, guestsOf(event)), conflicts: [], endedSeries: ended };
}

// Quirk(google): a cancellation carries no words of one's own.
function requireNoMessage(message: string | undefined): void {
  if (message === undefined) return;
  throw integrationError("request.unsupported", {
    message: "Google delivers no message with a cancellation.",
    hint: "Delete it without a message, and write to the attendees by e-mail.",
  });
}

async function preview(
  calendars: Calendars,
  { calendarId, event, scope, view }: Target,
  parted: PartedSeries | undefined,
  { notify = "all" }: DeleteOptions,
): Promise<WritePreview> {
  const guests = guestsOf(event);
  const gone = parted?.rest ?? event;
  return writePreview(calendars.account, {
    recipients: readersOf(event),
    notified: tellsWhom(notify, guests),
    occurrences: scope === "this" ? 1 : await countOccurrences(calendars, gone, view.calendarZone),
    diff: describeDifference(toEvent(known(gone), calendarId, view), undefined),
    reversible: false,
    payload: { calendarId, id: event.id, scope, at: parted?.at, notify, deleted: true },
  });
}
