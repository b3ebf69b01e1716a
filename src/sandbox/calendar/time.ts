import type { Temporal as TemporalTypes } from "temporal-polyfill";
import { ApiError } from "../api-error.js";

/** A start or end as Google writes it. */
export interface WireTime {
  readonly date?: string;
  readonly dateTime?: string;
  readonly timeZone?: string;
}

/** Loads Temporal; needed wherever a calendar's time zone counts. */
export async function loadTemporal(): Promise<typeof TemporalTypes> {
  return (await import("temporal-polyfill")).Temporal;
}

/** A start or end of a resource, checked. @throws ApiError 400 as Google's */
export function readTime(value: unknown, name: "start" | "end"): WireTime {
  const fields = typeof value === "object" && value !== null ? value : {};
  const text = (key: string): string | undefined => {
    const found: unknown = Reflect.get(fields, key);
    return typeof found === "string" ? found : undefined;
  };
  const [date, dateTime, timeZone] = [text("date"), text("dateTime"), text("timeZone")];
  if (date === undefined && dateTime === undefined) {
    throw new ApiError({ code: 400, reason: "required", message: `Missing ${name} time.` });
  }
  const valid = date === undefined ? !Number.isNaN(Date.parse(dateTime ?? "")) : /^\d{4}-\d{2}-\d{2}$/.test(date);
  if (!valid) throw new ApiError({ code: 400, reason: "invalid", message: `Invalid ${name} time.` });
  return {
    ...(date !== undefined && { date }),
    ...(dateTime !== undefined && { dateTime }),
    ...(timeZone !== undefined && { timeZone }),
  };
}

/** The instant of a start or end; a date begins at midnight of the zone. Milliseconds since the epoch. */
export function toMs(Temporal: typeof TemporalTypes, time: WireTime, calendarZone: string): number {
  if (time.date !== undefined)
    return Temporal.PlainDate.from(time.date).toZonedDateTime(calendarZone).epochMilliseconds;
  const dateTime = time.dateTime ?? "";
  if (/(z|[+-]\d{2}:?\d{2})$/i.test(dateTime)) return Date.parse(dateTime);
  return Temporal.PlainDateTime.from(dateTime).toZonedDateTime(time.timeZone ?? calendarZone).epochMilliseconds;
}

/** The same time with its offset written out, as Google gives every time back. */
export function withOffset(Temporal: typeof TemporalTypes, time: WireTime, calendarZone: string): WireTime {
  if (time.dateTime === undefined) return time;
  const timeZone = time.timeZone ?? calendarZone;
  return { dateTime: formatIn(Temporal, toMs(Temporal, time, calendarZone), timeZone), timeZone };
}

/** An instant as RFC 3339 text in a zone. */
export function formatIn(Temporal: typeof TemporalTypes, ms: number, timeZone: string): string {
  const text = Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(timeZone)
    .toString({ timeZoneName: "never", smallestUnit: "second" });
  return text.replace(/\+00:00$/, "Z");
}
