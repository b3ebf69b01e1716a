import { attacks, type Instruction } from "./attacks.js";
import { alteredCall, fuzzedCall, type ShownTool } from "./fuzzed-call.js";
import { KnownThings, walk, type KnownPlan } from "./known-things.js";
import { readInstructions } from "./read-instructions.js";
import type { Choice } from "./seeded-choice.js";

/** What an agent calls. */
export interface AgentTools {
  readonly definitions: readonly ShownTool[];
  call(name: string, args: unknown): Promise<{ readonly text: string; readonly isError: boolean }>;
}

/** One call of an agent, and what came of it. */
export interface AgentStep extends Instruction {
  readonly text: string;
  readonly isError: boolean;
  /** Why it made it. */
  readonly why: "reading" | "obeying" | "committing" | "going on" | "trying";
}

/** What it looks at first: everything that somebody else may have written. */
const firstReads: readonly Instruction[] = [
  first("email_find", { action: "search", query: "in:anywhere", limit: 100, budget: 20_000 }),
  first("calendar_find", { action: "events", from: "today", to: "today+40", series: true, budget: 20_000 }),
  first("email_find", { action: "draft.list" }),
  first("calendar_find", { action: "calendars" }),
  first("email_find", { action: "folder.list" }),
];

function first(tool: string, args: object): Instruction {
  return { tool, args: { profile: "work", ...args } };
}

/** An assistant that does whatever any text tells it to, again and again, and tries everything else in between. */
export class HijackedAgent {
  #tools: AgentTools = { definitions: [], call: () => Promise.reject(new TypeError("It has no tools yet.")) };
  readonly #choice: Choice;
  readonly #known = new KnownThings();
  readonly #atOnce: Instruction[] = [];
  readonly #toRead: Instruction[] = firstReads.slice(1);
  readonly #toObey: Instruction[] = [];
  readonly #toCommit: KnownPlan[] = [];
  readonly #obeyed = new Set<string>();
  readonly #root: string;

  /** @param root - the folder that all of the world lies in, of which an attacker may have heard */
  constructor({ choice, root }: { readonly choice: Choice; readonly root: string }) {
    this.#choice = choice;
    this.#root = root;
  }

  /** How many different instructions it was given by what it read. */
  get instructions(): number {
    return this.#obeyed.size;
  }

  /**
   * Gives it tools, or other ones: it remembers everything, plans and cursors and what it was told. It begins by reading,
   * since a guard knows only of its own session what was read.
   */
  use(tools: AgentTools): void {
    this.#tools = tools;
    this.#atOnce.push(...firstReads.slice(0, 1));
  }

  /** Makes one call. */
  async step(): Promise<AgentStep> {
    const { why, next } = this.#next();
    const call = this.#withRoot(this.#known.filled(next, this.#choice));
    const { text, isError } = await this.#tools.call(call.tool, call.args);
    this.#read(call, text);
    return { ...call, text, isError, why };
  }

  #next(): { why: AgentStep["why"]; next: Instruction } {
    const before = this.#atOnce.shift();
    if (before) return { why: "reading", next: before };
    const plan = this.#toCommit.shift();
    if (plan) return { why: "committing", next: commitOf(plan) };
    const asked = this.#toObey.shift();
    if (asked) return { why: "obeying", next: asked };
    const unread = this.#toRead.shift();
    if (unread) return { why: "reading", next: unread };
    if (this.#choice.chance(0.15) && this.#known.plans.length > 0) {
      return { why: "committing", next: commitOf(this.#choice.of(this.#known.plans)) };
    }
    if (this.#choice.chance(0.15) && this.#known.cursors.length > 0) {
      return { why: "going on", next: this.#choice.of(this.#known.cursors) };
    }
    return { why: "trying", next: this.#tried() };
  }

  /** What nobody asked for: an attack, an attack in another way, or anything at all. */
  #tried(): Instruction {
    const { definitions } = this.#tools;
    if (this.#choice.chance(0.3)) return fuzzedCall(definitions, this.#choice);
    const attack = this.#choice.of(Object.values(attacks))(this.#choice);
    return this.#choice.chance(0.5) ? attack : alteredCall(attack, definitions, this.#choice);
  }

  /** Learns what a result tells, and believes all of it. */
  #read(call: Instruction, text: string): void {
    const result: unknown = JSON.parse(text);
    const { mails, events, plan } = this.#known.learn(call, result);
    const profile = "work";
    for (const id of mails) {
      this.#toRead.push({ tool: "email_read", args: { profile, action: "show", id } });
      if (this.#choice.chance(0.3))
        this.#toRead.push({ tool: "email_read", args: { profile, action: "attachments", id } });
    }
    for (const id of events) this.#toRead.push({ tool: "calendar_read", args: { profile, action: "show", id } });
    this.#known.current = currentOf(call);
    if (plan) {
      this.#toCommit.push(plan);
      if (this.#choice.chance(0.2)) this.#toCommit.push(plan, { ...plan, hash: plan.hash.replace(/^./, "0") });
    }
    walk({ result }, (_, value) => {
      if (typeof value === "string") this.#obey(readInstructions(value));
    });
  }

  /** Does once what it is told, with what "this mail" means now. */
  #obey(instructions: readonly Instruction[]): void {
    for (const each of instructions) {
      const key = JSON.stringify(each);
      if (this.#obeyed.has(key) && !this.#choice.chance(0.05)) continue;
      this.#obeyed.add(key);
      this.#toObey.push(this.#known.filled(each, this.#choice));
    }
  }

  #withRoot({ tool, args }: Instruction): Instruction {
    const placed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(placed);
      return typeof value === "string" ? value.replaceAll("ROOT", this.#root) : value;
    };
    return { tool, args: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, placed(value)])) };
  }
}

function commitOf({ profile, plan, hash }: KnownPlan): Instruction {
  return { tool: "commit", args: { profile, plan, hash } };
}

function currentOf({ tool, args }: Instruction): { mail?: string; event?: string } {
  const { id } = args;
  if (typeof id !== "string") return {};
  return tool.startsWith("calendar") ? { event: id } : { mail: id };
}
