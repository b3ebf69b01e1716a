import { printable } from "../../core/printable.js";
import { operations } from "../../operations/index.js";
import type { Plan } from "./plan.js";

/*
 * What a person is told of a plan, in a terminal and in the assistant's program alike.
 */

/** What a plan does, in words. */
export function whatOf({ operation }: Pick<Plan, "operation">): string {
  return operations.find(({ name }) => name === operation)?.summary ?? operation;
}

/** As whom it is done: an account's address, or the profile where none is known. */
export function accountOf({ account, profile }: Pick<Plan, "account" | "profile">): string {
  return account === "" ? profile : account;
}

/** Everybody who would get, be told of or see it, each once: addresses, and ids of calendars that others read. */
export function reachedBy({ preview }: Pick<Plan, "preview">): string[] {
  const { recipients, notified, seenIn = [] } = preview;
  return [...new Set([...recipients, ...notified, ...seenIn])];
}

/** How many characters of a plan are not shown to a person: they could carry what nobody sees. */
export function hiddenIn({ input, preview, files }: Pick<Plan, "input" | "preview" | "files">): number {
  return hiddenCharacters([input, preview, files]);
}

function hiddenCharacters(value: unknown): number {
  if (typeof value === "string") {
    const text = value.replaceAll(/\r\n?/g, "\n"); // several ways to end a line are no secret
    return Array.from(text).length - Array.from(printable(text)).length;
  }
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, each) => sum + hiddenCharacters(each), 0);
}
