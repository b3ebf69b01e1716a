import { createHash } from "node:crypto";

/** What a write would do; nothing was changed. */
export interface WritePreview {
  /** The account that would do it: its address, where it is known. */
  account: string;
  /** Everybody else who would get it or could read it, by address, told of it or not. */
  recipients: string[];
  /** Who would be written to by the service about it. */
  notified: string[];
  /** Ids of calendars whose readers, who are not known here, could read it: shared ones. Missing when there is none. */
  seenIn?: string[];
  /** Where answers would go instead of to the sender, by address. Missing when that is nowhere else. */
  answersTo?: string[];
  /** How many occurrences of a series, or items of a batch, it touches. */
  occurrences: number;
  /** What would be different afterwards, one line for each thing. */
  diff: string[];
  /** What somebody should know before it is done, such as a clash in a calendar. Missing when there is nothing. */
  warnings?: string[];
  /** Whether it can be taken back. */
  reversible: boolean;
  /** SHA-256 of what would be written, and over what: the same input gives the same until that is another thing. */
  payloadHash: string;
}

/** SHA-256 of plain data, as hexadecimal digits. */
export function payloadHash(payload: unknown): string {
  return createHash("sha256").update(JSON.stringify(payload)).digest("hex");
}

/** A preview of which only what is particular is said: it touches one thing, writes to nobody, and can be taken back. */
export function writePreview(
  account: string | undefined,
  facts: Partial<Omit<WritePreview, "payloadHash">> & { readonly payload: unknown },
): WritePreview {
  const {
    payload,
    recipients = [],
    notified = [],
    seenIn = [],
    answersTo = [],
    occurrences = 1,
    diff = [],
    warnings = [],
    reversible = true,
  } = facts;
  return {
    account: account ?? "",
    recipients,
    notified,
    ...(seenIn.length > 0 && { seenIn }),
    ...(answersTo.length > 0 && { answersTo }),
    occurrences,
    diff,
    ...(warnings.length > 0 && { warnings }),
    reversible,
    payloadHash: payloadHash(payload),
  };
}
