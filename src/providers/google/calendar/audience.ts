import { isSameAddress } from "../../../calendar/attendance.js";
import type { Calendars } from "./calendars.js";
import { guestsOf } from "./raw-event.js";
import type { RawEvent } from "./wire.js";

/** Addresses of everybody else who can read an event: its guests, and whoever organizes it. */
export function readersOf(event: Pick<RawEvent, "attendees" | "organizer">): string[] {
  const { organizer } = event;
  const others = organizer?.self === true || organizer?.email === undefined ? [] : [organizer.email];
  return [...new Set([...others, ...guestsOf(event)])];
}

/**
 * The calendars whose readers can read an event, and who those are, only its owner knows: every one but the account's
 * main one, and that as well where the event is marked as public.
 */
export function seenIn({ account }: Pick<Calendars, "account">, calendarId: string, event: RawEvent): string[] {
  const isMain = calendarId === "primary" || (account !== undefined && isSameAddress(calendarId, account));
  return isMain && event["visibility"] !== "public" ? [] : [calendarId];
}
