import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { without } from "../../core/without.js";
import { canonicalJson } from "../../core/canonical-json.js";
import type { Plan } from "./plan.js";

/** Digits and small letters of which none is taken for another. @see https://www.crockford.com/base32.html */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const idLength = 8;
const hashLength = 32;
const idForm = /^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$/;

/** An id that nobody guesses and people can type: `k7f3-m2qd`. */
export function newPlanId(): string {
  const letters = Array.from(randomBytes(idLength), (byte) => alphabet[byte % alphabet.length]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** The id that a person meant, who may take `o` for `0` and leave the dash out; undefined for what is none. */
export function typedPlanId(typed: string): string | undefined {
  const letters = typed.trim().toLowerCase().replaceAll("o", "0").replaceAll(/[il]/g, "1").replace("-", "");
  const id = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  return isPlanId(id) ? id : undefined;
}

/** Whether a text is an id, and so may become a part of a path. */
export function isPlanId(text: string): boolean {
  return idForm.test(text);
}

/** The hash over everything in a plan but the hash. */
export function planHash(plan: Omit<Plan, "hash">): string {
  const content = canonicalJson(without(plan, ["hash"]));
  return createHash("sha256").update(content).digest("hex").slice(0, hashLength);
}

/** Whether two are the same, in a time that does not tell how much of them is. */
export function isSame(own: string, given: unknown): boolean {
  if (typeof given !== "string") return false;
  const [one, other] = [Buffer.from(own), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
