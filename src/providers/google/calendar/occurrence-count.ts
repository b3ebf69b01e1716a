import { epochMsOf } from "../../../calendar/event-times.js";
import { expandSeries } from "../../../calendar/recurrence/series.js";
import type { Calendars } from "./calendars.js";
import { viewOf } from "./map-event.js";
import { seriesOf } from "./raw-event.js";
import type { RawEvent } from "./wire.js";

const tenYearsMs = 10 * 366 * 24 * 60 * 60 * 1_000;
/** A series without an end counts as so many. */
const most = 1_000;

/** How many occurrences an event has: of a series those of its first ten years, at most 1,000. */
export async function countOccurrences(
  { time }: Pick<Calendars, "time">,
  event: RawEvent,
  calendarZone: string,
): Promise<number> {
  if (!event.recurrence) return 1;
  const view = viewOf({ time, account: undefined }, calendarZone);
  const series = seriesOf(event, view);
  const fromMs = epochMsOf(time, series.start, calendarZone);
  return (await expandSeries(time, series, { fromMs, toMs: fromMs + tenYearsMs }, calendarZone, most)).length;
}
