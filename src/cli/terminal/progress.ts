import { systemClock } from "../../core/clock.js";
import { printableLine } from "../../core/printable.js";

/** Shows how far something slow has come. */
export interface Progress {
  readonly update: (done: number, total: number) => void;
  /** Leaves the line to what comes after it. */
  readonly end: () => void;
}

const quietMs = 500;
const betweenMs = { terminal: 100, elsewhere: 5_000 };
const clearLine = "\r\u001b[K";

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
      process.stderr.write(isTTY ? `${clearLine}${label}: ${done} of ${total}` : `${label}: ${done} of ${total}\n`);
    },
    end() {
      if (shown && isTTY) process.stderr.write(clearLine);
    },
  };
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** Shows that something goes on whose end nobody knows. */
export interface Activity {
  /** Another thing was done. */
  readonly count: () => void;
  /** Leaves the line to what comes after it. */
  readonly end: () => void;
}

/** One moving line on a terminal, for what takes longer than half a second; nothing elsewhere, or when nobody wants it. */
export function activity(label: string, { hidden = false }: { hidden?: boolean } = {}): Activity {
  let done = 0;
  const ended = new AbortController();
  if (process.stderr.isTTY && !hidden) {
    void moving(ended.signal, (frame) => `${frame} ${printableLine(label)}${done === 0 ? "" : `: ${done}`} …`);
  }
  return {
    count: () => {
      done += 1;
    },
    end: () => ended.abort(),
  };
}

async function moving(ended: AbortSignal, line: (frame: string) => string): Promise<void> {
  const pause = (ms: number): Promise<boolean> =>
    systemClock.sleep(ms, ended).then(
      () => true,
      () => false, // it ended
    );
  let shown = false;
  ended.addEventListener("abort", () => shown && process.stderr.write(clearLine), { once: true });
  if (!(await pause(quietMs))) return;
  for (let tick = 0; !ended.aborted; tick++) {
    process.stderr.write(clearLine + line(frames[tick % frames.length] ?? ""));
    shown = true;
    await pause(betweenMs.terminal);
  }
}
