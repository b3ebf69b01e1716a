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
   * @param times - how often it must have been shown
   * @returns what matched last; the first group where the pattern has one
   * @throws Error with the screen when it does not come
   */
  waitFor(text: string | RegExp, times?: number): Promise<string>;
  /** Waits until the program has ended and all that it printed is shown. @returns its exit code, as shells count it */
  ended(): Promise<number>;
}

const run = promisify(execFile);
const betweenMs = 60;
/** Far more than anything takes, even on a machine that has much else to do. */
const patienceMs = 20_000;
/** Runs a program and tells its exit code by the terminal's title, which comes after all that was printed. */
const thenTellCode = 'trap : INT; "$@"; printf "\\033]2;ended %s\\007" "$?"';
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
      const anew = ["clear-history", ";", "select-pane", "-T", "", ";", "respawn-pane", "-k", "-c", cwd, ...variables];
      await tmux(...anew, "sh", "-c", thenTellCode, "sh", ...command);
    },
    async type(text) {
      await tmux("send-keys", "-l", "--", text);
    },
    async press(...keys) {
      await tmux("send-keys", ...keys);
    },
    screen: async () => withoutBlanks(await tmux("capture-pane", "-p")),
    printed,
    async waitFor(text, times = 1) {
      const match = await until(async () => matchesOf(text, await printed())[times - 1]);
      if (match !== undefined) return match;
      throw new Error(`The terminal does not show ${String(text)}:\n${await printed()}`);
    },
    async ended() {
      const status = await until(async () => {
        const title = await tmux("display-message", "-p", "#{pane_title}");
        return /^ended (\d+)/.exec(title)?.[1];
      });
      if (status !== undefined) return Number(status);
      throw new Error(`The program goes on:\n${await printed()}`);
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

function matchesOf(text: string | RegExp, shown: string): string[] {
  if (typeof text === "string")
    return shown
      .split(text)
      .slice(1)
      .map(() => text);
  return [...shown.matchAll(new RegExp(text, "g"))].map((match) => match[1] ?? match[0]);
}

function withoutBlanks(text: string): string {
  return text.replace(/[ \t]+$/gm, "").replace(/\n+$/, "\n");
}
