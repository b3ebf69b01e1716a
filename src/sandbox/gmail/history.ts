import type { Clock } from "../../core/clock.js";
import { gmailNotFound } from "../api-error.js";
import type { StoredMessage } from "./message.js";

/** What can happen to a message, by Google's names. */
export type HistoryKind = "messagesAdded" | "messagesDeleted" | "labelsAdded" | "labelsRemoved";

/** One change of one message. */
export interface Change {
  readonly historyId: bigint;
  readonly kind: HistoryKind;
  readonly message: StoredMessage;
  /** The message's labels after it. */
  readonly labelsAfter: readonly string[];
  /** The labels that were added or removed. */
  readonly labelIds: readonly string[];
  readonly atMs: number;
}

/** What happened in a mailbox, for as long as Google remembers it. */
export class History {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  #changes: Change[] = [];
  #current: bigint;
  /** Changes after this one are all known. */
  #knownSince: bigint;

  /** @param options.start - the history id to begin with; Google's are unsigned 64-bit numbers */
  constructor(options: { clock: Clock; start: bigint; lifeMs: number }) {
    this.#clock = options.clock;
    this.#lifeMs = options.lifeMs;
    this.#current = options.start;
    this.#knownSince = options.start;
  }

  /** The id of the last change. */
  get current(): bigint {
    return this.#current;
  }

  /** A new id, for a change that is about to be recorded. */
  next(): bigint {
    this.#current += 1n;
    return this.#current;
  }

  record(change: Omit<Change, "atMs">): Change {
    const recorded = { ...change, atMs: this.#clock.now() };
    this.#changes.push(recorded);
    return recorded;
  }

  /** All changes after a history id, oldest first. @throws ApiError 404 when it is too old, or not from here */
  since(historyId: bigint): Change[] {
    const now = this.#clock.now();
    const kept = this.#changes.findIndex(({ atMs }) => now - atMs <= this.#lifeMs);
    this.#forget(kept === -1 ? this.#changes.length : kept);
    if (historyId < this.#knownSince || historyId > this.#current) throw gmailNotFound();
    return this.#changes.slice(firstAfter(this.#changes, historyId));
  }

  /** Forgets all that was, as Google does after a week or, rarely, after hours. */
  expire(): void {
    this.#forget(this.#changes.length);
    // A client that read the current id before is too late as well.
    this.#knownSince = this.next();
  }

  #forget(count: number): void {
    const last = this.#changes[count - 1];
    if (!last) return;
    this.#knownSince = last.historyId;
    this.#changes = this.#changes.slice(count);
  }
}

function firstAfter(changes: readonly Change[], historyId: bigint): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.historyId ?? 0n) > historyId) high = middle;
    else low = middle + 1;
  }
  return low;
}
