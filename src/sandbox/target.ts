import type { Delivery, Outgoing } from "./exchange.js";
import type { DrawnFault } from "./faults.js";

/** What a request is for, known before its body was read. */
export interface Target {
  /** Google's name of the method; the path where there is none. */
  readonly name: string;
  readonly user: string | undefined;
  readonly run: (body: Buffer) => Promise<Answer> | Answer;
}

/** What a target answers, with facts for the log. */
export interface Answer {
  readonly outgoing: Outgoing;
  /** Default: whole. */
  readonly delivery?: Delivery | undefined;
  readonly user?: string | undefined;
  readonly scope?: string | undefined;
  readonly units?: number | undefined;
  readonly fault?: string | undefined;
  readonly defect?: unknown;
}

const nothing: Outgoing = { status: 0, headers: {}, body: "" };

/** Answers a request with what its fault leaves of the answer. */
export async function answerWithFault(target: Target, fault: DrawnFault | undefined, body: Buffer): Promise<Answer> {
  if (!fault) return target.run(body);
  const carriedOut = fault.carriedOut ? await target.run(body) : undefined;
  if (fault.killsClient) await fault.killClient?.();
  const outgoing = fault.answer?.(fault.facts) ?? carriedOut?.outgoing ?? nothing;
  return {
    ...carriedOut,
    outgoing: { ...outgoing, headers: { ...outgoing.headers, ...fault.headers?.(fault.facts) } },
    delivery: fault.delivery,
    fault: fault.name,
  };
}
