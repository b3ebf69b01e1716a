import { setMaxListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { systemClock, type Clock } from "./clock.js";
import { accountGovernor, Governor, type Slot } from "./governor.js";

const { signal } = new AbortController();
setMaxListeners(0, signal);
const deadline = { endsAt: Infinity, signal };

/** A server that takes `cap` at once and refuses the rest; runs `count` tasks against it, each repeated until taken. */
async function against(governor: Governor, cap: number, count: number): Promise<{ refused: number; most: number }> {
  let active = 0;
  let refused = 0;
  let most = 0;
  const task = async (slot: Slot): Promise<boolean> => {
    const taken = active < cap;
    if (taken) active += 1;
    most = Math.max(most, active);
    await new Promise((resolve) => setImmediate(resolve));
    if (taken) active -= 1;
    if (taken) slot.accepted();
    else {
      refused += 1;
      slot.tooMany(0);
    }
    return taken;
  };
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let again = false; !(await governor.run(task, deadline, { again }));) again = true;
    }),
  );
  return { refused, most };
}

/** A service that allows so many units in any minute; runs tasks of 20 units (5 under the second plan), repeated until taken. */
function metered(clock: ReturnType<typeof movedClock>, governor: Governor, allowed: number, unit: number) {
  const taken: number[] = [];
  let refused = 0;
  const task = async (slot: Slot): Promise<boolean> => {
    await Promise.resolve();
    while ((taken[0] ?? Infinity) <= clock.now() - 60_000) taken.shift();
    const fits = (taken.length + 1) * unit <= allowed;
    if (fits) taken.push(clock.now());
    else refused += 1;
    if (fits) slot.accepted();
    else slot.tooFast(0, 0);
    return fits;
  };
  const one = async (bulk: boolean): Promise<void> => {
    for (let again = false; !(await governor.run(task, deadline, { cost: [20, 5], bulk, again }));) again = true;
  };
  return {
    one,
    many: (count: number) => Promise.all(Array.from({ length: count }, () => one(true))),
    refused: () => refused,
  };
}

describe("Governor", () => {
  it("starts high, learns the cap from one overshoot, and does not try above it again", async () => {
    const governor = new Governor(movedClock());
    expect((await against(governor, 10, 400)).refused).toBe(18); // of the 28 that it starts with
    expect(governor.limit).toBe(10);
    expect(await against(governor, 10, 500)).toEqual({ refused: 0, most: 10 });
  });

  it("grows to a cap that is higher, and finds it", async () => {
    const governor = new Governor(movedClock());
    const { refused } = await against(governor, 50, 400);
    expect(refused).toBeLessThan(20);
    expect(await against(governor, 50, 500)).toEqual({ refused: 0, most: 50 });
  });

  it("believes a cap for ten minutes: somebody else may have been using it up", async () => {
    const clock = movedClock();
    const governor = new Governor(clock);
    await against(governor, 3, 100);
    expect(governor.limit).toBe(3);
    clock.advance(10 * 60_000 + 1);
    await against(governor, 10, 200);
    expect(governor.limit).toBe(10);
  });

  it("does not hammer a service that takes none at all", async () => {
    const clock = movedClock();
    const governor = new Governor(clock);
    const refuse = () => governor.run((slot) => Promise.resolve(slot.tooMany(0.5)), deadline);
    expect([await refuse(), await refuse(), await refuse()]).toEqual([750, 1500, 3000]);
  });

  it("keeps within the units of a minute, after one question whether more is allowed", async () => {
    const clock = movedClock();
    const governor = new Governor(clock, [6000, 15_000]);
    const service = metered(clock, governor, 6000, 20);
    const start = clock.now();
    await service.many(1000);
    expect(service.refused()).toBe(1);
    expect(clock.now() - start).toBeLessThanOrEqual(240_000);
  });

  it("asks that question too where some answers were refusals of another kind", async () => {
    const clock = movedClock();
    const governor = new Governor(clock, [6000, 15_000]);
    const service = metered(clock, governor, 15_000, 5);
    const refused = async (slot: Slot): Promise<void> => {
      slot.answered();
      await Promise.resolve();
    };
    await governor.run(refused, deadline, { cost: [20, 5] });
    const start = clock.now();
    await service.many(400);
    expect([service.refused(), clock.now() - start]).toEqual([0, 0]);
  });

  it("does not ask while it is not sure what counts, and waits", async () => {
    const clock = movedClock();
    const governor = new Governor(clock, [6000, 15_000]);
    const service = metered(clock, governor, 6000, 20);
    await governor.run(() => Promise.resolve(), deadline, { cost: [20, 5] }); // no answer came
    await service.many(310);
    expect(service.refused()).toBe(0);
    expect(governor.unitsPerMinute).toBe(6000);
  });

  it("finds out that an account is allowed the larger plan, and uses it", async () => {
    const clock = movedClock();
    const governor = new Governor(clock, [6000, 15_000]);
    const service = metered(clock, governor, 15_000, 5);
    const start = clock.now();
    await service.many(2900);
    expect([service.refused(), clock.now() - start, governor.unitsPerMinute]).toEqual([0, 0, 15_000]);
    await service.many(2000);
    expect(service.refused()).toBe(1); // whether it is more still
  });

  it("serves what somebody waits for before what is read in bulk, and keeps some units for it", async () => {
    const clock = movedClock();
    const governor = new Governor(clock, [6000]);
    const service = metered(clock, governor, 6000, 20);
    await service.many(400); // at the second minute's edge
    const order: string[] = [];
    const bulk = service.many(300).then(() => order.push("bulk"));
    await service.one(false).then(() => order.push("interactive"));
    await bulk;
    expect(order).toEqual(["interactive", "bulk"]);
    expect(service.refused()).toBe(1);
  });

  it("lets nothing leave before a pause is over, and then one ahead of the others", async () => {
    const clock = movedClock();
    const governor = new Governor(clock);
    const before = clock.now();
    await governor.run((slot) => Promise.resolve(slot.tooFast(5000, 0)), deadline);
    let active = 0;
    const left: [afterMs: number, active: number][] = [];
    const task = async (slot: Slot): Promise<void> => {
      left.push([clock.now() - before, ++active]);
      await new Promise((resolve) => setImmediate(resolve));
      active -= 1;
      slot.accepted();
    };
    await Promise.all(Array.from({ length: 6 }, () => governor.run(task, deadline)));
    expect(left.map(([, count]) => count)).toEqual([1, 1, 2, 2, 3, 3]);
    expect(left[0]).toEqual([5000, 1]);
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
    const governor = new Governor(slow);
    const refused: Slot[] = [];
    await governor.run((slot) => Promise.resolve(refused.push(slot)), deadline);
    refused[0]?.tooFast(1_000, 0);
    const waiting = governor.run(() => Promise.resolve(clock.now() - before), deadline);
    await vi.waitFor(() => expect(asleep).toHaveLength(1));
    refused[0]?.tooFast(10_000, 0);
    asleep.shift()?.();
    await vi.waitFor(() => expect(asleep).toHaveLength(1));
    asleep.shift()?.();
    expect(await waiting).toBe(10_000);
  });

  it("pauses longer and longer while the service goes on refusing, and begins anew once it takes something", async () => {
    const clock = movedClock();
    const governor = new Governor(clock);
    const refuse = () => governor.run((slot) => Promise.resolve(slot.tooFast(0, 0.5)), deadline);
    const pauses: number[] = [];
    for (let count = 0; count < 7; count += 1) pauses.push(await refuse());
    expect(pauses).toEqual([750, 1500, 3000, 6000, 12_000, 24_000, 24_000]);
    await governor.run((slot) => {
      slot.accepted();
      return Promise.resolve();
    }, deadline);
    expect(await refuse()).toBe(750);
  });

  it("takes the refusals of one moment for one", async () => {
    const clock = movedClock();
    const governor = new Governor(clock);
    const slots: Slot[] = [];
    for (let count = 0; count < 20; count += 1)
      await governor.run((slot) => Promise.resolve(slots.push(slot)), deadline);
    expect(slots.map((slot) => slot.tooFast(0, 0))).toEqual(Array.from({ length: 20 }, () => 500));
  });

  it("gives a waiting task up when its caller aborts, and its place to the next", async () => {
    const governor = new Governor(movedClock());
    let release = (): void => undefined;
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const running = Array.from({ length: governor.limit }, () => governor.run(() => blocked, deadline));
    const controller = new AbortController();
    const waiting = governor.run(() => Promise.resolve("ran"), { endsAt: Infinity, signal: controller.signal });
    const next = governor.run(() => Promise.resolve("next"), deadline);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    release();
    await Promise.all(running);
    await expect(next).resolves.toBe("next");
  });

  it("wakes whoever comes after the only one who waited has left", async () => {
    const governor = new Governor(systemClock);
    await governor.run((slot) => Promise.resolve(slot.tooFast(60, 0)), deadline);
    const controller = new AbortController();
    const left = governor.run(() => Promise.resolve(), { endsAt: Infinity, signal: controller.signal });
    controller.abort(new Error("enough"));
    const next = governor.run(() => Promise.resolve("woken"), deadline);
    await expect(left).rejects.toThrow("enough");
    await expect(next).resolves.toBe("woken");
  });

  it("is shared by all clients of an account, and not by another account's", () => {
    const clock = movedClock();
    expect(accountGovernor("a", clock, [])).toBe(accountGovernor("a", clock, []));
    expect(accountGovernor("a", clock, [])).not.toBe(accountGovernor("b", clock, []));
  });
});
