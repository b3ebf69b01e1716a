import { integrationError } from "../../../core/errors.js";
import { without } from "../../../core/without.js";
import { spanFrom } from "../../../calendar/changed-times.js";
import { epochMsOf, type EventMoment } from "../../../calendar/event-times.js";
import { splitSeries } from "../../../calendar/recurrence/split.js";
import { eventId } from "./create-event.js";
import { dateMap, type PreparedChange } from "./event-change.js";
import type { Target } from "./event-target.js";
import { toMoment } from "./map-event.js";
import { seriesOf, spanOf } from "./raw-event.js";
import { rewrite } from "./rewriting.js";
import { cancelledDates, carryOver, readExceptions, type Exception } from "./series-exceptions.js";
import type { RawEvent } from "./wire.js";
import { deleteRaw, insertRaw, isSameValue, noteException, readRaw, type Writer } from "./writing.js";

/** A series in two parts. */
export interface PartedSeries {
  /** The lines of the part before, which stays the series that it is. */
  readonly before: string[];
  /** The part from the occurrence on, as the series of its own that it becomes; not written yet. */
  readonly rest: RawEvent;
  /** When it begins by the series' own lines. */
  readonly at: EventMoment;
}

/**
 * Parts a series at the occurrence that a target names.
 *
 * @param keepsRules - whether the rest goes on by the series' rules; then it may have to begin earlier than at the
 * occurrence, with what is between left out
 * @returns undefined when nothing is before it
 */
export async function partSeries(
  { event, occurrence, view }: Target,
  keepsRules: boolean,
): Promise<PartedSeries | undefined> {
  const at = toMoment((occurrence ?? event).originalStartTime ?? event.start, view);
  const { time } = view;
  const { before, after, start: from } = await splitSeries(time, seriesOf(event, view), at);
  if (!before) return undefined;
  const span = spanOf(event, view);
  const rest = without(event, ownOfSeries);
  const start = inZone(keepsRules ? from : at, span.start, view);
  const { end } = spanFrom(time, start, span);
  const id = eventId(undefined, event.id);
  return { before, at, rest: { ...rest, start, end, recurrence: after, id, etag: "" } };
}

/** What a series has by itself, and one that begins as a copy of it does not. */
const ownOfSeries = new Set([
  ...["id", "etag", "kind", "htmlLink", "created", "updated", "iCalUID", "sequence", "organizer", "creator"],
  ...["originalStartTime", "recurringEventId", "start", "end", "recurrence", "hangoutLink"],
]);

function inZone(at: EventMoment, model: EventMoment, { time }: Target["view"]): EventMoment {
  if (at.date !== undefined || model.date !== undefined) return at;
  return { dateTime: time.format(Date.parse(at.dateTime), model.timeZone), timeZone: model.timeZone };
}

/**
 * Makes the following occurrences a series of their own, changed, and ends the series before them. The new one is written
 * first, so that at no time anything is lost.
 */
export async function writeParted(
  writer: Writer,
  target: Target,
  parted: PartedSeries,
  { change, span }: PreparedChange,
): Promise<{ rest: RawEvent; ended: RawEvent }> {
  const { calendarId, event, occurrence, view } = target;
  const later = (await readExceptions(writer, calendarId, event, view)).filter(isFrom(parted.at, view));
  const newOriginal = dateMap(seriesOf(parted.rest, view), span, view.time);
  const wanted = change(parted.rest);
  const recurrence = [...new Set([...(wanted.recurrence ?? []), ...cancelledDates(later, newOriginal)])];
  const body = without({ ...wanted, ...(wanted.recurrence && { recurrence }) }, ["etag"]);
  const { id, start, end } = parted.rest;
  const again = (): Promise<RawEvent> => readRaw(writer.calendars, calendarId, id, writer.deadline);
  const rest = await insertRaw(writer, calendarId, body, again);
  for (const exception of later) noteException(writer, calendarId, exception.event);
  const ended = await endBefore(writer, target, parted.before);
  const before = { ...event, start, end };
  await carryOver(writer, later, { calendarId, before, after: rest, newOriginal, named: occurrence?.id, view });
  return { rest, ended };
}

/**
 * Ends a series before one of its dates; exceptions from there on go with it.
 *
 * @throws RequestError `request.conflict` when somebody changed its times meanwhile
 */
export async function endBefore(
  writer: Writer,
  { calendarId, event }: Target,
  lines: readonly string[],
): Promise<RawEvent> {
  const requireCompatible = (base: RawEvent, current: RawEvent): void => {
    const fields = ["start", "end", "recurrence"].filter((name) => !isSameValue(name, base[name], current[name]));
    if (fields.length === 0) return;
    throw integrationError("request.conflict", {
      message: "Somebody else changed when the series is meanwhile.",
      hint: "Read the series again, and repeat the call.",
      details: { fields },
    });
  };
  const change = (current: RawEvent): RawEvent => ({ ...current, recurrence: [...lines] });
  const { after } = await rewrite(writer, calendarId, event, { change, requireCompatible });
  return after;
}

/** Exceptions of dates from a moment on. */
export function isFrom(at: EventMoment, { time, calendarZone }: Target["view"]): (exception: Exception) => boolean {
  const atMs = epochMsOf(time, at, calendarZone);
  return ({ original }) => epochMsOf(time, original, calendarZone) >= atMs;
}

/** Deletes exceptions that their series has no date for any more. */
export async function deleteExceptions(
  writer: Writer,
  calendarId: string,
  exceptions: readonly Exception[],
): Promise<void> {
  for (const { event } of exceptions) {
    if (event.status !== "cancelled") await deleteRaw(writer, calendarId, event, { notify: "none" });
  }
}
