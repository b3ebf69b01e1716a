/** A search, taken apart: what every provider compiles to its own language. */
export type EmailQuery =
  | { readonly kind: "and" | "or"; readonly terms: readonly EmailQuery[] }
  | { readonly kind: "not"; readonly term: EmailQuery }
  | EmailTerm;

/** Header fields that a search can look into. `messageId` is the Message-ID, `list` the List-ID. */
export type QueryHeader = "from" | "to" | "cc" | "bcc" | "subject" | "list" | "messageId";

/** One thing that a mail must be or have. */
export type EmailTerm =
  /** Words that stand in the mail as they are here: one, or a phrase. */
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "header"; readonly name: QueryHeader; readonly value: string }
  /** A part of an attachment's name, or its extension. */
  | { readonly kind: "filename"; readonly value: string }
  /** A folder or label by name or id; `anywhere` is every mail, those in spam and trash too. */
  | { readonly kind: "folder"; readonly value: string }
  | { readonly kind: "is"; readonly value: EmailFlag }
  /** `attachment`, or one of Gmail's own such as `drive` and `userlabels`. */
  | { readonly kind: "has"; readonly value: string }
  /** Received at that time or later, or before it. */
  | { readonly kind: "received"; readonly bound: "after" | "before"; readonly time: QueryTime }
  | { readonly kind: "size"; readonly bound: "larger" | "smaller"; readonly bytes: number };

/** States that a mail can be in. */
export type EmailFlag = "unread" | "read" | "starred" | "important";

/** A date begins at midnight in the profile's zone; what is `ago` is counted back from now. */
export type QueryTime =
  { readonly date: string } | { readonly epochMs: number } | { readonly ago: number; readonly unit: QueryTimeUnit };

/** Months and years are the calendar's. */
export type QueryTimeUnit = "hours" | "days" | "months" | "years";

/** All of the terms, without a layer around a single one. */
export function allOf(terms: readonly EmailQuery[]): EmailQuery {
  const [only] = terms;
  return only && terms.length === 1 ? only : { kind: "and", terms };
}
