import { hasEventYear, hasOffset, isDate, isDateTime, isTimeZone } from "./time-text.js";
import { calendarRefusal, invalidField, requiredField } from "./event-refusals.js";
import { isObject } from "./event-fields.js";
import { loadTemporal, toMs, withOffset, type WireTime } from "./time.js";

/**
 * Start and end of an event that a client sent, each with its offset written out.
 *
 * @param repeats - a series of timed events needs a zone to be expanded in
 * @throws ApiError 400
 */
export async function readTimes(
  body: Readonly<Record<string, unknown>>,
  calendarZone: string,
  repeats: boolean,
): Promise<{ start: WireTime; end: WireTime }> {
  const [start, end] = [readOne(body["start"], "start", repeats), readOne(body["end"], "end", repeats)];
  if ((start.date === undefined) !== (end.date === undefined)) throw invalidField("Invalid start time.");
  const Temporal = await loadTemporal();
  // Unsure(google): whether an event of whole days may end on the day it begins, as is accepted here.
  if (toMs(Temporal, end, calendarZone) < toMs(Temporal, start, calendarZone)) {
    throw calendarRefusal("timeRangeEmpty", "The specified time range is empty.");
  }
  return { start: withOffset(Temporal, start, calendarZone), end: withOffset(Temporal, end, calendarZone) };
}

function readOne(value: unknown, name: "start" | "end", repeats: boolean): WireTime {
  const { date, dateTime, timeZone }: { date?: unknown; dateTime?: unknown; timeZone?: unknown } = isObject(value)
    ? value
    : {};
  const [hasDate, hasTime] = [date !== undefined && date !== null, dateTime !== undefined && dateTime !== null];
  if (!hasDate && !hasTime) throw requiredField(`Missing ${name} time.`);
  if (hasDate && hasTime) throw invalidField(`Invalid ${name} time.`);
  const zone = timeZone === null ? undefined : timeZone;
  if (zone !== undefined && !isTimeZone(zone)) {
    throw invalidField(`Invalid time zone definition for ${name} time.`);
  }
  if (hasDate) {
    if (!isDate(date) || !hasEventYear(date)) throw invalidField(`Invalid ${name} time.`);
    return { date };
  }
  if (!isDateTime(dateTime) || !hasEventYear(dateTime)) throw invalidField(`Invalid ${name} time.`);
  if (zone === undefined && (repeats || !hasOffset(dateTime))) {
    throw requiredField(`Missing time zone definition for ${name} time.`);
  }
  return { dateTime, ...(zone !== undefined && { timeZone: zone }) };
}
