import type { ZonedTime } from "../../core/zoned-time.js";
import type { DayAvailability, DayObstacle } from "../availability-models.js";
import { localTimeAt, stepsOf, type LocalDay } from "./local-days.js";
import { isInRange, obstaclesOf, planSlots, type PersonObstacle, type SlotPlan } from "./slot-plan.js";
import { nameOf } from "./slot-score.js";
import type { SlotRequest } from "./slot-request.js";

/**
 * For each day of the range, in the request's zone, how many slots it has and what rules its other starts out. What a
 * start is ruled out by is counted each for itself; of a start that is outside the range nothing else is.
 */
export function explainSlots(time: ZonedTime, request: SlotRequest): DayAvailability[] {
  const plan = planSlots(time, request);
  return plan.local.days
    .filter(({ startMs, endMs }) => startMs < request.range.endMs && endMs > request.range.startMs)
    .map((day) => explainDay(plan, day));
}

/** The starts of a day that one thing rules out. */
interface Count {
  readonly kind: DayObstacle["kind"];
  readonly email?: string;
  readonly starts: number[];
}

function explainDay(plan: SlotPlan, day: LocalDay): DayAvailability {
  const starts = stepsOf(day, plan.request.stepMinutes);
  const counts = new Map<string, Count>();
  const open: number[] = [];
  let slots = 0;
  for (const startMs of starts) {
    const found = allObstacles(plan, startMs);
    if (found.length === 0) slots += 1;
    if (found.every(({ kind }) => !closing.includes(kind))) open.push(startMs);
    for (const { kind, email } of found) {
      const key = JSON.stringify([kind, email]);
      const count = counts.get(key) ?? { kind, ...(email !== undefined && { email }), starts: [] };
      count.starts.push(startMs);
      counts.set(key, count);
    }
  }
  const obstacles = [...counts.values()].map(({ starts: ruledOut, ...count }): DayObstacle => ({
    ...count,
    starts: ruledOut.length,
    message: messageFor(plan, { ...count, starts: ruledOut }, { all: starts.length, open }),
  }));
  return {
    day: { date: day.date, weekday: day.weekday },
    slots,
    obstacles: obstacles.sort((a, b) => b.starts - a.starts),
  };
}

/** What leaves a start open for people to be busy at. */
const closing: readonly DayObstacle["kind"][] = ["range", "notice", "outside_hours"];

function allObstacles(plan: SlotPlan, startMs: number): Pick<Count, "kind" | "email">[] {
  if (!isInRange(plan, startMs)) return [{ kind: "range" }];
  const found: Pick<Count, "kind" | "email">[] = startMs < plan.earliestMs ? [{ kind: "notice" }] : [];
  for (const planned of plan.required) {
    const { email } = planned.person;
    for (const kind of obstaclesOf(plan, planned, startMs)) found.push({ kind, email });
  }
  return found;
}

const texts: Readonly<Record<Exclude<PersonObstacle, "outside_hours">, string>> = {
  busy: "is busy at",
  tentative: "has something tentative at",
  buffer: "has a meeting too close to",
};

function messageFor(
  plan: SlotPlan,
  { kind, email = "", starts }: Count,
  { all, open }: { all: number; open: readonly number[] },
): string {
  const count = `${starts.length} of the day's ${all} starts`;
  if (kind === "range") return `The range leaves no room for ${count}.`;
  if (kind === "notice") return `It is too late for ${count}.`;
  if (kind === "outside_hours") return `The working hours of ${nameOf(email)} leave out ${count}.`;
  const subject = `${nameOf(email, "first")} ${texts[kind]}`;
  const fromTo = (some: readonly number[]): string =>
    `between ${clockOf(plan, some[0])} and ${clockOf(plan, some.at(-1))}`;
  const taken = new Set(starts);
  if (open.length > 0 && open.every((startMs) => taken.has(startMs))) {
    return `${subject} all ${open.length} starts ${fromTo(open)} that are within everybody's hours.`;
  }
  return `${subject} ${count}, ${fromTo(starts)}.`;
}

function clockOf({ local }: SlotPlan, startMs: number = 0): string {
  return localTimeAt(local, startMs).dateTime.slice(11, 16);
}
