import type { ZonedTime } from "../../core/zoned-time.js";
import { epochMsOf, type EventMoment, type EventSpan } from "../event-times.js";
import { compileSeries, lastPosition, type CompiledSeries, type SeriesTimes } from "./compiled-series.js";
import { datesOfSeries, type PlacedDate } from "./dates-of-series.js";
import { dayMs } from "./stamps.js";

export type { SeriesTimes } from "./compiled-series.js";

/** One date of a series: from when to when, also in milliseconds since the epoch. */
export interface SeriesDate extends EventSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The dates of a series that overlap a range, in order, at the same wall time on both sides of a change of clocks. A time
 * that the clocks skip is no date, as RFC 5545 has it. Needs the optional package rrule-temporal.
 *
 * @param range - from `fromMs` to just before `toMs`, milliseconds since the epoch
 * @param zone - IANA name: where the days of an all-day series begin and end
 * @param limit - at most so many
 * @throws RequestError `request.invalid` for a rule that cannot be read
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
 */
export async function expandSeries(
  time: ZonedTime,
  series: SeriesTimes,
  range: { fromMs: number; toMs: number },
  zone: string,
  limit: number = Infinity,
): Promise<SeriesDate[]> {
  const compiled = await compileSeries(time, series);
  const longest = compiled.added.reduce(
    (most, { position, end = 0 }) => Math.max(most, end - position),
    compiled.length,
  );
  // No zone's day is as far from that of UTC.
  const margin = compiled.axis.allDay ? 2 * dayMs : 0;
  const within = { from: range.fromMs - longest - margin, before: Math.min(range.toMs + margin, lastPosition) };
  const overlaps = ({ startMs, endMs }: SeriesDate): boolean =>
    startMs < range.toMs && (endMs > range.fromMs || startMs >= range.fromMs);
  // Those before the range that do not reach into it are not counted.
  const spare = limit === Infinity ? 0 : datesOfSeries(compiled, { ...within, before: range.fromMs + margin }).length;
  return datesOfSeries(compiled, within, limit + spare)
    .map((date) => toSeriesDate(time, compiled, { date, series, zone }))
    .filter(overlaps)
    .slice(0, limit);
}

function toSeriesDate(
  time: ZonedTime,
  { axis }: CompiledSeries,
  { date, series, zone }: { date: PlacedDate; series: EventSpan; zone: string },
): SeriesDate {
  const at = (position: number, like: EventMoment): EventMoment =>
    axis.allDay || like.timeZone === undefined
      ? { date: new Date(position).toISOString().slice(0, 10) }
      : { dateTime: time.format(position, like.timeZone), timeZone: like.timeZone };
  const [start, end] = [at(date.start, series.start), at(date.end, series.end)];
  return { start, end, startMs: epochMsOf(time, start, zone), endMs: epochMsOf(time, end, zone) };
}
