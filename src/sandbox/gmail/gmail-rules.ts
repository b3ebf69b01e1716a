import * as v from "valibot";

/** Where Google's own behaviour may differ or is not documented, what this world's Gmail does. */
export interface GmailRules {
  /** Whether sending replaces the client's Message-ID, as was observed of Gmail. */
  readonly replaceMessageIds: boolean;
  /** How long changes can be listed. */
  readonly historyDays: number;
  /** The history id that every mailbox begins with: an unsigned 64-bit number. */
  readonly historyStart: bigint;
}

/** A seed's wishes. */
export interface SeedGmailRules {
  replaceMessageIds?: boolean | undefined;
  historyDays?: number | undefined;
  /** Digits: it may be larger than a number of JavaScript can be. */
  historyStart?: string | undefined;
}

/** How a seed writes them. */
export const seedGmailRules: v.GenericSchema<unknown, SeedGmailRules> = v.strictObject({
  replaceMessageIds: v.optional(v.boolean()),
  historyDays: v.optional(v.number()),
  historyStart: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (digits) => /^\d{1,20}$/.test(digits) && BigInt(digits) < 2n ** 64n - 2n ** 32n,
        "it is no unsigned 64-bit number with room for what follows",
      ),
    ),
  ),
});

/** The rules of a seed. */
export function gmailRules(seed: SeedGmailRules = {}): GmailRules {
  return {
    replaceMessageIds: seed.replaceMessageIds ?? false,
    historyDays: seed.historyDays ?? 7,
    historyStart: BigInt(seed.historyStart ?? "1000000"),
  };
}
