import { createHash } from "node:crypto";
import { canonicalJson } from "../../core/canonical-json.js";
import { errorTable, type ErrorCode } from "../../core/error-table.js";
import { type Check, isLike, isListOf, isOneOf, isOptional, isText, parserOf } from "../../credentials/shape.js";
import type { AuditEntry } from "./entry.js";

/** What the very first line names as the one before it. */
export const noLine: string = "0".repeat(64);

const isHash = isLike(/^[0-9a-f]{64}$/);
const isTexts = isListOf(isText);
const isTargets: Check<AuditEntry["targets"]> = (value): value is AuditEntry["targets"] =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isTexts);

const parseEntry = parserOf<AuditEntry>({
  at: isLike(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  session: isText,
  step: isOneOf("read", "planned", "refused", "begun", "done", "failed", "unknown"),
  profile: isText,
  account: isOptional(isText),
  tool: isText,
  operation: isText,
  effect: isOneOf("read", "write", "send", "delete"),
  targets: isTargets,
  plan: isOptional(isText),
  approval: isOptional(isOneOf("policy", "terminal", "client")),
  error: isOptional(isOneOf(...(Object.keys(errorTable) as ErrorCode[]))),
  previous: isHash,
  hash: isHash,
});

/** What a line of a file says, and whether it says it byte for byte as it was written. */
export interface ReadLine {
  readonly entry: AuditEntry;
  readonly intact: boolean;
}

/** An entry with its hash. */
export function sealed(entry: Omit<AuditEntry, "hash">): AuditEntry {
  return { ...entry, hash: hashOf(entry) };
}

/** An entry as its line, without a line break. */
export function lineOf(entry: AuditEntry): string {
  return canonicalJson(entry);
}

/** Reads a line; undefined for what is no entry. */
export function readLine(bytes: Buffer): ReadLine | undefined {
  const entry = parseEntry(bytes.toString("utf8"));
  if (!entry) return undefined;
  const { hash, ...facts } = entry;
  // Bytes are compared, since several texts may be read as the same entry.
  return { entry, intact: hash === hashOf(facts) && bytes.equals(Buffer.from(lineOf(entry))) };
}

function hashOf(entry: Omit<AuditEntry, "hash">): string {
  return createHash("sha256").update(canonicalJson(entry)).digest("hex");
}
