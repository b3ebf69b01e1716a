import { integrationError } from "../../../core/errors.js";

/** What Gmail reads as more than a word: such values are put in quotes. */
const special = /[\s:(){}"'|,;]|^[-+]|^(OR|AND|AROUND)$/i;

/** Gmail has no way to write a quotation mark inside quotes; it ignores them in its index as well. */
export function quoted(value: string): string {
  const text = value.replace(/["\s]+/g, " ").trim();
  if (text === "") {
    throw integrationError("request.invalid", {
      message: "The search looks for a text without any letter.",
      hint: "Give words to search for.",
    });
  }
  return special.test(value) ? `"${text}"` : text;
}

/**
 * A moment in a search, in seconds since the epoch: a date would be midnight in California.
 * Quirk(google): eight digits are read as a date, so nothing before nine is written; no mail is that old.
 */
export function searchSeconds(epochMs: number): number {
  return Math.max(100_000_000, Math.floor(epochMs / 1000));
}
