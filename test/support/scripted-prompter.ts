import { stopped } from "../../src/cli/terminal/stopped.js";
import type { Prompter } from "../../src/setup/prompter.js";

/** What a question is answered with: a text or value, several values, yes or no, or not at all until it is taken back. */
export type Answer = string | readonly string[] | boolean | typeof waits;

/** Leaves a question open. */
export const waits: unique symbol = Symbol("waits");

/** A person's script. */
export interface Script {
  /** By a part of the question's text; of several answers each is given once, the last one again and again. */
  readonly answers: readonly (readonly [question: string, ...answers: Answer[]])[];
  /** What the person does with an address. */
  readonly visit?: (url: string) => Promise<void> | void;
  /** The number of the question, from 0, at which the person leaves. */
  readonly stopAt?: number;
  /** Whether anybody is there; default: yes. */
  readonly interactive?: boolean;
}

/** A prompter that answers as its script says, and fails on a question that is not in it. */
export interface ScriptedPrompter extends Prompter {
  readonly asked: string[];
  readonly said: string[];
  readonly shown: string[];
  /** The question at which the person left. */
  readonly left: string | undefined;
}

/** Makes one. */
export function scriptedPrompter({ answers, visit, stopAt, interactive = true }: Script): ScriptedPrompter {
  const open = new Map(answers.map(([question, ...given]) => [question, [...given]]));
  const asked: string[] = [];
  const said: string[] = [];
  const shown: string[] = [];
  let left: string | undefined;
  const next = (question: string): Answer => {
    if (asked.length === stopAt) {
      left = question;
      throw stopped();
    }
    asked.push(question);
    const given = [...open].find(([part]) => question.includes(part))?.[1];
    const answer = given && given.length > 1 ? given.shift() : given?.[0];
    if (answer === undefined) throw new Error(`An unexpected question: ${question}`);
    return answer;
  };
  const valid = (question: string, answer: Answer, choices: readonly { readonly value: string }[]): string => {
    if (choices.some(({ value }) => value === answer)) return String(answer);
    throw new Error(`"${String(answer)}" is no choice of: ${question}`);
  };
  return {
    interactive,
    asked,
    said,
    shown,
    get left() {
      return left;
    },
    say: (message) => void said.push(message),
    choose: async (question, choices) => valid(question, next(question), choices),
    async chooseSeveral(question, choices) {
      const answer = next(question);
      return (Array.isArray(answer) ? (answer as readonly string[]) : []).map((each) => valid(question, each, choices));
    },
    confirm: async (question) => next(question) === true,
    async ask(question, { check, signal } = {}) {
      for (;;) {
        const answer = next(question);
        if (answer === waits) {
          return new Promise((_, reject) => {
            signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
          });
        }
        const problem = await check?.(String(answer));
        if (problem === undefined) return String(answer);
        said.push(problem);
      }
    },
    async showAddress(url) {
      shown.push(url);
      await visit?.(url);
    },
    during: (_, work) => work(),
  };
}
