import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { htmlType, jsonType } from "./exchange.js";
import { faultCatalogue, faultNames, type FaultEffect, type FaultFacts, type FaultName } from "./fault-catalogue.js";
import { isMethodMeant } from "./method-pattern.js";
import { createRandom } from "./random.js";

/** What happens to a request: a fault by its name, or an answer of one's own in place of Google's. */
export type FaultResponse =
  | FaultName
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      /** JSON, or text as it is. */
      readonly body?: unknown;
      readonly contentType?: string | undefined;
    };

/** Which requests go wrong, and how. */
export interface FaultRule {
  /** Google's name of the method, such as `gmail.users.messages.get`, or `gmail.*`; default: any. */
  readonly method?: string | undefined;
  /** Address of the account; default: any. */
  readonly user?: string | undefined;
  /** How many fitting requests pass unharmed before the first goes wrong. Default 0. */
  readonly after?: number | undefined;
  /** How often; default once, with a `probability` without end. */
  readonly times?: number | undefined;
  /** How likely each fitting request is to go wrong, from 0 to 1; default 1. */
  readonly probability?: number | undefined;
  /** Decides which ones those are, so that two runs are alike. Default 1. */
  readonly seed?: number | undefined;
  readonly respond: FaultResponse;
  /** When to come back, or how wrong the clock is. Default 1. */
  readonly seconds?: number | undefined;
  /** For `accepted-then-client-killed`: called after the call was carried out; ends the client's process. */
  readonly killClient?: (() => void | Promise<void>) | undefined;
}

/** A fault that was drawn for one request. */
export interface DrawnFault extends FaultEffect {
  readonly name: string;
  readonly facts: FaultFacts;
  readonly killClient: (() => void | Promise<void>) | undefined;
}

/** The faults that are still to come. */
export interface Faults {
  /**
   * @param place - where a seed has the rule
   * @throws RequestError `request.invalid`, or for a seed's ConfigurationError `config.invalid`, naming what is wrong
   */
  add(rule: FaultRule, place?: string): void;
  clear(): void;
  /** The fault for a request, used up by this. */
  take(method: string, user: string | undefined): DrawnFault | undefined;
}

/** What rules may name. */
export interface FaultTargets {
  readonly methods: readonly string[];
  readonly users: readonly string[];
}

interface Standing {
  readonly rule: FaultRule;
  readonly random: () => number;
  left: number;
  toPass: number;
}

/** Begins without faults. */
export function createFaults(clock: Clock, targets: FaultTargets): Faults {
  let standing: Standing[] = [];
  return {
    add(rule, place) {
      checkRule(rule, targets, place);
      const left = rule.times ?? (rule.probability === undefined ? 1 : Infinity);
      standing.push({ rule, left, toPass: rule.after ?? 0, random: createRandom(rule.seed ?? 1) });
    },
    clear: () => void (standing = []),
    take(method, user) {
      const found = standing.find((each) => fits(each.rule, method, user) && isDrawn(each));
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) standing = standing.filter((each) => each !== found);
      const { respond, seconds = 1, killClient } = found.rule;
      return { ...effectOf(respond), killClient, facts: { method, nowMs: clock.now(), seconds } };
    },
  };
}

function fits(rule: FaultRule, method: string, user: string | undefined): boolean {
  const named = rule.method === undefined || isMethodMeant(rule.method, method);
  return named && (rule.user === undefined || rule.user.toLowerCase() === user);
}

function isDrawn(each: Standing): boolean {
  if (each.toPass > 0) {
    each.toPass -= 1;
    return false;
  }
  return each.rule.probability === undefined || each.random() < each.rule.probability;
}

function effectOf(respond: FaultResponse): FaultEffect & { name: string } {
  if (typeof respond === "string") return { name: respond, ...faultCatalogue[respond] };
  const { status, headers, body, contentType } = respond;
  const isText = typeof body === "string";
  const type = contentType === undefined ? (isText ? htmlType : jsonType) : { "content-type": contentType };
  const content = isText ? body : JSON.stringify(body ?? {});
  return { name: String(status), answer: () => ({ status, headers: { ...type, ...headers }, body: content }) };
}

function checkRule(rule: FaultRule, { methods, users }: FaultTargets, place: string | undefined): void {
  const wrong = (what: string, hint: string): never => {
    if (place === undefined) throw integrationError("request.invalid", { message: `The fault: ${what}.`, hint });
    const message = `The sandbox's seed is wrong at ${place}: ${what}.`;
    throw integrationError("config.invalid", { message, hint, details: { path: place } });
  };
  const { method, user, respond, probability, times, killClient } = rule;
  if (typeof respond === "string" && !Object.hasOwn(faultCatalogue, respond)) {
    wrong(`there is no fault called "${respond as string}"`, `There are: ${faultNames.join(", ")}.`);
  }
  if (typeof respond === "object" && !(respond.status >= 100 && respond.status <= 599)) {
    wrong(`${respond.status} is no HTTP status`, "Give a number from 100 to 599.");
  }
  const isKnown = method === undefined || methods.some((each) => isMethodMeant(method, each));
  if (!isKnown) {
    const family = methods.filter((each) => each.split(".").at(-1) === method.split(".").at(-1));
    wrong(
      `the sandbox serves no method "${method}"`,
      `Google's names are meant, such as ${(family.length > 0 ? family : ["gmail.users.messages.get"]).join(", ")}; docs/sandbox.md lists all.`,
    );
  }
  if (user !== undefined && !users.includes(user.toLowerCase())) {
    wrong(`nobody called ${user} lives in this sandbox`, `Its people are: ${users.join(", ")}.`);
  }
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    wrong(`the probability ${probability} is not between 0 and 1`, "Give a share, such as 0.1.");
  }
  if (times !== undefined && !(times >= 1)) wrong(`it cannot happen ${times} times`, "Give a count from 1.");
  if (respond === "accepted-then-client-killed" && killClient === undefined) {
    wrong("it needs killClient", "Give a function that ends your client's process; it is called at that point.");
  }
}
