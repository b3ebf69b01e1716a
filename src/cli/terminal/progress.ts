import { systemClock } from "../../core/clock.js";

/** Shows how far something slow has come. */
export interface Progress {
  readonly update: (done: number, total: number) => void;
  /** Leaves the line to what comes after it. */
  readonly end: () => void;
}

const quietMs = 500;
const betweenMs = { terminal: 100, elsewhere: 5_000 };

/** Progress on standard error, for what takes longer than half a second: one moving line, or lines now and then in a log. */
export function progress(label: string): Progress {
  const { isTTY } = process.stderr;
  let next = systemClock.now() + quietMs;
  let shown = false;
  return {
    update(done, total) {
      if (systemClock.now() < next) return;
      next = systemClock.now() + (isTTY ? betweenMs.terminal : betweenMs.elsewhere);
      shown = true;
      process.stderr.write(isTTY ? `\r\u001b[K${label}: ${done} of ${total}` : `${label}: ${done} of ${total}\n`);
    },
    end() {
      if (shown && isTTY) process.stderr.write("\r\u001b[K");
    },
  };
}
