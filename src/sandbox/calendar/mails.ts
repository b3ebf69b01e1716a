import type { Clock } from "../../core/clock.js";
import { booleanOf } from "./event-parameters.js";
import { invalidField } from "./event-refusals.js";
import type { StoredAttendee } from "./stored-event.js";

/** Whom a client wants Calendar to write to. */
export type SendUpdates = "all" | "externalOnly" | "none";

/** A mail that Calendar sends about an event. */
export interface CalendarMail {
  readonly kind: "invitation" | "update" | "cancellation" | "response";
  /** The address of the calendar that it comes from. */
  readonly from: string;
  readonly to: string;
  /** Whether the recipient has an account here. */
  readonly hasAccount: boolean;
  readonly eventId: string;
  readonly summary: string | undefined;
  /** What the client asked for, which is why it was sent. */
  readonly sendUpdates: Exclude<SendUpdates, "none">;
  /** What the guest answered. */
  readonly responseStatus?: string;
  /** Milliseconds since the epoch. */
  readonly sentMs: number;
}

/** What a mail says. */
export type MailContent = Pick<CalendarMail, "kind" | "from" | "eventId" | "summary" | "responseStatus">;

/** Whom a request wants to be written to; without a word, nobody. @throws ApiError 400 */
export function sendUpdatesOf(query: URLSearchParams): SendUpdates {
  const wanted = query.get("sendUpdates");
  if (wanted === null) return booleanOf(query, "sendNotifications") ? "all" : "none";
  if (wanted === "all" || wanted === "externalOnly" || wanted === "none") return wanted;
  throw invalidField("Invalid value for: sendUpdates");
}

/** The mails that Calendar sends. They reach nobody's mailbox here; a test asks for them. */
export class CalendarMails {
  readonly sent: CalendarMail[] = [];
  readonly #clock: Clock;
  readonly #accounts: { has(address: string): boolean };

  constructor(clock: Clock, accounts: { has(address: string): boolean }) {
    this.#clock = clock;
    this.#accounts = accounts;
  }

  /** Unsure(google): it says that some mails may be sent also when none were asked for; here none are. */
  send(sendUpdates: SendUpdates, content: MailContent, recipients: Iterable<string>): void {
    if (sendUpdates === "none") return;
    for (const to of recipients) {
      const hasAccount = this.#accounts.has(to.toLowerCase());
      if (hasAccount && sendUpdates === "externalOnly") continue;
      this.sent.push({ ...content, to, hasAccount, sendUpdates, sentMs: this.#clock.now() });
    }
  }
}

/** The addresses of all guests: those who attend, without whom it comes from. */
export function guestsOf(attendees: readonly StoredAttendee[], from: string): string[] {
  return attendees.map(({ email }) => email).filter((email) => email.toLowerCase() !== from);
}
