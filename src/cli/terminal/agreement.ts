import { given } from "../../core/given.js";
import { isIntegrationError } from "../../core/errors.js";
import type { Prompter } from "../../setup/prompter.js";
import { interruptible, Interrupted } from "./interruption.js";
import { terminalPrompter } from "./terminal-prompter.js";

/** What a person is to agree to. */
export interface Agreement {
  /** What it is about, as text for standard error, which is shown above the question. */
  readonly shown: () => string | Promise<string>;
  readonly question: string;
  /** What says yes without being asked, where anything does. */
  readonly flag?: string;
  /** What holds when the person leaves instead of answering. */
  readonly left: string;
  /** What is thrown where nobody can be asked. */
  readonly nobodyToAsk: () => Error;
}

/**
 * Whether a person agrees to what they are shown.
 *
 * @param own - what asks; default: the terminal
 * @throws what `nobodyToAsk` makes; `Interrupted` for a person who leaves
 */
export function isAgreed(own: Prompter | undefined, agreement: Agreement): Promise<boolean> {
  const { shown, question, flag, left, nobodyToAsk } = agreement;
  return interruptible(async (signal) => {
    const prompter = own ?? terminalPrompter({ signal });
    if (!prompter.interactive) throw nobodyToAsk();
    process.stderr.write(await shown());
    return prompter.confirm(question, { signal, ...given({ flag }) }).catch((error: unknown) => {
      throw isIntegrationError(error, "auth.consent_denied") ? new Interrupted("SIGINT", left) : error;
    });
  });
}
