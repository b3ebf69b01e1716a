import { ApiError, invalidParameter } from "../api-error.js";
import type { TimeSpan } from "./event-store.js";
import { isTimeZone } from "./time-text.js";

/** How events are to be shown, whatever they are. */
export interface ViewOptions {
  /** IANA name; the calendar's without one. */
  readonly timeZone?: string | undefined;
  /** With more attendees only the participant is shown. */
  readonly maxAttendees?: number | undefined;
}

/** All time. */
export const always: TimeSpan = { fromMs: -8.64e15, toLimitMs: 8.64e15 };

/** @throws ApiError 400 */
export function viewOptionsOf(query: URLSearchParams): ViewOptions {
  const timeZone = query.get("timeZone") ?? undefined;
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw invalidParameter("Invalid time zone.", "timeZone");
  const most = query.get("maxAttendees");
  if (most === null) return { timeZone };
  if (!/^[1-9]\d{0,8}$/.test(most)) throw invalidParameter(`Invalid value '${most}' for maxAttendees`, "maxAttendees");
  return { timeZone, maxAttendees: Number(most) };
}

/** @returns undefined without the parameter @throws ApiError 400 */
export function booleanOf(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (text === "true" || text === "false") return text === "true";
  throw invalidParameter(`Invalid boolean value: '${text}'.`, name);
}

/** The span of `timeMin` and `timeMax`, without an end where one is missing. @throws ApiError 400 */
export function spanOf(query: URLSearchParams): TimeSpan {
  const fromMs = momentOf(query.get("timeMin"), "timeMin") ?? always.fromMs;
  const toLimitMs = momentOf(query.get("timeMax"), "timeMax") ?? always.toLimitMs;
  if (toLimitMs > fromMs) return { fromMs, toLimitMs };
  throw timeRangeEmpty();
}

/** 400 for a span that ends before it begins. */
export function timeRangeEmpty(): ApiError {
  return new ApiError({
    code: 400,
    reason: "timeRangeEmpty",
    domain: "calendar",
    message: "The specified time range is empty.",
    location: "timeMax",
    locationType: "parameter",
  });
}

/** A moment as Google wants it, RFC 3339 with an offset; what is below a second is ignored. @throws ApiError 400 */
export function momentOf(text: string | null, name: string): number | undefined {
  if (text === null) return undefined;
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(z|[+-]\d{2}:\d{2})$/i.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(ms)) return Math.floor(ms / 1000) * 1000;
  throw new ApiError({
    code: 400,
    reason: "badRequest",
    message: "Bad Request",
    location: name,
    locationType: "parameter",
  });
}
