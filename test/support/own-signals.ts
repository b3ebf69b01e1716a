import { afterEach, beforeEach } from "vitest";

type Listener = (...args: unknown[]) => void;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * For tests that give their own process a signal: nobody else hears of it. Files that ran before in the same process leave
 * listeners behind, such as those of a browser's driver and of an embedded database, which end it at a signal.
 */
export function onlyOwnSignals(): void {
  const others = new Map<string, Listener[]>();
  beforeEach(() => {
    for (const signal of signals) {
      others.set(signal, process.listeners(signal) as Listener[]);
      process.removeAllListeners(signal);
    }
  });
  afterEach(() => {
    for (const signal of signals) for (const listener of others.get(signal) ?? []) process.on(signal, listener);
  });
}
