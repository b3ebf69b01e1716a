import type { ZonedTime } from "../../core/zoned-time.js";
import type { AvailableSlot, SlotPerson } from "../availability-models.js";
import { localTimeAt, stepsOf } from "./local-days.js";
import { isInRange, planSlots, stateAt, suits, type PlannedPerson, type SlotPlan } from "./slot-plan.js";
import type { SlotRequest } from "./slot-request.js";
import { confidenceOf, reasonsFor, scoreOf } from "./slot-score.js";

/**
 * The slots that suit everybody required, the best first, equally good ones by their start. Somebody of whom not
 * everything is known rules out what is known to be taken, and makes the rest less sure.
 */
export function findSlots(time: ZonedTime, request: SlotRequest): AvailableSlot[] {
  const plan = planSlots(time, request);
  const confidence = confidenceOf(plan);
  return suitingStarts(plan)
    .map((startMs) => ({ startMs, score: scoreOf(plan, startMs) }))
    .sort((a, b) => b.score - a.score || a.startMs - b.startMs)
    .slice(0, request.limit)
    .map(({ startMs, score }) => ({
      start: localTimeAt(plan.local, startMs),
      end: localTimeAt(plan.local, startMs + request.durationMs),
      score,
      confidence,
      reasons: reasonsFor(plan, startMs),
      people: plan.people.map((planned) => personAt(plan, planned, startMs)),
    }));
}

/** In order. */
function suitingStarts(plan: SlotPlan): number[] {
  const { local, required, earliestMs, request } = plan;
  return local.days
    .flatMap((day) => stepsOf(day, request.stepMinutes))
    .filter(
      (startMs) =>
        startMs >= earliestMs && isInRange(plan, startMs) && required.every((planned) => suits(plan, planned, startMs)),
    );
}

function personAt(plan: SlotPlan, planned: PlannedPerson, startMs: number): SlotPerson {
  const { email, optional } = planned.person;
  return { email, optional, state: stateAt(plan, planned, startMs), local: localTimeAt(planned.local, startMs) };
}
