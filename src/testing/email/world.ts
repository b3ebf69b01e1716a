import { randomUUID } from "node:crypto";
import type { EmailClient } from "../../email/client.js";
import type { ProviderTests } from "../provider-suite.js";

/** What a service can be made to do wrong, once. */
export type EmailFailure =
  /** The next reading is answered as if the service were down. */
  | "unavailable"
  /** The next reading is refused for being too fast. */
  | "too_fast"
  /** The next mail is sent, and the answer does not arrive. */
  | "sent_answer_lost"
  /** The next mail is not sent, and no answer arrives. */
  | "sending_lost"
  /** The next mail is refused. */
  | "sending_refused";

/** An account of a service under test, with nothing in it, and what a test may do around it. */
export interface EmailWorld extends AsyncDisposable {
  /** With access `full`. */
  readonly client: EmailClient;
  /** Of the same account, with access `read`. */
  readonly readOnly: EmailClient;
  /** Of the same account, as another process would have it; the world closes it. */
  another(): EmailClient;
  /** The account's own address. */
  readonly address: string;
  /** Another address that it may send from. */
  readonly alias: string;
  /** Two people whose mailboxes can be looked into. */
  readonly people: readonly [string, string];
  /** Puts a mail into the account, as it travels, at the time that its Date header says. @returns its id */
  receive(raw: string | Uint8Array, options?: { folder?: string; unread?: boolean }): Promise<string>;
  /** What one of the people has received, as it travels, oldest first. */
  received(person: string): Promise<Uint8Array[]>;
  failNext(failure: EmailFailure): void;
  /** Makes every cursor of `getChanges` given so far too old. */
  expireCursors(): Promise<void> | void;
  /** Moves the clock that clients and service share. */
  advance(durationMs: number): void;
  /** The time of that clock; milliseconds since the epoch. */
  now(): number;
}

/** The tests of a group by name. */
export type EmailTests = ProviderTests<EmailWorld>;

/** A mail as it travels, of its parts. */
export function rawMail(
  world: Pick<EmailWorld, "now" | "address" | "people">,
  parts: { headers?: Record<string, string>; subject?: string; from?: string; body?: string; agoMs?: number } = {},
): string {
  const { subject = "Hello", from = world.people[0], body = "How are you?", agoMs = 60_000 } = parts;
  const headers: Record<string, string> = {
    From: from,
    To: world.address,
    Subject: subject,
    Date: new Date(world.now() - agoMs).toUTCString().replace("GMT", "+0000"),
    "Message-ID": `<${randomUUID()}@example.com>`,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    ...parts.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${[...lines, "", body].join("\r\n")}\r\n`;
}
