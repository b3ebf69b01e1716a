import { createInterface } from "node:readline/promises";
import { integrationError } from "../../core/errors.js";
import { printable } from "../../core/printable.js";
import type { AskOptions, Prompter, QuestionOptions } from "../../setup/prompter.js";
import { askLine, choose, chooseSeveral, confirm } from "./terminal-questions.js";

/** How a terminal is talked with. */
export interface TerminalOptions {
  /** Says nothing but questions and addresses. */
  readonly quiet?: boolean;
  /** Ends every question with its reason. */
  readonly signal?: AbortSignal;
}

/** Talks on standard error, so that standard output stays the result's; asks only where a person can answer. */
export function terminalPrompter(options: TerminalOptions = {}): Prompter {
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  const say = (message: string): void => {
    if (!options.quiet) process.stderr.write(`${printable(message)}\n`);
  };
  const signalOf = (asked: QuestionOptions | undefined): QuestionOptions => {
    const signals = [asked?.signal, options.signal].filter((signal) => signal !== undefined);
    return signals.length === 0 ? {} : { signal: AbortSignal.any(signals) };
  };
  const questions: Pick<Prompter, "choose" | "chooseSeveral" | "confirm" | "ask"> = interactive
    ? {
        choose: (question, choices, asked) => choose(question, choices, { ...asked, ...signalOf(asked) }),
        chooseSeveral: (question, choices, asked) => chooseSeveral(question, choices, { ...asked, ...signalOf(asked) }),
        confirm: (question, asked) => confirm(question, { ...asked, ...signalOf(asked) }),
        ask: (question, asked) => askUntilGood(question, { ...asked, ...signalOf(asked) }),
      }
    : {
        choose: (question, _, asked) => Promise.reject(nobodyThere(question, asked?.flag)),
        chooseSeveral: (question, _, asked) => Promise.reject(nobodyThere(question, asked?.flag)),
        confirm: (question, asked) => Promise.reject(nobodyThere(question, asked?.flag ?? "--yes")),
        ask: pipedLine,
      };
  return {
    interactive,
    say,
    ...questions,
    async showAddress(url, { open, title = "Open this address" }) {
      process.stderr.write(`\n${printable(title)}:\n\n  ${printable(url)}\n\n`);
      if (!open || !interactive) return;
      const { default: openBrowser } = await import("open");
      const notOpened = (): void => say("No browser could be opened: open the address yourself.");
      const opener = await openBrowser(url).catch(notOpened);
      // Where there is no browser the system's opener starts all the same, and fails.
      opener?.once("exit", (code) => code !== 0 && notOpened());
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

async function askUntilGood(question: string, { check, ...options }: AskOptions): Promise<string> {
  for (;;) {
    const answer = await askLine(question, options);
    const problem = await check?.(answer);
    if (problem === undefined) return answer;
    process.stderr.write(`${printable(problem)}\n`);
  }
}

/** Without a terminal an answer may still be piped in, where that makes sense: one line. */
async function pipedLine(question: string, { piped, flag, check }: AskOptions = {}): Promise<string> {
  if (!piped) throw nobodyThere(question, flag);
  process.stderr.write(`${question}: `);
  const line = (await firstLine())?.trim();
  process.stderr.write("\n"); // no terminal was there to show the answer and end the line
  if (line === undefined) throw nobodyThere(question, flag);
  const problem = await check?.(line);
  if (problem === undefined) return line;
  throw integrationError("config.invalid", { message: problem, hint: "Correct what is piped in, and run it again." });
}

async function firstLine(): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  return undefined;
}

function nobodyThere(question: string, flag: string | undefined): Error {
  const missing = flag ?? "an answer on standard input";
  return integrationError("config.missing_variable", {
    message: `"${question}" has no answer: ${missing} is missing, and nobody is there to be asked.`,
    hint: `Add ${missing}, or run it in a terminal.`,
    details: { missing, ...(flag !== undefined && { flag }) },
  });
}
