import { integrationError } from "../core/errors.js";
import type { InstantInput } from "../core/zoned-time.js";
import type { TimeRange } from "./models.js";

interface ZoneOption {
  /** IANA name; default: the profile's time zone, else the calendar's. */
  readonly timeZone?: string;
}

/** Ranges for the calendar calls. What `today` is gets decided where the range is used, in its time zone. */
export const timeRange: {
  readonly today: (options?: ZoneOption) => TimeRange;
  readonly next: (options: ZoneOption & { readonly days: number }) => TimeRange;
  readonly between: (start: InstantInput, end: InstantInput, options?: ZoneOption) => TimeRange;
} = {
  /** From this midnight to the next. */
  today: (options = {}) => range("today", "today+1", options),
  /** Whole days beginning with today. @throws RequestError `request.invalid` unless `days` is a whole number from 1 */
  next: ({ days, ...options }) => {
    if (!Number.isInteger(days) || days < 1) {
      throw integrationError("request.invalid", {
        message: `A range of ${days} days is not possible.`,
        hint: "Give days as a whole number from 1.",
      });
    }
    return range("today", `today+${days}`, options);
  },
  between: (start, end, options = {}) => range(start, end, options),
};

function range(start: InstantInput, end: InstantInput, { timeZone }: ZoneOption): TimeRange {
  return { start, end, ...(timeZone !== undefined && { timeZone }) };
}
