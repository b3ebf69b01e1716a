import { isDeepStrictEqual } from "node:util";
import { dateMap, type PreparedChange } from "./event-change.js";
import type { Target } from "./event-target.js";
import { seriesOf, spanOf } from "./raw-event.js";
import { rewrite, type Rewriting } from "./rewriting.js";
import { cancelledDates, carryOver, readExceptions } from "./series-exceptions.js";
import type { RawEvent } from "./wire.js";
import { noteException, type Writer } from "./writing.js";

/**
 * Changes all occurrences of a series. What single ones have for themselves stays: their own times, words and answers, and
 * that they were cancelled.
 */
export async function changeSeries(
  writer: Writer,
  { calendarId, event: before, occurrence, view }: Target,
  { span }: PreparedChange,
  rewriting: Rewriting,
): Promise<{ after: RawEvent; written: boolean }> {
  const exceptions = await readExceptions(writer, calendarId, before, view);
  for (const { event } of exceptions) noteException(writer, calendarId, event);
  const old = spanOf(before, view);
  const newOriginal = dateMap(seriesOf(before, view), span, view.time);
  const moved = span !== undefined && !isDeepStrictEqual(old.start, span.start);
  const dropped = moved ? cancelledDates(exceptions, newOriginal) : [];
  const change = (current: RawEvent): RawEvent => {
    const wanted = rewriting.change(current);
    return wanted.recurrence && dropped.length > 0
      ? { ...wanted, recurrence: [...new Set([...wanted.recurrence, ...dropped])] }
      : wanted;
  };
  const result = await rewrite(writer, calendarId, before, { ...rewriting, change });
  const { after, written } = result;
  if (written && after.recurrence) {
    await carryOver(writer, exceptions, { calendarId, before, after, newOriginal, named: occurrence?.id, view });
  }
  return result;
}
