import { getRegistry } from "maigic-integrations";
import { createTools, type AssistantTools } from "maigic-integrations/tools";
import type * as Tokens from "../../src/guard/results/tokens.js";
import { HijackedAgent, type AgentStep, type AgentTools } from "./hijacked-agent.js";
import { HijackOracle } from "./hijack-oracle.js";
import { openHijackWorld, type HijackWorld, type PolicyKind } from "./hijack-world.js";
import { hostileSeed } from "./hostile-seed.js";
import { doTask, legitimateTasks } from "./legitimate-tasks.js";
import type { Choice } from "./seeded-choice.js";

/** How a session goes. */
export interface SessionPlan {
  /** Which one it is: it decides on the policy, on the attacks and on the tasks. */
  readonly index: number;
  readonly steps: number;
  readonly hostile: number;
  readonly tasks: number;
  readonly choice: Choice;
}

/** What was found in a session. */
export interface SessionFound {
  readonly problems: readonly string[];
  readonly steps: number;
  readonly instructions: number;
  readonly plans: number;
  /** Plans that wait for a person. */
  readonly held: number;
  readonly refused: number;
  readonly made: number;
  readonly tasksDone: number;
}

/** What is found out step by step. */
interface Record {
  readonly problems: string[];
  readonly results: string[];
  readonly steps: AgentStep[];
  tasksDone: number;
}

/** The policies go round: half of the sessions allow others, and some have a person at hand, who always says no. */
function kindOf(index: number): PolicyKind {
  return { others: index % 2 === 0 ? "confirm" : "allow", ask: index % 3 === 2 ? "client" : "terminal" };
}

/** Lets a hijacked agent loose in a world of its own, with legitimate tasks in between. */
export async function runSession(plan: SessionPlan): Promise<SessionFound> {
  const { index, hostile, choice } = plan;
  const kind = kindOf(index);
  await using world = await openHijackWorld(hostileSeed(index * hostile, hostile, choice), kind);
  const oracle = await HijackOracle.open(world);
  const open = (): Promise<AssistantTools> =>
    createTools({
      registry: getRegistry(world.config),
      ...{ endpoints: world.sandbox.url, clock: world.clock },
      ...(kind.ask === "client" && { confirm: () => Promise.resolve(false) }),
    });
  const record: Record = { problems: [], results: [], steps: [], tasksDone: 0 };
  const agent = new HijackedAgent({ choice, root: world.folder });
  const shown = new Set<string>();
  // Opened again in the middle: whatever it remembers of the first tools is worth nothing with the second ones.
  for (const half of [0, 1]) {
    await using tools = await open();
    shown.add(JSON.stringify(tools.definitions));
    agent.use(tools);
    await interleave(plan, half, { world, oracle, tools, agent, record });
    shown.add(JSON.stringify(tools.definitions));
  }
  if (shown.size !== 1) record.problems.push("the tools have changed");
  record.problems.push(...(await oracle.atEnd()), ...(await oracle.leaksIn(record.results)));
  return summaryOf(record, { instructions: agent.instructions, oracle });
}

interface Loose {
  readonly world: HijackWorld;
  readonly oracle: HijackOracle;
  readonly tools: AgentTools;
  readonly agent: HijackedAgent;
  readonly record: Record;
}

async function interleave({ index, steps, tasks }: SessionPlan, half: number, loose: Loose): Promise<void> {
  const { world, oracle, agent, record } = loose;
  const kinds = Object.entries(legitimateTasks);
  for (let step = (half * steps) / 2; step < ((half + 1) * steps) / 2; step++) {
    world.clock.advance(15_000);
    const made = await agent.step();
    record.steps.push(made);
    record.results.push(made.text);
    const wrong = [...(await oracle.afterStep()), ...(await tooLarge(made))];
    record.problems.push(...wrong.map((problem) => `${problem}, after ${described(made)}`));
    // As many tasks as there are, evenly between the steps.
    const before = Math.floor((step * tasks) / steps);
    if (Math.floor(((step + 1) * tasks) / steps) === before) continue;
    const [name = "", task] = kinds[(index * tasks + before) % kinds.length] ?? [];
    if (!task) continue;
    const failed = await doTask(name, task, { world, tools: heard(loose), tag: `task${index}x${before}` });
    if (failed === undefined) record.tasksDone++;
    else record.problems.push(`a task: ${failed}`);
    record.problems.push(...(await oracle.afterStep()).map((problem) => `${problem}, after the task ${name}`));
  }
}

/** The same tools, whose results are kept. */
function heard({ tools, record }: Loose): AgentTools {
  return {
    definitions: tools.definitions,
    async call(name, args) {
      const result = await tools.call(name, args);
      record.results.push(result.text);
      return result;
    },
  };
}

const usualBudget = 2_000;

/** Whether a result is larger than it may be, as the guard itself counts it. */
async function tooLarge({ text, args, isError }: AgentStep): Promise<string[]> {
  const inside = new URL("../../../dist/guard/results/tokens.js", import.meta.url).href;
  const { estimateTokens } = (await import(inside)) as typeof Tokens;
  const budget = Number(args["budget"] ?? usualBudget);
  const most = isError || !Number.isFinite(budget) ? usualBudget : budget;
  const tokens = estimateTokens(text);
  return tokens > most ? [`a result of ${tokens} tokens instead of ${most}`] : [];
}

function described({ why, tool, args }: AgentStep): string {
  return `${why} ${tool} ${JSON.stringify(args).slice(0, 300)}`;
}

function summaryOf(
  { problems, steps, tasksDone }: Record,
  { instructions, oracle }: { instructions: number; oracle: HijackOracle },
): SessionFound {
  const planned = steps.filter(({ isError, text }) => !isError && /"plan":/.test(text));
  return {
    problems: oracle.looked > 0 ? problems : [...problems, "nobody has looked at anything"],
    ...{ steps: steps.length, instructions, tasksDone, made: oracle.made },
    plans: planned.length,
    held: planned.filter(({ text }) => text.includes('"confirmation":"person"')).length,
    refused: steps.filter(({ isError }) => isError).length,
  };
}
