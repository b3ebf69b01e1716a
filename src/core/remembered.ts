import { unlessAborted } from "./deadline.js";

/** Something that is read once and that several wait for; a reading that failed is not remembered. */
export interface Remembered<T> {
  /** What was read last, else what is read now; whoever aborts leaves alone. */
  latest(signal: AbortSignal): Promise<T>;
  /** Reads anew. */
  fresh(signal: AbortSignal): Promise<T>;
  forget(): void;
}

/** @param read - under a deadline that none of those who wait ends */
export function remembered<T>(read: () => Promise<T>): Remembered<T> {
  let known: Promise<T> | undefined;
  const fresh = async (signal: AbortSignal): Promise<T> => {
    const reading = read();
    known = reading;
    reading.catch(() => {
      if (known === reading) known = undefined; // the next caller asks again
    });
    return unlessAborted(reading, signal);
  };
  return {
    fresh,
    latest: async (signal) => (known ? unlessAborted(known, signal) : fresh(signal)),
    forget() {
      known = undefined;
    },
  };
}
