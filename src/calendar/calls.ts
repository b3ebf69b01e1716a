import { createCalls, type Calls } from "../core/call.js";
import type { Clock } from "../core/clock.js";
import type { calendarClientShape } from "./client.js";
import { calendarOptions } from "./inputs.js";

/** The methods of a calendar client. */
export type CalendarOperation = keyof typeof calendarClientShape;

/** Runs the methods of a calendar client: with checked options, under their deadline, and with their name on every error. */
export function createCalendarCalls(client: {
  readonly service: string;
  readonly userId: string;
  readonly clock: Clock;
}): Calls<CalendarOperation> {
  return createCalls({ ...client, options: calendarOptions });
}
