import { execFile, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { systemClock } from "../../src/core/clock.js";

/** Whether this machine has what a terminal is made of. */
export const hasTerminal: boolean = spawnSync("tmux", ["-V"]).status === 0;

/** What a program is started with. */
export interface Started {
  readonly cwd: string;
  /** The whole environment, but what says which terminal it is. */
  readonly env: Readonly<Record<string, string>>;
}

/** A real terminal of 100 columns and 30 lines, in which one program runs at a time. */
export interface Terminal extends AsyncDisposable {
  /** Starts a program on an empty screen; the one before is gone. */
  start(command: readonly string[], options: Started): Promise<void>;
  /** Types text as it is. */
  type(text: string): Promise<void>;
  /** Presses keys by tmux's names, such as `Enter`, `Down`, `Space`, `C-c`. */
  press(...keys: string[]): Promise<void>;
  /** What the screen shows, line by line as a person sees it. */
  screen(): Promise<string>;
  /** All that was printed, also what has left the screen, with each line that the terminal broke put together again. */
  printed(): Promise<string>;
  /**
   * Waits until something is shown.
   *
   * @returns what matched; the first group where the pattern has one
   * @throws Error with the screen when it does not come
   */
  waitFor(text: string | RegExp): Promise<string>;
  /** Waits until the program has ended. @returns its exit code */
  ended(): Promise<number>;
}

const run = promisify(execFile);
const betweenMs = 60;
/** Far more than anything takes, even on a machine that has much else to do. */
const patienceMs = 40_000;
const size = { columns: 100, lines: 30 };

/** Opens a terminal, by a tmux server of its own, which reads nobody's settings and ends with it. */
export async function openTerminal(): Promise<Terminal> {
  const server = `maigic-${process.pid}-${randomUUID().slice(0, 8)}`;
  const tmux = async (...args: string[]): Promise<string> =>
    (await run("tmux", ["-L", server, "-f", "/dev/null", "-u", ...args], { encoding: "utf8" })).stdout;
  const window = ["-x", String(size.columns), "-y", String(size.lines)];
  const settings = [";", "set", "-g", "remain-on-exit", "on", ";", "set", "-g", "remain-on-exit-format", ""];
  await tmux("new-session", "-d", "-s", "terminal", ...window, "sleep 600", ...settings);
  const printed = async (): Promise<string> => withoutBlanks(await tmux("capture-pane", "-p", "-J", "-S", "-"));
  const terminal: Omit<Terminal, typeof Symbol.asyncDispose> = {
    async start(command, { cwd, env }) {
      const variables = Object.entries(env).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
      await tmux("clear-history", ";", "respawn-pane", "-k", "-c", cwd, ...variables, ...command);
    },
    async type(text) {
      await tmux("send-keys", "-l", "--", text);
    },
    async press(...keys) {
      await tmux("send-keys", ...keys);
    },
    screen: async () => withoutBlanks(await tmux("capture-pane", "-p")),
    printed,
    async waitFor(text) {
      const found = await until(async () => {
        const shown = await printed();
        if (typeof text === "string") return shown.includes(text) ? text : undefined;
        const match = text.exec(shown);
        return match?.[1] ?? match?.[0];
      });
      if (found !== undefined) return found;
      throw new Error(`The terminal does not show ${String(text)}:\n${await printed()}`);
    },
    async ended() {
      const status = await until(async () => {
        const shown = (await tmux("display-message", "-p", "#{pane_dead_status} #{pane_dead_signal}")).trimEnd();
        return shown === "" ? undefined : shown; // a program that a signal ended has no status
      });
      if (status === undefined) throw new Error(`The program goes on:\n${await printed()}`);
      if (/^\d+$/.test(status)) return Number(status);
      throw new Error(`Signal${status} ended the program:\n${await printed()}`);
    },
  };
  return {
    ...terminal,
    async [Symbol.asyncDispose]() {
      await tmux("kill-server");
    },
  };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  const end = systemClock.now() + patienceMs;
  while (systemClock.now() < end) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await systemClock.sleep(betweenMs);
  }
  return undefined;
}

function withoutBlanks(text: string): string {
  return text.replace(/[ \t]+$/gm, "").replace(/\n+$/, "\n");
}
