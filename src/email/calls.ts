import { createCalls, type Calls } from "../core/call.js";
import type { Clock } from "../core/clock.js";
import type { emailClientShape } from "./client.js";
import { emailOptions } from "./inputs.js";

/** The methods of an e-mail client. */
export type EmailOperation = keyof typeof emailClientShape;

/** Runs the methods of an e-mail client: with checked options, under their deadline, and with their name on every error. */
export function createEmailCalls(client: {
  readonly service: string;
  readonly userId: string;
  readonly clock: Clock;
}): Calls<EmailOperation> {
  return createCalls({ ...client, options: emailOptions });
}
