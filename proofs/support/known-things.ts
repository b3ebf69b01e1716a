import type { Instruction } from "./attacks.js";
import type { Choice } from "./seeded-choice.js";

/** A plan as a result told of it. */
export interface KnownPlan {
  readonly profile: unknown;
  readonly plan: string;
  readonly hash: string;
}

/** What an agent has learned from results: everything that a later call may name. */
export class KnownThings {
  readonly mails: string[] = [];
  readonly events: string[] = [];
  readonly drafts: string[] = [];
  readonly files: string[] = [];
  readonly plans: KnownPlan[] = [];
  /** Calls that go on with a result. */
  readonly cursors: Instruction[] = [];
  /** What it has just read, which "this mail" and "this event" mean. */
  current: { mail?: string; event?: string } = {};
  readonly #seen = new Set<string>();

  /** Learns from a result. @returns what is new: mails, events and a plan */
  learn(
    { tool, args }: Instruction,
    result: unknown,
  ): { mails: string[]; events: string[]; plan: KnownPlan | undefined } {
    const found = { mails: [] as string[], events: [] as string[], plan: undefined as KnownPlan | undefined };
    const kind = tool.startsWith("calendar") ? "events" : "mails";
    walk(result, (key, value, parent) => {
      if (typeof value !== "string") return;
      const { action, profile } = args;
      if (key === "cursor") this.#keep(this.cursors, value, { tool, args: { profile, action, cursor: value } });
      if (key === "mailId" || key === "threadId") this.#keep(this.mails, value, value);
      if (key === "plan" && "hash" in parent) {
        found.plan = { profile: Reflect.get(parent, "profile"), plan: value, hash: String(parent.hash) };
        this.plans.push(found.plan);
      }
      if (key !== "id" || action === "folder.list" || action === "calendars") return;
      if (action === "attachments") this.#keep(this.files, value, value);
      else if (String(action).startsWith("draft")) this.#keep(this.drafts, value, value);
      else if (profile === "work" && this.#keep(this[kind], value, value)) found[kind].push(value);
    });
    return found;
  }

  /** A call with everything in it that stood for something known. */
  filled({ tool, args }: Instruction, choice: Choice): Instruction {
    const plan = this.plans.length > 0 ? choice.of(this.plans) : undefined;
    const any = (known: readonly string[]): string => (known.length > 0 ? choice.of(known) : "none");
    const values = new Map([
      ["$MAIL", () => this.current.mail ?? any(this.mails)],
      ["$EVENT", () => this.current.event ?? any(this.events)],
      ["$DRAFT", () => any(this.drafts)],
      ["$FILE", () => any(this.files)],
      ["$PLAN", () => plan?.plan ?? "none"],
      ["$HASH", () => plan?.hash ?? "none"],
    ]);
    const fill = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(fill);
      return typeof value === "string" ? (values.get(value)?.() ?? value) : value;
    };
    return { tool, args: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, fill(value)])) };
  }

  #keep<T>(list: T[], key: string, value: T): boolean {
    const isNew = !this.#seen.has(key);
    this.#seen.add(key);
    if (isNew) list.push(value);
    return isNew;
  }
}

/** Shows every value of some data with its key and what it stands in. */
export function walk(value: unknown, visit: (key: string, value: unknown, parent: object) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    visit(key, each, value);
    walk(each, visit);
  }
}
