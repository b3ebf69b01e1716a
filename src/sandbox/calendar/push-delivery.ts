import { systemClock } from "../../core/clock.js";
import { createHttp, isLoopback } from "../../core/http.js";

/** One notification that was posted to a channel's address, or would have been. */
export interface PushNotification {
  readonly user: string;
  readonly channelId: string;
  readonly state: "sync" | "exists" | "not_exists";
  readonly address: string;
  /** As they went out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  /** `not called`: the address is on another machine, which the sandbox never reaches. */
  readonly delivery: "under way" | "delivered" | "refused" | "unreachable" | "not called";
  /** What the receiver answered last. */
  readonly status?: number;
}

type Mutable = { -readonly [Key in keyof PushNotification]: PushNotification[Key] };

const mostKept = 20_000;
const mostWaiting = 1000;
const answerWithinMs = 5000;
/** Google backs off for longer; a test should not have to wait for it. */
const pausesMs = [20, 100];

/**
 * Posts notifications to receivers on this machine, each address in order, and keeps all of them for who looks. Whatever
 * a receiver does, nobody else notices.
 */
export class PushDelivery {
  /** Oldest first; of very many the last. */
  readonly notifications: PushNotification[] = [];
  readonly #http = createHttp({ idleTimeoutMs: answerWithinMs });
  readonly #closed = new AbortController();
  readonly #queues = new Map<string, { waiting: number; last: Promise<void> }>();

  send(given: Omit<PushNotification, "delivery" | "status">): void {
    const notification: Mutable = { ...given, delivery: "not called" };
    this.notifications.push(notification);
    if (this.notifications.length > mostKept) this.notifications.splice(0, mostKept / 2);
    if (this.#closed.signal.aborted || !isLoopback(new URL(given.address))) return;
    const queue = this.#queues.get(given.address) ?? { waiting: 0, last: Promise.resolve() };
    if (queue.waiting >= mostWaiting) {
      notification.delivery = "unreachable";
      return;
    }
    notification.delivery = "under way";
    queue.waiting += 1;
    queue.last = queue.last.then(async () => {
      await this.#post(notification);
      queue.waiting -= 1;
      if (queue.waiting === 0) this.#queues.delete(given.address);
    });
    this.#queues.set(given.address, queue);
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    while (this.#queues.size > 0) await Promise.all([...this.#queues.values()].map(({ last }) => last));
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.settled();
    await this.#http.close();
  }

  async #post(notification: Mutable): Promise<void> {
    for (const pauseMs of [...pausesMs, undefined]) {
      const status = await this.#postOnce(notification);
      notification.delivery = status === undefined ? "unreachable" : isTaken(status) ? "delivered" : "refused";
      if (status === undefined) return;
      notification.status = status;
      if (!isWorthAnother(status) || pauseMs === undefined) return;
      try {
        await systemClock.sleep(pauseMs, this.#closed.signal);
      } catch {
        return; // the sandbox was closed
      }
    }
  }

  /** @returns the answer's status, or undefined without one */
  async #postOnce({ address, headers }: PushNotification): Promise<number | undefined> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), answerWithinMs);
    const signal = AbortSignal.any([this.#closed.signal, limit.signal]);
    try {
      const answer = await this.#http.send({ method: "POST", url: new URL(address), headers, signal });
      await answer.text(); // else its connection would stay open
      return answer.status;
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

function isTaken(status: number): boolean {
  return [200, 201, 202, 204, 102].includes(status);
}

function isWorthAnother(status: number): boolean {
  return [500, 502, 503, 504].includes(status);
}
