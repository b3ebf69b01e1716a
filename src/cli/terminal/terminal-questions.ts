import type { CANCEL_SYMBOL } from "@clack/prompts";
import { printableLine } from "../../core/printable.js";
import type {
  AskOptions,
  Choice,
  ChooseOptions,
  ChooseSeveralOptions,
  ConfirmOptions,
  QuestionOptions,
} from "../../setup/prompter.js";
import { stopped } from "./stopped.js";

/** One of several. @throws AuthenticationError `auth.consent_denied` when the person leaves; so do the others here */
export async function choose(
  question: string,
  choices: readonly Choice[],
  { initial, ...options }: ChooseOptions,
): Promise<string> {
  const { select } = await import("@clack/prompts");
  return answered(options, (common) =>
    select({
      ...common,
      message: printableLine(question),
      options: shown(choices),
      ...(initial !== undefined && { initialValue: initial }),
    }),
  );
}

/** Any of several, at least one. */
export async function chooseSeveral(
  question: string,
  choices: readonly Choice[],
  { initial, ...options }: ChooseSeveralOptions,
): Promise<string[]> {
  const { multiselect } = await import("@clack/prompts");
  return answered(options, (common) =>
    multiselect({
      ...common,
      message: printableLine(question),
      options: shown(choices),
      ...(initial && { initialValues: [...initial] }),
    }),
  );
}

/** Yes or no. */
export async function confirm(question: string, { initial = false, ...options }: ConfirmOptions): Promise<boolean> {
  const { confirm: yesOrNo } = await import("@clack/prompts");
  return answered(options, (common) => yesOrNo({ ...common, message: printableLine(question), initialValue: initial }));
}

/** A line of text. */
export async function askLine(
  question: string,
  { placeholder, secret, ...options }: Omit<AskOptions, "check" | "piped">,
): Promise<string> {
  const { password, text } = await import("@clack/prompts");
  const message = printableLine(question);
  const answer = await answered<string | undefined>(options, (common) =>
    secret
      ? password({ ...common, message })
      : text({ ...common, message, ...(placeholder !== undefined && { placeholder }) }),
  );
  return (answer ?? "").trim();
}

function shown(choices: readonly Choice[]): { value: string; label: string; hint?: string }[] {
  return choices.map(({ value, label, hint }) => ({
    value,
    label: printableLine(label),
    ...(hint !== undefined && { hint: printableLine(hint) }),
  }));
}

interface Common {
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Puts a question until it is answered, taken back, or left with Ctrl-C, Escape or Ctrl-D. */
async function answered<T>(
  { signal }: QuestionOptions,
  put: (common: Common) => Promise<T | typeof CANCEL_SYMBOL>,
): Promise<T> {
  const { isCancel } = await import("@clack/prompts");
  signal?.throwIfAborted();
  const left = new AbortController();
  // Quirk(clack): after Ctrl-D its promise never settles by itself.
  const onKeypress = (_: unknown, key?: { ctrl?: boolean; name?: string }): void => {
    if (key?.ctrl && key.name === "d") left.abort();
  };
  const onEnd = (): void => left.abort();
  process.stdin.on("keypress", onKeypress).once("end", onEnd);
  try {
    const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    const answer = await put({ output: process.stderr, signal: either });
    if (!isCancel(answer)) return answer;
  } finally {
    process.stdin.off("keypress", onKeypress).off("end", onEnd);
  }
  signal?.throwIfAborted();
  throw stopped();
}
