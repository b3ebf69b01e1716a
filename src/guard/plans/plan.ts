import type { WritePreview } from "../../core/write-preview.js";
import type { WriteEffect } from "../policy/policy.js";

/** A file that a plan sends along. */
export interface PlannedFile {
  /** Its path below the folder for attachments. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** A write that was looked at and is not done yet: exactly this is carried out, once, within five minutes. */
export interface Plan {
  /** Short, for people to type: `k7f3-m2qd`. */
  readonly id: string;
  /** 32 hexadecimal digits of a SHA-256 over all of the below: what a commit must name besides the id. */
  readonly hash: string;
  readonly profile: string;
  readonly service: string;
  /** The account's address. */
  readonly account: string;
  readonly tool: string;
  /** The operation's name, such as `email.send`. */
  readonly operation: string;
  readonly effect: WriteEffect;
  /** The whole payload: the operation's input. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly preview: WritePreview;
  readonly files: readonly PlannedFile[];
  /** Why a person must confirm it, one sentence each; none: the policy allows it as it is. */
  readonly reasons: readonly string[];
  /** Where that person is asked. */
  readonly ask: "terminal" | "client";
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  readonly expiresAt: number;
}

/** What a plan is made of; its id, hash and times are made with it. */
export type PlanFacts = Omit<Plan, "id" | "hash" | "madeAt" | "expiresAt">;

/** What a person said to a plan in a terminal. */
export type Approval = "approved" | "declined" | "waiting";

/** The plans of one session. What is carried out is what it holds in memory; files only show it to a person. */
export interface PlanStore {
  /** Keeps a plan; one that a person must confirm in a terminal is shown there until it ends. */
  make(facts: PlanFacts): Promise<Plan>;
  /** The plan of that id and hash. @throws RequestError `request.plan_invalid` */
  get(id: string, hash: string): Plan;
  /** What a person said to it in a terminal, if it was this very plan that they were shown. */
  approvalOf(plan: Plan): Promise<Approval>;
  /** Ends a plan, before it is carried out: whoever takes it first has it. @throws RequestError `request.plan_invalid` */
  take(plan: Plan): Promise<void>;
  /** Ends all of them. */
  close(): Promise<void>;
}
