import { join } from "node:path";
import { environmentOf } from "./run-command.js";
import { root } from "./source-files.js";
import { openTerminal, type Terminal } from "./terminal.js";
import { openWorld, type World } from "./world.js";

/** A person at a terminal with both programs, in a world of its own with Alice and Bob and nothing set up. */
export interface SetupTerminal extends Terminal {
  readonly w: World;
  /** Starts `maigic-integrations-setup …` with the world's sandbox. */
  setup(...args: readonly string[]): Promise<void>;
  /** Starts `maigic-integrations …` with the world's sandbox. */
  command(...args: readonly string[]): Promise<void>;
  /** Starts a shell's line, in which `$SETUP` is the setup with the world's sandbox. */
  shell(line: string): Promise<void>;
  /** Waits for a question, as often as it must have been asked, and answers it with keys. */
  answer(question: string | RegExp, keys: readonly string[], times?: number): Promise<void>;
  /** Waits for a question and answers it with a line. */
  fillIn(question: string, line: string): Promise<void>;
  /**
   * Plays the browser: goes to the sign-in's address that the screen shows, and to where it leads.
   *
   * @param times - how many addresses must have been shown: it goes to the last of them
   */
  browse(answer: { user: string; deny?: boolean; scopes?: readonly string[] }, times?: number): Promise<void>;
}

export const alice = "alice@example.com";
export const bob = "bob@example.com";
const address = /(http:\S+\/oauth2\/\S+)\s/;

/** Opens the terminal. @param options - as for a world */
export async function openSetupTerminal(options: Parameters<typeof openWorld>[0] = {}): Promise<SetupTerminal> {
  const [terminal, w] = await Promise.all([
    openTerminal(),
    openWorld({
      seed: {
        users: [
          { email: alice, name: "Alice Moreau" },
          { email: bob, name: "Bob" },
        ],
      },
      ...options,
    }),
  ]);
  const { MAIGIC_CREDENTIALS_DIR = "", MAIGIC_CONFIG_DIR = "" } = environmentOf(w);
  const sandbox = ["--sandbox", w.sandbox.url];
  const program = (bin: string): string[] => [process.execPath, join(root, "dist/cli", bin)];
  const started = {
    cwd: w.folder,
    env: {
      ...{ MAIGIC_CREDENTIALS_DIR, MAIGIC_CONFIG_DIR, HOME: w.folder, TZ: "Europe/Lisbon" },
      PATH: "/usr/bin:/bin",
      SETUP: [...program("setup-bin.js"), ...sandbox].join(" "),
    },
  };
  return {
    ...terminal,
    w,
    setup: (...args) => terminal.start([...program("setup-bin.js"), ...args, ...sandbox], started),
    command: (...args) => terminal.start([...program("bin.js"), ...args, ...sandbox], started),
    shell: (line) => terminal.start(["sh", "-c", line], started),
    async answer(question, keys, times) {
      await terminal.waitFor(question, times);
      await terminal.press(...keys);
    },
    async fillIn(question, line) {
      await terminal.waitFor(question);
      await terminal.type(line);
      await terminal.press("Enter");
    },
    async browse(answer, times) {
      await fetch(await w.sandbox.approve(await terminal.waitFor(address, times), answer));
    },
    async [Symbol.asyncDispose]() {
      await terminal[Symbol.asyncDispose]();
      await w[Symbol.asyncDispose]();
    },
  };
}
