import type { Clock } from "../../core/clock.js";
import { gmailInvalid } from "../api-error.js";
import type { Change } from "./history.js";
import type { Mailbox } from "./mailbox.js";

/** What Gmail tells a Cloud Pub/Sub topic. */
export interface PublishedMessage {
  readonly topicName: string;
  readonly data: { readonly emailAddress: string; readonly historyId: string };
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
}

/** What a client wants to be told. */
export interface WatchOptions {
  readonly topicName: string;
  readonly labelIds: readonly string[];
  /** Whether the labels are those wanted, or those not wanted. */
  readonly include: boolean;
}

interface Watch extends WatchOptions {
  readonly expiresAt: number;
  readonly end: () => void;
}

const lifeMs = 7 * 86_400_000;

/**
 * Who is told of changes in mailboxes: at most one topic for each person and project, for seven days.
 *
 * @see https://developers.google.com/workspace/gmail/api/guides/push
 */
export class Watches {
  readonly #clock: Clock;
  readonly #watches = new Map<string, Watch>();
  /** What was published, oldest first: there is no Pub/Sub here that could be reached. */
  readonly published: PublishedMessage[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns when it ends, in milliseconds since the epoch @throws ApiError 400 while another topic is told */
  start(mailbox: Mailbox, project: string, options: WatchOptions): number {
    const key = `${mailbox.address} ${project}`;
    const before = this.#watches.get(key);
    if (before && before.expiresAt > this.#clock.now() && before.topicName !== options.topicName) {
      throw gmailInvalid("Only one user push notification client allowed per developer (call /stop then try again)");
    }
    before?.end();
    const expiresAt = this.#clock.now() + lifeMs;
    const end = mailbox.onChange((change) => {
      if (this.#clock.now() < expiresAt && isWanted(change, options)) this.#publish(mailbox, options.topicName);
    });
    this.#watches.set(key, { ...options, expiresAt, end });
    this.#publish(mailbox, options.topicName); // Gmail begins with one right away
    return expiresAt;
  }

  stop(mailbox: Mailbox, project: string): void {
    const key = `${mailbox.address} ${project}`;
    this.#watches.get(key)?.end();
    this.#watches.delete(key);
  }

  #publish({ address, history }: Mailbox, topicName: string): void {
    const data = { emailAddress: address, historyId: String(history.current) };
    this.published.push({ topicName, data, publishedAt: this.#clock.now() });
  }
}

function isWanted({ labelsAfter, labelIds }: Change, options: WatchOptions): boolean {
  if (options.labelIds.length === 0) return true;
  const touched = [...labelsAfter, ...labelIds].some((id) => options.labelIds.includes(id));
  return touched === options.include;
}
