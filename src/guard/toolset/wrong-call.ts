import { integrationError } from "../../core/errors.js";
import { printableStart } from "../../core/printable.js";
import { wrongInput } from "../../operations/wrong-input.js";

/** An argument that is needed and was not given. @param choices - what it may be */
export function missing(name: string, choices: readonly string[]): Error {
  return wrongInput(name, "is missing", `Give ${name} as ${oneOf(choices)}`);
}

/** A value that is none of those there are. */
export function notOneOf(name: string, given: string, choices: readonly string[]): Error {
  return wrongInput(name, `cannot be ${quoted(given)}`, `Give ${name} as ${oneOf(choices)}`);
}

/** An argument that does not belong to what was asked for. @param names - those that do */
export function notTaken(name: string, what: string, names: readonly string[]): Error {
  return wrongInput(quoted(name), `is no argument of ${what}`, `Give only these: ${names.join(", ")},`);
}

/** What the policy does not grant. @param hint - default: only the person can permit it */
export function notPermitted(message: string, hint?: string): Error {
  return integrationError("request.not_permitted", { message, hint });
}

/** What no policy would grant: the service is missing. */
export function notConnected(message: string): Error {
  return notPermitted(message, "Only the person can connect it or switch it on; go on without it.");
}

/** The hint goes on with what to do then, which is not to be read as one of them. */
function oneOf(choices: readonly string[]): string {
  return choices.length === 1 ? (choices[0] ?? "") : `one of ${choices.join(", ")},`;
}

/** What was given may be anything, and as long. */
function quoted(given: string): string {
  return `"${printableStart(given, 60)}"`;
}
