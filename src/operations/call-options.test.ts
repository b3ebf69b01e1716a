import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { optionsOf, optionsOfMany } from "./call-options.js";

describe("the limits of an operation", () => {
  it("reach a client's method without what such a method does not know", () => {
    const { signal } = new AbortController();
    const stop = signal;
    expect(optionsOf({ signal, timeoutMs: 5, ...{ stop } })).toEqual({ signal, timeoutMs: 5 });
    expect(optionsOf({})).toEqual({});
  });

  it("are one for all of its calls together", async () => {
    const { options } = optionsOfMany({ timeoutMs: 1 });
    expect(Object.keys(options)).toEqual(["signal"]);
    const { signal = AbortSignal.abort() } = options;
    if (!signal.aborted) await once(signal, "abort");
    expect(signal.reason).toMatchObject({ code: "connection.timeout" });
  });

  it("end what still runs when it is over", () => {
    const { options, end } = optionsOfMany({});
    end();
    expect(options.signal?.aborted).toBe(true);
  });
});
