import { createInterface } from "node:readline/promises";
import { integrationError } from "../../core/errors.js";
import { printable } from "../../core/printable.js";
import type { Choice, Prompter } from "../../setup/prompter.js";

/** Talks on standard error, so that standard output stays the result's; asks only where a person can answer. */
export function terminalPrompter(options: { quiet?: boolean; signal?: AbortSignal } = {}): Prompter {
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  const say = (message: string): void => {
    if (!options.quiet) process.stderr.write(`${printable(message)}\n`);
  };
  return {
    interactive,
    say,
    chooseSeveral: interactive
      ? (question, choices) => chooseSeveral(question, choices, options.signal)
      : () => Promise.reject(nobodyThere("--service")),
    ask: interactive
      ? (question, hints = {}) => ask(question, hints, options.signal)
      : (question) => readLine(question),
    async showAddress(url, { open }) {
      process.stderr.write(`\nOpen this address and sign in:\n\n  ${url}\n\n`);
      if (!open || !interactive) return;
      const { default: openBrowser } = await import("open");
      await openBrowser(url).catch(() => say("No browser could be opened: open the address yourself."));
    },
    async during(message, work) {
      if (!interactive) return work();
      say(`… ${message}`);
      const result = await work();
      say(`✓ ${message}: done`);
      return result;
    },
  };
}

async function chooseSeveral(
  question: string,
  choices: readonly Choice[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { multiselect, isCancel } = await import("@clack/prompts");
  const answer = await unlessLeft(
    multiselect({ message: question, options: [...choices], output: process.stderr, ...(signal && { signal }) }),
  );
  if (isCancel(answer)) throw stopped();
  return answer;
}

async function ask(
  question: string,
  { placeholder, secret }: { placeholder?: string; secret?: boolean },
  signal: AbortSignal | undefined,
): Promise<string> {
  const { password, text, isCancel } = await import("@clack/prompts");
  const common = { message: question, output: process.stderr, ...(signal && { signal }) };
  const answer = await unlessLeft(
    secret ? password(common) : text({ ...common, ...(placeholder !== undefined && { placeholder }) }),
  );
  if (isCancel(answer)) throw stopped();
  return answer;
}

/** Quirk(clack): after Ctrl-D its promise never settles, and the process would end as if all were well. */
async function unlessLeft<T>(answer: Promise<T>): Promise<T> {
  let onExit = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    onExit = () => reject(stopped());
    process.once("beforeExit", onExit);
  });
  return Promise.race([answer, left]).finally(() => process.off("beforeExit", onExit));
}

/** Without a terminal an answer may still be piped in: one line. */
async function readLine(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    process.stderr.write("\n"); // no terminal was there to show the answer and end the line
    return line;
  }
  throw nobodyThere("an answer on standard input");
}

function nobodyThere(missing: string): Error {
  return integrationError("config.missing_variable", {
    message: "The setup has a question, and nobody is there to answer.",
    hint: `Add ${missing}, or run it in a terminal.`,
    details: { missing },
  });
}

/** What a person who leaves the setup is told. */
export function stopped(): Error {
  return integrationError("auth.consent_denied", {
    message: "The setup was stopped; nothing more was changed.",
    hint: "Run it again when you like: it goes on from what is there.",
  });
}
