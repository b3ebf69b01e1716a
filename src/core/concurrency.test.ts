import { setMaxListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import type { Clock } from "./clock.js";
import { accountLimit, ConcurrencyLimit, type Slot } from "./concurrency.js";

const signal = new AbortController().signal;
setMaxListeners(0, signal);

/** A server that takes `cap` at once and refuses the rest; runs `count` tasks against it, each repeated until taken. */
async function against(
  limit: ConcurrencyLimit,
  cap: number,
  count: number,
): Promise<{ refused: number; most: number }> {
  let active = 0;
  let refused = 0;
  let most = 0;
  const task = async (slot: Slot): Promise<boolean> => {
    active += 1;
    most = Math.max(most, active);
    const taken = active <= cap;
    await new Promise((resolve) => setImmediate(resolve));
    active -= 1;
    if (taken) slot.accepted();
    else {
      refused += 1;
      slot.tooMany();
    }
    return taken;
  };
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (!(await limit.run(task, signal)));
    }),
  );
  return { refused, most };
}

describe("ConcurrencyLimit", () => {
  it("starts high, learns the cap from what was refused, and never tries above it again", async () => {
    const limit = new ConcurrencyLimit(movedClock());
    expect((await against(limit, 10, 400)).refused).toBeLessThanOrEqual(48); // two rounds of what it starts with
    expect(limit.limit).toBe(10);
    expect(await against(limit, 10, 500)).toEqual({ refused: 0, most: 10 });
  });

  it("lets nothing leave before a pause is over", async () => {
    const clock = movedClock();
    const limit = new ConcurrencyLimit(clock);
    const before = clock.now();
    await limit.run((slot) => Promise.resolve(slot.tooFast(5000, 0)), signal);
    const leftAt = await limit.run(() => Promise.resolve(clock.now()), signal);
    expect(leftAt - before).toBe(5000);
  });

  it("keeps to a pause that grows while it is waited for", async () => {
    const clock = movedClock();
    const before = clock.now();
    const asleep: (() => void)[] = [];
    const slow: Clock = {
      now: () => clock.now(),
      sleep: (delayMs) =>
        new Promise((resolve) => {
          asleep.push(() => {
            clock.advance(delayMs);
            resolve();
          });
        }),
    };
    const limit = new ConcurrencyLimit(slow);
    const refused: Slot[] = [];
    const first = limit.run((slot) => Promise.resolve(refused.push(slot)), signal);
    await first;
    refused[0]?.tooFast(1_000, 0);
    const waiting = limit.run(() => Promise.resolve(clock.now() - before), signal);
    await vi.waitFor(() => expect(asleep).toHaveLength(1));
    refused[0]?.tooFast(10_000, 0);
    asleep.shift()?.();
    await vi.waitFor(() => expect(asleep).toHaveLength(1));
    asleep.shift()?.();
    expect(await waiting).toBe(10_000);
  });

  it("pauses longer and longer while the service goes on refusing, and begins anew once it takes something", async () => {
    const clock = movedClock();
    const limit = new ConcurrencyLimit(clock);
    const refuse = () => limit.run((slot) => Promise.resolve(slot.tooFast(0, 0.5)), signal);
    const pauses: number[] = [];
    for (let count = 0; count < 7; count += 1) pauses.push(await refuse());
    expect(pauses).toEqual([750, 1500, 3000, 6000, 12_000, 24_000, 24_000]);
    await limit.run((slot) => {
      slot.accepted();
      return Promise.resolve();
    }, signal);
    expect(await refuse()).toBe(750);
  });

  it("takes the refusals of one moment for one", async () => {
    const clock = movedClock();
    const limit = new ConcurrencyLimit(clock);
    const slots: Slot[] = [];
    for (let count = 0; count < 20; count += 1) await limit.run((slot) => Promise.resolve(slots.push(slot)), signal);
    expect(slots.map((slot) => slot.tooFast(0, 0))).toEqual(Array.from({ length: 20 }, () => 500));
  });

  it("gives a waiting task up when its caller aborts, and its place to the next", async () => {
    const limit = new ConcurrencyLimit(movedClock());
    let release = (): void => undefined;
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const running = Array.from({ length: limit.limit }, () => limit.run(() => blocked, signal));
    const controller = new AbortController();
    const waiting = limit.run(() => Promise.resolve("ran"), controller.signal);
    const next = limit.run(() => Promise.resolve("next"), signal);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    release();
    await Promise.all(running);
    await expect(next).resolves.toBe("next");
  });

  it("is shared by all clients of an account, and not by another account's", () => {
    const clock = movedClock();
    expect(accountLimit("a", clock)).toBe(accountLimit("a", clock));
    expect(accountLimit("a", clock)).not.toBe(accountLimit("b", clock));
  });
});
