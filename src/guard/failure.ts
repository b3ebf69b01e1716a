import { beginningOf } from "../core/beginning-of.js";
import { errorTable } from "../core/error-table.js";
import { isIntegrationError, type IntegrationError } from "../core/errors.js";
import { given } from "../core/given.js";
import type { GuardResult } from "./guard.js";
import type { Session } from "./session.js";
import { createFence } from "./untrusted/fence.js";

/**
 * What an assistant is told of a failure. What a service or a client says of mails and events may quote them, so that it
 * counts as outside text; what this package says of arguments, sign-ins, settings and a network that
 * is down is its own.
 *
 * @throws what is no failure of a call: the abort of whoever called, and defects
 */
export function failure(session: Session, error: unknown, signal: AbortSignal | undefined): GuardResult {
  if (!isIntegrationError(error)) throw error;
  signal?.throwIfAborted();
  return { kind: "result", isError: true, text: JSON.stringify({ error: described(session, error) }) };
}

/** Of these no message quotes more than what was called with. */
const ownWords =
  /^(auth|config)\.|^connection\.network$|^request\.(invalid|unsupported|scope_required|too_large|idempotency_mismatch)$/;

function described(session: Session, error: IntegrationError): object {
  const { code, hint, retryable, retryAfterMs, profile } = error;
  const message = beginningOf(error.message, longestMessage);
  const facts = { code, ...(retryable && { retryable }), ...given({ retryAfterMs, profile }) };
  const isOwn = error.service === undefined || ownWords.test(code);
  if (isOwn) return { ...facts, message, hint };
  session.taint();
  const fence = createFence();
  const said = [message, ...(hint === errorTable[code].hint ? [] : [hint])].join(" ");
  return { ...facts, meaning: errorTable[code].meaning, note: fence.note, untrusted: fence.wrapLine(said) };
}

/** What was asked for may be quoted, however long that was. */
const longestMessage = 2_000;
