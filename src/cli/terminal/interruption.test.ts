import { describe, expect, it } from "vitest";
import { onlyOwnSignals } from "../../../test/support/own-signals.js";
import { interruptible } from "./interruption.js";

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

describe("a program that is told to stop", () => {
  onlyOwnSignals();

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("ends in order after %s, also when its terminal is closed", async (signal, exitCode) => {
    const work = interruptible(untilAborted);
    process.emit(signal, signal);
    await expect(work).rejects.toMatchObject({ name: "Interrupted", exitCode });
    expect(process.listenerCount(signal)).toBe(0);
  });
});
