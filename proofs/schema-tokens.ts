import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmailClient } from "maigic-integrations";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { assistantTasks, runTask, taskScene } from "./support/assistant-tasks.js";
import { assistantWorld, worldFile, worldGrants, worldProfiles } from "./support/assistant-world.js";
import { outcome, type Outcome } from "./support/proof.js";
import { allTools, tableRows, type TableRow } from "./support/toolset.js";
import { openToolsWorld } from "./support/tools-world.js";

export const name = "schema-tokens";
export const claim =
  "an assistant with two profiles that may do everything sees at most 12 tools in less than 3,000 tokens of schema, every argument typed, and reaches every operation with all of its fields; 40 tasks take it at most two calls each";

const mostTools = 12;
const tokensBelow = 3_000;

/** A tool as it is shown: read as if it were somebody else's, so that nothing of it is taken for granted. */
interface ShownTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: unknown;
}

export async function run(): Promise<Outcome> {
  const [defined, rows, tasks] = [await allTools(), await tableRows(), await doTasks()];
  const tools = defined.map(({ name: tool, description, inputSchema }) => ({ name: tool, description, inputSchema }));
  const problems = problemsOf(tools, rows);
  const noticed = (changed: readonly ShownTool[]): boolean => problemsOf(changed, rows).length > 0;
  return outcome(
    {
      figure: [
        `${tools.length} tools in ${tokensOf(tools)} tokens for ${rows.length} operations`,
        `${problems.length} problems`,
        ...problems.slice(0, 5),
        `${tasks.done} of ${tasks.count} tasks done in at most ${tasks.mostCalls} calls`,
        ...tasks.problems.slice(0, 5),
      ].join(", "),
      target: `at most ${mostTools} tools in less than ${tokensBelow} tokens, 0 problems, all of 40 tasks in at most 2 calls`,
      holds: problems.length === 0 && tasks.done === 40 && tasks.count === 40 && tasks.mostCalls <= 2,
    },
    {
      "a tool that is missing": noticed(tools.slice(1)),
      "an action that is missing": noticed(withProperty(tools, "action", { type: "string", enum: ["search"] })),
      "a field that is missing": noticed(withProperty(tools, "query", undefined)),
      "a free-form argument": noticed(withProperty(tools, "extra", { type: "object" })),
      "a list of anything": noticed(withProperty(tools, "extra", { type: "array" })),
      "an argument without a type": noticed(withProperty(tools, "extra", { description: "anything" })),
      "arguments besides the schema's": noticed(tools.map((tool) => ({ ...tool, inputSchema: openSchema(tool) }))),
      "a task that is not done": tasks.isNoticed,
      "too many words": noticed(tools.map((tool) => ({ ...tool, description: tool.description.repeat(3) }))),
    },
  );
}

/** What became of the tasks, and whether one that gives something else is noticed. */
interface TasksDone {
  readonly count: number;
  readonly done: number;
  readonly mostCalls: number;
  readonly problems: readonly string[];
  readonly isNoticed: boolean;
}

/** Does the tasks as an assistant would, with the tools that a program is given. */
async function doTasks(): Promise<TasksDone> {
  const now = Date.now();
  const grants = { work: worldGrants };
  await using world = await openToolsWorld(assistantWorld(now), { profiles: worldProfiles, grants });
  await writeFile(join(world.attachmentsDir, worldFile.name), worldFile.content);
  await using tools = await world.openTools();
  await using email = createEmailClient("google_gmail", { ...world.options, userId: "work" });
  const tasks = assistantTasks(await taskScene(email, now));
  const problems: string[] = [];
  for (const task of tasks) {
    const problem = await runTask((tool, args) => tools.call(tool, args), task);
    if (problem !== undefined) problems.push(problem);
  }
  const [first] = tasks;
  const other =
    first && (await runTask((tool, args) => tools.call(tool, args), { ...first, expect: ["nothing like it"] }));
  return {
    ...{ count: tasks.length, done: tasks.length - problems.length, problems, isNoticed: other !== undefined },
    mostCalls: Math.max(...tasks.map(({ calls }) => calls.length)),
  };
}

function tokensOf(tools: readonly ShownTool[]): number {
  return encode(JSON.stringify(tools)).length;
}

function problemsOf(tools: readonly ShownTool[], rows: readonly TableRow[]): string[] {
  const tokens = tokensOf(tools);
  return [
    ...(tools.length > mostTools ? [`${tools.length} tools`] : []),
    ...(tokens >= tokensBelow ? [`${tokens} tokens`] : []),
    ...tools.flatMap(looseEnds),
    ...rows.flatMap((row) => outOfReach(row, tools)),
  ];
}

/** What of a tool's arguments could be anything. */
function looseEnds({ name: tool, inputSchema }: ShownTool): string[] {
  const { type, additionalProperties } = fieldsOf(inputSchema);
  const properties = Object.entries(propertiesOf(inputSchema));
  return [
    ...(type === "object" && additionalProperties === false ? [] : [`${tool} takes anything`]),
    ...properties.filter(([, property]) => !isTyped(property)).map(([field]) => `${tool}.${field} can be anything`),
  ];
}

function isTyped(property: unknown): boolean {
  const { type, items } = fieldsOf(property);
  return ["string", "integer", "boolean"].includes(String(type)) || (type === "array" && isTyped(items));
}

/** What an assistant cannot do of an operation. */
function outOfReach({ name: operation, tool, action, fields }: TableRow, tools: readonly ShownTool[]): string[] {
  const found = tools.find((each) => each.name === tool);
  if (!found) return [`there is no ${tool} for ${operation}`];
  const properties = propertiesOf(found.inputSchema);
  const actions = fieldsOf(properties["action"])["enum"];
  const isAction = Array.isArray(actions) && actions.includes(action);
  const lacking = fields.filter((field) => !(field in properties));
  return [
    ...(isAction ? [] : [`${tool} has no action for ${operation}`]),
    ...lacking.map((field) => `${tool} lacks ${field} of ${operation}`),
  ];
}

function propertiesOf(inputSchema: unknown): Readonly<Record<string, unknown>> {
  return fieldsOf(fieldsOf(inputSchema)["properties"]);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Breaks the first tool. */
function withProperty([first, ...others]: readonly ShownTool[], field: string, property: unknown): ShownTool[] {
  if (!first) return [];
  const kept = Object.entries(propertiesOf(first.inputSchema)).filter(([each]) => each !== field);
  const properties = Object.fromEntries(property === undefined ? kept : [...kept, [field, property]]);
  return [{ ...first, inputSchema: { ...fieldsOf(first.inputSchema), properties } }, ...others];
}

function openSchema({ inputSchema }: ShownTool): unknown {
  return { ...fieldsOf(inputSchema), additionalProperties: true };
}
