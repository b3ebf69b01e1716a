import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { systemClock, type Clock } from "./clock.js";
import { createCalls } from "./call.js";
import { callOptions } from "./input.js";

const options = { wait: v.strictObject(callOptions), read: v.strictObject(callOptions) };
const on = (clock: Clock) => createCalls({ service: "google_gmail", userId: "work", clock, options });

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

describe("a call's deadline", () => {
  it("ends a call that takes too long with connection.timeout", async () => {
    const call = on(systemClock).run("wait", { timeoutMs: 5 }, ({ signal }) => never(signal));
    await expect(call).rejects.toMatchObject({ code: "connection.timeout", operation: "wait", profile: "work" });
  });

  it("rejects with the caller's own reason when the caller aborts", async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, timeoutMs: 60_000 };
    const call = on(systemClock).run("wait", options, ({ signal }) => never(signal));
    controller.abort("changed my mind");
    await expect(call).rejects.toBe("changed my mind");
  });

  it("does not begin when the caller has aborted already", async () => {
    let began = false;
    const call = on(movedClock()).run("wait", { signal: AbortSignal.abort("no") }, () => {
      began = true;
      return Promise.resolve();
    });
    await expect(call).rejects.toBe("no");
    expect(began).toBe(false);
  });

  it.each([Infinity, 2 ** 40, undefined])("lets a call take its time within %s ms", async (timeoutMs) => {
    const call = on(systemClock).run("wait", { timeoutMs }, ({ signal }) => systemClock.sleep(5, signal));
    await expect(call).resolves.toBeUndefined();
  });

  it.each([NaN, 0, -1])("refuses %s ms as a limit", async (timeoutMs) => {
    const call = on(movedClock()).run("wait", { timeoutMs }, () => Promise.resolve("done"));
    await expect(call).rejects.toMatchObject({ code: "request.invalid", operation: "wait" });
  });

  it("ends a sequence with the caller's reason, although more has been read already", async () => {
    const controller = new AbortController();
    async function* ready() {
      yield* await Promise.resolve([1, 2, 3]);
    }
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of on(movedClock()).stream("read", { signal: controller.signal }, ready)) {
        seen.push(item);
        controller.abort("enough");
      }
    })();
    await expect(reading).rejects.toBe("enough");
    expect(seen).toEqual([1]);
  });
});
