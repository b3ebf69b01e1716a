import { createInterface } from "node:readline/promises";
import { integrationError } from "../core/errors.js";
import { printable } from "../core/printable.js";
import type { Choice, Prompter } from "../setup/prompter.js";

/** Talks on standard error, so that standard output stays the result's; asks only where a person can answer. */
export function terminalPrompter(options: { quiet?: boolean } = {}): Prompter {
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  const say = (message: string): void => {
    if (!options.quiet) process.stderr.write(`${printable(message)}\n`);
  };
  return {
    interactive,
    say,
    chooseSeveral: interactive ? chooseSeveral : () => Promise.reject(nobodyThere("--service")),
    ask: interactive ? ask : (question) => readLine(question),
    async showAddress(url, { open }) {
      process.stderr.write(`\nOpen this address and sign in:\n\n  ${url}\n\n`);
      if (!open || !interactive) return;
      const { default: openBrowser } = await import("open");
      await openBrowser(url).catch(() => say("No browser could be opened: open the address yourself."));
    },
    async during(message, work) {
      if (!interactive || options.quiet) return work();
      const { spinner } = await import("@clack/prompts");
      const progress = spinner({ output: process.stderr });
      progress.start(message);
      try {
        const result = await work();
        progress.stop(`${message}: done`);
        return result;
      } catch (error) {
        progress.error(`${message}: failed`);
        throw error;
      }
    },
  };
}

async function chooseSeveral(question: string, choices: readonly Choice[]): Promise<string[]> {
  const { multiselect, isCancel } = await import("@clack/prompts");
  const answer = await multiselect({ message: question, options: [...choices], output: process.stderr });
  if (isCancel(answer)) throw stopped();
  return answer;
}

async function ask(question: string, options: { placeholder?: string } = {}): Promise<string> {
  const { text, isCancel } = await import("@clack/prompts");
  const answer = await text({ message: question, output: process.stderr, ...options });
  if (isCancel(answer)) throw stopped();
  return answer;
}

/** Without a terminal an answer may still be piped in: one line. */
async function readLine(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
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

function stopped(): Error {
  return integrationError("auth.consent_denied", {
    message: "The setup was stopped; nothing more was changed.",
    hint: "Run it again when you like: it goes on from what is there.",
  });
}
