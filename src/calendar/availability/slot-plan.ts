import { weekdays, type Weekday, type ZonedTime } from "../../core/zoned-time.js";
import type { SlotPerson, WorkingHours } from "../availability-models.js";
import { holdsAll, mergeIntervals, touchesAny, type Interval } from "./intervals.js";
import { readLocalDays, wallIntervals, type LocalDays } from "./local-days.js";
import { weightOf, type RequestedPerson, type SlotRequest, type Weight } from "./slot-request.js";

/** A request with its wall times as instants, so that each start is looked at quickly. */
export interface SlotPlan {
  readonly request: SlotRequest;
  /** The days of the range in the request's zone. */
  readonly local: LocalDays;
  readonly people: readonly PlannedPerson[];
  readonly required: readonly PlannedPerson[];
  readonly optional: readonly PlannedPerson[];
  /** Undefined when no times are preferred. */
  readonly preferred: readonly Interval[] | undefined;
  /** No slot begins earlier: notice would be too short. */
  readonly earliestMs: number;
}

/** Somebody's time, merged. */
export interface PlannedPerson {
  readonly person: RequestedPerson;
  /** The days of the range in the person's zone. */
  readonly local: LocalDays;
  /** Undefined for any hours. */
  readonly hours: readonly Interval[] | undefined;
  /** What is firmly taken. */
  readonly busy: readonly Interval[];
  /** What rules slots out, tentative or not. */
  readonly ruledOut: readonly Interval[];
  /** What is tentative and does not rule slots out. */
  readonly soft: readonly Interval[];
}

/** Why a start does not suit somebody. */
export type PersonObstacle = "busy" | "tentative" | "outside_hours" | "buffer";

/** Reads each zone's days once and merges what everybody has. */
export function planSlots(time: ZonedTime, request: SlotRequest): SlotPlan {
  const zones = new Map<string, LocalDays>();
  const localIn = (timeZone: string): LocalDays => {
    const local = zones.get(timeZone) ?? readLocalDays(time, timeZone, request.range);
    zones.set(timeZone, local);
    return local;
  };
  const local = localIn(request.timeZone);
  const people = request.people.map((person) => planPerson(request, person, localIn(person.timeZone)));
  const preferred = request.preferredTimes.flatMap(({ start, end, days = weekdays }) =>
    wallIntervals(local, { startMinute: minuteOf(start), endMinute: minuteOf(end), on: days }),
  );
  return {
    request,
    local,
    people,
    required: people.filter(({ person }) => !person.optional),
    optional: people.filter(({ person }) => person.optional),
    preferred: request.preferredTimes.length > 0 ? mergeIntervals(preferred) : undefined,
    earliestMs: request.nowMs + request.minimumNoticeMs,
  };
}

/** Whether a slot that begins then is within the range. */
export function isInRange({ request: { range, durationMs } }: SlotPlan, startMs: number): boolean {
  return startMs >= range.startMs && startMs + durationMs <= range.endMs;
}

/** Whether a slot suits somebody, as far as is known. */
export function suits({ request }: SlotPlan, { hours, ruledOut }: PlannedPerson, startMs: number): boolean {
  const { durationMs, bufferBeforeMs, bufferAfterMs } = request;
  const endMs = startMs + durationMs;
  return (
    !touchesAny(ruledOut, startMs - bufferBeforeMs, endMs + bufferAfterMs) &&
    (hours === undefined || holdsAll(hours, startMs, endMs))
  );
}

/** Everything that keeps a slot from suiting somebody. */
export function obstaclesOf({ request }: SlotPlan, planned: PlannedPerson, startMs: number): PersonObstacle[] {
  const { hours, busy, ruledOut } = planned;
  const { durationMs, bufferBeforeMs, bufferAfterMs } = request;
  const endMs = startMs + durationMs;
  const found: PersonObstacle[] = [];
  if (hours && !holdsAll(hours, startMs, endMs)) found.push("outside_hours");
  if (touchesAny(busy, startMs, endMs)) found.push("busy");
  else if (touchesAny(ruledOut, startMs, endMs)) found.push("tentative");
  else if (touchesAny(ruledOut, startMs - bufferBeforeMs, endMs + bufferAfterMs)) found.push("buffer");
  return found;
}

/** What somebody does at the time of a slot. Who cannot be read is never called free. */
export function stateAt({ request }: SlotPlan, planned: PlannedPerson, startMs: number): SlotPerson["state"] {
  const { person, hours, busy, ruledOut, soft } = planned;
  const endMs = startMs + request.durationMs;
  if (touchesAny(busy, startMs, endMs)) return "busy";
  if (touchesAny(ruledOut, startMs, endMs) || touchesAny(soft, startMs, endMs)) return "tentative";
  if (person.unknown !== undefined) return "unknown";
  return hours && !holdsAll(hours, startMs, endMs) ? "outside_hours" : "free";
}

function planPerson(request: SlotRequest, person: RequestedPerson, local: LocalDays): PlannedPerson {
  const taken = (...weights: Weight[]): Interval[] =>
    mergeIntervals(person.taken.filter((each) => weights.includes(weightOf(each, request))));
  return {
    person,
    local,
    hours: person.workingHours === "any" ? undefined : hoursOf(local, person.workingHours),
    busy: taken("busy"),
    ruledOut: taken("busy", "tentative"),
    soft: taken("soft"),
  };
}

const workdays: readonly Weekday[] = weekdays.slice(0, 5);

function hoursOf(local: LocalDays, { days = workdays, start = "09:00", end = "17:00" }: WorkingHours): Interval[] {
  return wallIntervals(local, { startMinute: minuteOf(start), endMinute: minuteOf(end), on: days });
}

/** `09:30` as minutes since midnight. */
function minuteOf(clockTime: string): number {
  const [hours = "0", minutes = "0"] = clockTime.split(":");
  return Number(hours) * 60 + Number(minutes);
}
