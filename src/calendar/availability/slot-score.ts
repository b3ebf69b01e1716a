import { commonMs, firstEndingAfter } from "./intervals.js";
import { stateAt, type PlannedPerson, type SlotPlan } from "./slot-plan.js";

/** One thing that makes slots better or worse. */
interface ScorePart {
  /** Its part of the score, beside the others that matter to the request. */
  readonly weight: number;
  /** Whether it matters to the request at all. */
  readonly matters: (plan: SlotPlan) => boolean;
  /** From 0 to 1. */
  readonly share: (plan: SlotPlan, startMs: number) => number;
  /** One sentence each. */
  readonly reasons: (plan: SlotPlan, startMs: number) => string[];
}

const minuteMs = 60_000;
/** More time than this between meetings makes nothing better. */
const enoughRoomMs = 30 * minuteMs;

const preferred: ScorePart = {
  weight: 35,
  matters: (plan) => plan.preferred !== undefined,
  share: (plan, startMs) => preferredShare(plan, startMs),
  reasons: (plan, startMs) => {
    const share = preferredShare(plan, startMs);
    if (share === 1) return ["It is within the preferred times."];
    return [share > 0 ? "It is partly within the preferred times." : "It is outside the preferred times."];
  },
};

const optionalPeople: ScorePart = {
  weight: 25,
  matters: (plan) => plan.optional.length > 0,
  share: (plan, startMs) => {
    const lost = notFree(plan, startMs).reduce((sum, { state }) => sum + 1 - states[state].share, 0);
    return 1 - lost / plan.optional.length;
  },
  reasons: (plan, startMs) => {
    const others = notFree(plan, startMs).map(({ person, state }) => `${nameOf(person.email)} ${states[state].text}`);
    if (others.length === 0) return ["Everybody optional is free."];
    return [`${others.length} of ${plan.optional.length} optional people may not come: ${others.join(", ")}.`];
  },
};

const known: ScorePart = {
  weight: 20,
  matters: (plan) => plan.required.length > 0,
  share: (plan) => confidenceOf(plan),
  reasons: (plan) =>
    plan.required.flatMap(({ person: { email, unknown } }) =>
      unknown === undefined ? [] : [`Whether ${nameOf(email)} is free is unknown: ${unknown}`],
    ),
};

const firm: ScorePart = {
  weight: 10,
  matters: (plan) => plan.required.length > 0,
  share: (plan, startMs) => 1 - tentative(plan, startMs).length / plan.required.length,
  reasons: (plan, startMs) => {
    const found = tentative(plan, startMs).map(
      ({ person }) => `${nameOf(person.email, "first")} has something tentative then.`,
    );
    const allFree = plan.required.every((planned) => stateAt(plan, planned, startMs) === "free");
    return allFree ? ["Everybody required is free."] : found;
  },
};

const room: ScorePart = {
  weight: 10,
  matters: (plan) => plan.required.length > 0,
  share: (plan, startMs) => nearest(plan, startMs).gapMs / enoughRoomMs,
  reasons: (plan, startMs) => {
    const { gapMs, person, where } = nearest(plan, startMs);
    if (person === undefined || gapMs >= enoughRoomMs) return ["Nobody required has a meeting close to it."];
    const minutes = Math.round(gapMs / minuteMs);
    return [`${nameOf(person, "first")} has a meeting ${minutes === 0 ? "right" : `${minutes} minutes`} ${where} it.`];
  },
};

const parts = [preferred, optionalPeople, known, firm, room];

/** How good a slot is, from 0 to 1: the weighted mean of what matters to the request. */
export function scoreOf(plan: SlotPlan, startMs: number): number {
  let [sum, weights] = [0, 0];
  for (const { weight, matters, share } of parts) {
    if (!matters(plan)) continue;
    sum += weight * share(plan, startMs);
    weights += weight;
  }
  return weights === 0 ? 1 : Math.round((sum / weights) * 1000) / 1000;
}

/** Why a slot has its score, one sentence each. */
export function reasonsFor(plan: SlotPlan, startMs: number): string[] {
  return parts.filter(({ matters }) => matters(plan)).flatMap(({ reasons }) => reasons(plan, startMs));
}

/** The share of required people of whom all is known, from 0 to 1. */
export function confidenceOf({ required }: SlotPlan): number {
  if (required.length === 0) return 1;
  return required.filter(({ person }) => person.unknown === undefined).length / required.length;
}

/** How somebody is called in a sentence; `first` where it begins with the name. */
export function nameOf(email: string, place?: "first"): string {
  if (email !== "me") return email;
  return place === "first" ? "This account" : "this account";
}

function preferredShare({ preferred: times = [], request }: SlotPlan, startMs: number): number {
  return commonMs(times, startMs, startMs + request.durationMs) / request.durationMs;
}

/** What somebody optional does who is not free, and how likely that person comes all the same. */
const states = {
  busy: { text: "is busy", share: 0 },
  tentative: { text: "has something tentative", share: 0.5 },
  outside_hours: { text: "does not work then", share: 0.25 },
  unknown: { text: "cannot be read", share: 0.5 },
};

type NotFree = keyof typeof states;

function notFree(plan: SlotPlan, startMs: number): (PlannedPerson & { state: NotFree })[] {
  return plan.optional.flatMap((planned) => {
    const state = stateAt(plan, planned, startMs);
    return state === "free" ? [] : [{ ...planned, state }];
  });
}

function tentative(plan: SlotPlan, startMs: number): PlannedPerson[] {
  return plan.required.filter((planned) => stateAt(plan, planned, startMs) === "tentative");
}

interface Neighbour {
  readonly gapMs: number;
  /** Whose meeting it is; undefined when nobody has one that close. */
  readonly person?: string;
  readonly where?: "before" | "after";
}

/** The meeting of somebody required that is closest to a slot. */
function nearest({ required, request }: SlotPlan, startMs: number): Neighbour {
  let found: Neighbour = { gapMs: enoughRoomMs };
  for (const { person, ruledOut } of required) {
    const at = firstEndingAfter(ruledOut, startMs);
    const beforeMs = startMs - (ruledOut[at - 1]?.endMs ?? -Infinity);
    const afterMs = (ruledOut[at]?.startMs ?? Infinity) - startMs - request.durationMs;
    if (beforeMs < found.gapMs) found = { gapMs: beforeMs, person: person.email, where: "before" };
    if (afterMs < found.gapMs) found = { gapMs: afterMs, person: person.email, where: "after" };
  }
  return found;
}
