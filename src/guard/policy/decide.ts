import { printableLine } from "../../core/printable.js";
import type { WritePreview } from "../../core/write-preview.js";
import { isOfDomain, plainAddress } from "./plain-address.js";
import type { Grants, WriteEffect } from "./policy.js";

/** What a policy decides about: one write that was looked at. */
export interface WriteFacts {
  /** The operation's name, such as `email.send`. */
  readonly operation: string;
  /** As in the operations' table. */
  readonly effect: WriteEffect;
  readonly alone: "write" | undefined;
  /** The profile's own address. */
  readonly account: string;
  /** Whom it reaches; `seenIn` are ids of calendars that others read, also the account's own for a public event. */
  readonly preview: Pick<WritePreview, "recipients" | "notified" | "reversible"> & {
    readonly seenIn?: readonly string[];
  };
  /** Further addresses, such as where answers go. */
  readonly alsoTo: readonly string[];
  /** Whether text that somebody else wrote was read in this session. */
  readonly tainted: boolean;
}

/** What a policy says to a write. Its sentences are for the person and for the assistant. */
export type Decision =
  | { readonly verdict: "allowed" }
  | { readonly verdict: "confirm"; readonly reasons: readonly string[] }
  | { readonly verdict: "refused"; readonly reason: string };

/**
 * Decides whether a write is done, done when a person confirms it, or not done. It never gets weaker when somebody more
 * is reached, outside text was read or something less is granted. Daily limits are not decided here.
 */
export function decide(grants: Grants, facts: WriteFacts): Decision {
  const reason = refusalOf(grants, facts);
  if (reason !== undefined) return { verdict: "refused", reason };
  const reasons = [...strangersReasons(grants, facts), ...confirmedEffects(grants, facts)];
  return reasons.length === 0 ? { verdict: "allowed" } : { verdict: "confirm", reasons };
}

/**
 * What a write comes to: where it concerns nobody else and can be taken back, what its operation comes to alone. Where
 * only the graver effect is granted it counts as that one, since with guests it would be permitted as well.
 */
export function effectiveEffect(grants: Grants, facts: WriteFacts): WriteEffect {
  const { effect, alone } = facts;
  if (alone === undefined || !facts.preview.reversible || reachesOthers(facts)) return effect;
  return grants.allow.includes(effect) && !grants.allow.includes(alone) ? effect : alone;
}

/**
 * Whether a policy trusts an address: the account's own, one of its recipients, or one of its domains. What is not
 * plainly one address is not trusted.
 */
export function isTrusted(grants: Grants, account: string, address: string): boolean {
  const plain = plainAddress(address);
  if (plain === undefined) return false;
  if (plain === plainAddress(account) || grants.recipients.includes(plain)) return true;
  const at = plain.lastIndexOf("@");
  // Some servers pass a%b.example@c.example and b.example!a@c.example on to b.example.
  if (/[%!]/.test(plain.slice(0, at))) return false;
  return grants.domains.some((permitted) => isOfDomain(plain.slice(at + 1), permitted));
}

function refusalOf(grants: Grants, facts: WriteFacts): string | undefined {
  const effect = effectiveEffect(grants, facts);
  if (!grants.allow.includes(effect)) {
    return `This profile's policy does not allow "${effect}", which ${facts.operation} needs.`;
  }
  if (facts.preview.notified.some((address) => !isOwn(facts, address)) && !grants.allow.includes("send")) {
    return `${facts.operation} would notify others, and this profile's policy does not allow "send".`;
  }
  const strangers = strangersOf(grants, facts);
  if (grants.others !== "refuse" || strangers.length === 0) return undefined;
  return `This profile's policy refuses what reaches others than it names: ${named(strangers)}.`;
}

/** Once outside text was read it may be what asked for this, so then it does not matter how the policy sees others. */
function strangersReasons(grants: Grants, facts: WriteFacts): string[] {
  const strangers = strangersOf(grants, facts);
  if (strangers.length === 0) return [];
  const others = `this reaches others than the policy names: ${named(strangers)}.`;
  if (facts.tainted) return [`Text that somebody else wrote was read in this session, and ${others}`];
  const reachesThemNow = effectiveEffect(grants, facts) !== "write";
  return grants.others === "confirm" && reachesThemNow ? [`A person confirms it, since ${others}`] : [];
}

function confirmedEffects(grants: Grants, facts: WriteFacts): string[] {
  // What also concerns others is still what it is alone: a person who confirms each event confirms those with guests.
  const effects = new Set([effectiveEffect(grants, facts), ...(facts.alone === undefined ? [] : [facts.alone])]);
  return grants.confirm
    .filter((effect) => effects.has(effect))
    .map((effect) => `By the policy a person confirms each time that something is ${done[effect]}.`);
}

const done: Readonly<Record<WriteEffect, string>> = { write: "changed", send: "sent", delete: "deleted" };

function reachesOthers(facts: WriteFacts): boolean {
  const { recipients, notified, seenIn = [] } = facts.preview;
  return seenIn.length > 0 || [...recipients, ...notified].some((each) => !isOwn(facts, each));
}

/** Everybody who would get, be told of or see it and is not trusted, each once. */
function strangersOf(grants: Grants, facts: WriteFacts): string[] {
  const { recipients, notified, seenIn = [] } = facts.preview;
  const addresses = [...recipients, ...notified, ...facts.alsoTo];
  return [
    ...new Set([
      ...addresses.filter((address) => !isTrusted(grants, facts.account, address)),
      // The account's own calendar as well: it stands there for an event that anybody may read.
      ...seenIn.filter((calendar) => !grants.calendars.includes(calendar)),
    ]),
  ];
}

function isOwn({ account }: WriteFacts, address: string): boolean {
  const own = plainAddress(account);
  return own !== undefined && plainAddress(address) === own;
}

const mostNamed = 20;

/** Outside text: on one line, and what is no plain address cannot be taken for a part of the sentence. */
function named(strangers: readonly string[]): string {
  const shown = strangers.slice(0, mostNamed).map((each) => {
    // Letters of other scripts that look alike are told apart in a domain's ASCII form.
    const text = printableLine(plainAddress(each) ?? each).slice(0, 254); // the longest address there is
    return plainAddress(each) === undefined ? JSON.stringify(text) : text;
  });
  const more = strangers.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
