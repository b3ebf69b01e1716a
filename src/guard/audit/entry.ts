import type { ErrorCode } from "../../core/error-table.js";
import type { Effect } from "../../operations/operation.js";

/**
 * What happened: something was read; a write was planned, refused by the policy, begun, and done, failed or its outcome
 * unknown.
 */
export type AuditStep = "read" | "planned" | "refused" | "begun" | "done" | "failed" | "unknown";

/** What confirmed a write: the policy alone, or a person in a terminal or in the assistant's program. */
export type AuditApproval = "policy" | "terminal" | "client";

/** What is noted of a call: what it was about, never what it said. */
export interface AuditFacts {
  /** The process's session, which several entries share. */
  readonly session: string;
  readonly step: AuditStep;
  readonly profile: string;
  /** The account's address, where it is known. */
  readonly account?: string;
  readonly tool: string;
  readonly operation: string;
  readonly effect: Effect;
  /** Ids, addresses, calendars, folders and files, by the name of the field that named them. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
  /** The id of the plan that it belongs to. */
  readonly plan?: string;
  readonly approval?: AuditApproval;
  /** What it failed with. */
  readonly error?: ErrorCode;
}

/** A line of the log. */
export interface AuditEntry extends AuditFacts {
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** The hash of the line before, so that a line cannot be changed or taken out without the next one telling. */
  readonly previous: string;
  /** SHA-256 of this line without it. */
  readonly hash: string;
}

/** An append-only log that several processes may write. */
export interface AuditLog {
  /**
   * Adds a line. A `begun` line is on the disk when this resolves.
   *
   * @param limit - with a `begun` line: refuses it when as many of that profile and effect were begun since `since`
   * @throws RequestError `request.not_permitted` when the limit is reached; ConfigurationError `config.invalid_file`
   * when the log cannot be written: what is not noted is not done
   */
  append(facts: AuditFacts, limit?: { readonly most: number; readonly since: number }): Promise<AuditEntry>;
  close(): Promise<void>;
}
