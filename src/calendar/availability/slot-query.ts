import { integrationError } from "../../core/errors.js";
import { notAZone, type ZonedTime } from "../../core/zoned-time.js";
import { isSameAddress } from "../attendance.js";
import type { AvailabilityPerson, AvailabilityQuery } from "../availability-models.js";
import type { Interval } from "./intervals.js";
import type { RequestedPerson, SlotRequest } from "./slot-request.js";

/** Somebody who is asked for, before anything is known of them. */
export type AskedPerson = Omit<RequestedPerson, "taken" | "unknown">;

const minuteMs = 60_000;
const longestRangeMs = 366 * 86_400_000;

/**
 * Everybody whose time a query asks for, this account as `me`: first, unless it stands among the others. Who is named
 * twice counts as at first.
 *
 * @param account - this account's address
 * @throws RequestError `request.invalid` for what is no time zone
 */
export function askedPeople(
  time: ZonedTime,
  query: AvailabilityQuery,
  { zone, account }: { zone: string; account: string },
): AskedPerson[] {
  const people = new Map<string, AskedPerson>();
  for (const each of query.people ?? []) {
    const person: AvailabilityPerson = typeof each === "string" ? { email: each } : each;
    const { email, optional = false, timeZone = zone, workingHours = query.workingHours ?? {} } = person;
    if (!time.isZone(timeZone)) throw notAZone(timeZone);
    const key = isSameAddress(email, account) ? "me" : email.toLowerCase();
    if (people.has(key)) continue;
    people.set(key, { email: key === "me" ? "me" : email, optional, timeZone, workingHours });
  }
  if (people.has("me")) return [...people.values()];
  const me = { email: "me", optional: false, timeZone: zone, workingHours: query.workingHours ?? {} };
  return [me, ...people.values()];
}

/** A query in numbers, before it is known what anybody has. @throws RequestError `request.invalid` */
export function slotRequest(
  query: AvailabilityQuery,
  { range, zone, nowMs }: { range: Interval; zone: string; nowMs: number },
): SlotRequest {
  if (range.endMs - range.startMs > longestRangeMs) {
    throw integrationError("request.invalid", {
      message: "The range is longer than a year.",
      hint: "Look for times in a year at most.",
      details: { field: "range" },
    });
  }
  return {
    range,
    durationMs: query.durationMinutes * minuteMs,
    stepMinutes: query.stepMinutes ?? 30,
    timeZone: zone,
    nowMs,
    minimumNoticeMs: (query.minimumNoticeMinutes ?? 0) * minuteMs,
    bufferBeforeMs: (query.bufferBeforeMinutes ?? 0) * minuteMs,
    bufferAfterMs: (query.bufferAfterMinutes ?? 0) * minuteMs,
    people: [],
    preferredTimes: query.preferredTimes ?? [],
    tentative: query.tentative ?? "busy",
    allDay: query.allDay ?? "as_marked",
    limit: query.limit ?? 10,
  };
}
