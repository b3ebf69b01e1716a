import { setMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
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
    limit.pause(5000);
    const before = clock.now();
    const leftAt = await limit.run(() => Promise.resolve(clock.now()), signal);
    expect(leftAt - before).toBe(5000);
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
