import type { AvailabilityQuery, WorkingHours } from "../availability-models.js";
import type { Interval } from "./intervals.js";

/** Which slots are looked for, with all that is known of everybody. */
export interface SlotRequest {
  readonly range: Interval;
  readonly durationMs: number;
  /** Slots begin every so many minutes, counted from midnight by the clocks of the zone. */
  readonly stepMinutes: number;
  /** IANA name of the zone in which slots are told and days are counted. */
  readonly timeZone: string;
  /** Milliseconds since the epoch; nothing begins earlier. */
  readonly nowMs: number;
  readonly minimumNoticeMs: number;
  readonly bufferBeforeMs: number;
  readonly bufferAfterMs: number;
  /** In the order in which they are told. */
  readonly people: readonly RequestedPerson[];
  readonly preferredTimes: NonNullable<AvailabilityQuery["preferredTimes"]>;
  readonly tentative: NonNullable<AvailabilityQuery["tentative"]>;
  readonly allDay: NonNullable<AvailabilityQuery["allDay"]>;
  /** At most so many, the best first. */
  readonly limit: number;
}

/** Somebody whose time counts, and what is known of it. */
export interface RequestedPerson {
  readonly email: string;
  readonly optional: boolean;
  /** IANA name of the zone of the working hours. */
  readonly timeZone: string;
  readonly workingHours: WorkingHours | "any";
  /** In any order; may overlap. Buffers count too, so that it reaches a little beyond the range. */
  readonly taken: readonly TakenTime[];
  /** Why not all of it is known. */
  readonly unknown?: string;
}

/** A time in which somebody has something. */
export interface TakenTime extends Interval {
  /** As it is marked; what is not busy only counts as the policy for all-day events says. */
  readonly busy: boolean;
  /** Not firmly accepted. */
  readonly tentative: boolean;
  readonly allDay: boolean;
}

/** How a time counts under the policies: it rules slots out, only makes them less good, or does not matter. */
export type Weight = "busy" | "tentative" | "soft" | "none";

/** @returns `tentative` for what rules slots out although it is not accepted, `soft` for what does not rule them out */
export function weightOf(
  { busy, tentative, allDay }: TakenTime,
  policies: Pick<SlotRequest, "tentative" | "allDay">,
): Weight {
  const counts = allDay && policies.allDay !== "as_marked" ? policies.allDay === "busy" : busy;
  if (!counts) return "none";
  if (!tentative) return "busy";
  return policies.tentative === "busy" ? "tentative" : "soft";
}
