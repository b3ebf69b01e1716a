import type { AssistantTools, ToolOutput } from "maigic-integrations/tools";
import type { ConfirmationWorld, ProfileName } from "./confirmation-world.js";
import { askedWrite, people, writeKinds, type AskedWrite, type WriteKind } from "./planned-writes.js";
import { SandboxWatch, type Seen } from "./sandbox-watch.js";

/** A plan as an assistant knows it. */
export interface Planned {
  readonly profile: ProfileName;
  readonly plan: string;
  readonly hash: string;
  readonly write: AskedWrite;
}

/** The profiles whose plans are confirmed by the policy, by a person in a terminal, and by one in the assistant's program. */
export const confirmedProfiles = ["listed", "asked", "client"] as const;

/** An assistant at work, whoever it listens to, and what the sandbox says of it. */
export class ConfirmationScene {
  readonly world: ConfirmationWorld;
  readonly tools: AssistantTools;
  /** What was not as it is claimed. */
  readonly problems: string[] = [];
  readonly random: () => number;
  /** Limited things that were done, with their days. */
  readonly spent: Set<string> = new Set<string>();
  readonly #watch: SandboxWatch;
  readonly #used: Map<WriteKind, number>;
  #turn = 0;

  /** @param used - how many things of each kind were used up in that world */
  constructor(
    world: ConfirmationWorld,
    tools: AssistantTools,
    random: () => number,
    used: Map<WriteKind, number> = new Map(),
  ) {
    this.world = world;
    this.tools = tools;
    this.random = random;
    this.#used = used;
    this.#watch = new SandboxWatch(world.sandbox, Object.values(people));
  }

  oneOf<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error("There is nothing to choose from.");
    return choices[Math.floor(this.random() * choices.length)] as T; // which may be undefined itself
  }

  /** Something that was not asked for yet. @param kind - default: each in its turn */
  write(kind: WriteKind = writeKinds[this.#turn++ % writeKinds.length] ?? "mail", to?: string): AskedWrite {
    const number = this.#used.get(kind) ?? 0;
    this.#used.set(kind, number + 1);
    return askedWrite(kind, number, this.world.places, to);
  }

  async plan(
    profile: ProfileName,
    write: AskedWrite = this.write(),
    tools: AssistantTools = this.tools,
  ): Promise<Planned> {
    const planned = await tools.call(write.tool, { profile, ...write.args });
    const { plan, hash } = JSON.parse(planned.text) as Partial<Planned>;
    if (plan === undefined || hash === undefined) throw new Error(`${write.kind} was not planned: ${planned.text}`);
    return { profile, plan, hash, write };
  }

  /** Plans something, and has the person confirm it where one is to; what is left out of a commit is all that is wrong. */
  async confirmed(profile: ProfileName = this.oneOf(confirmedProfiles), write?: AskedWrite): Promise<Planned> {
    const planned = await this.plan(profile, write);
    await this.confirm(planned);
    return planned;
  }

  /** The person says yes to a plan, wherever they are asked. */
  async confirm({ profile, plan, write }: Planned): Promise<void> {
    this.world.answer = (text) => text.includes(write.shows);
    if (profile !== "asked") return;
    const { code, stderr } = await this.world.approve(plan, { says: true, sees: write.shows });
    if (code !== 0) this.problems.push(`${write.kind}: approve ended with ${code}: ${stderr}`);
  }

  commit(
    { profile, plan, hash }: Omit<Planned, "write">,
    more: object = {},
    tools: AssistantTools = this.tools,
  ): Promise<ToolOutput> {
    return tools.call("commit", { profile, plan, hash, ...more });
  }

  /** Expects that nothing was done since it was looked at last. */
  expectNothing(what: string): void {
    const { changed, asked } = this.#watch.look();
    if (asked.length > 0) this.problems.push(`${what}: the sandbox was asked for ${asked.join(", ")}`);
    if (changed) this.problems.push(`${what}: the sandbox holds something else`);
  }

  /** Expects that some work does a write, once. */
  async expectOnce(what: string, write: AskedWrite, work: () => Promise<readonly ToolOutput[]>): Promise<void> {
    this.expectNothing(`${what}, before it`);
    const outputs = await work();
    const done = outputs.filter(({ isError }) => !isError).length;
    if (done !== 1) this.problems.push(`${what}: ${done} say that it was done, of ${JSON.stringify(outputs)}`);
    this.problems.push(...onceProblems(write, this.#watch.look()).map((problem) => `${what}: ${problem}`));
  }

  /** Somebody else changes something meanwhile, which is none of the assistant's doing. */
  async elsewhere(work: () => Promise<unknown>): Promise<void> {
    this.expectNothing("before somebody else changes something");
    await work();
    if (!this.#watch.look().changed) throw new Error("Nobody changed anything.");
  }
}

function onceProblems({ kind, asks, held }: AskedWrite, { before, after, asked }: Seen): string[] {
  const [was, is] = [held(before), held(after)];
  return [
    ...(was === 0 && is === 1 ? [] : [`${kind} is held ${is} times, and was ${was} times`]),
    ...(asked.join() === asks.join() ? [] : [`${kind} took ${asked.join(", ") || "no request"}`]),
  ];
}
