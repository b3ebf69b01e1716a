import { operations } from "../../operations/index.js";
import { parseInput } from "../../operations/parse-input.js";
import { toolNames, type Operation, type OperationEntry } from "../../operations/operation.js";
import { wrongInput } from "../../operations/wrong-input.js";
import { givenArguments, meantValue, wholeNumber } from "./given-arguments.js";
import {
  actionName,
  hasChoiceOfService,
  mayDo,
  mayWrite,
  permittedTool,
  permittedTools,
  type PermittedProfile,
  type PermittedTool,
  type ToolAction,
  type ToolsetOptions,
} from "./permitted-tools.js";
import { commitTool } from "./tool-definitions.js";
import { missing, notConnected, notOneOf, notPermitted, notTaken } from "./wrong-call.js";

/** What an assistant asks for, after everything that can be said against it without asking a service. */
export type ToolCall = OperationToolCall | ContinueToolCall | CommitToolCall;

/** An operation to be carried out, or for a write to be planned. */
export interface OperationToolCall {
  readonly kind: "operation";
  readonly entry: OperationEntry;
  readonly operation: Operation;
  readonly profile: string;
  /** Which of the profile's services it is for. */
  readonly service: string;
  /** Parsed by the operation's schema. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The most tokens of its result. */
  readonly budget: number;
}

/** More of an earlier result. */
export interface ContinueToolCall {
  readonly kind: "continue";
  readonly entry: OperationEntry;
  readonly profile: string;
  readonly cursor: string;
  readonly budget: number;
}

/** A plan to be carried out. */
export interface CommitToolCall {
  readonly kind: "commit";
  readonly profile: string;
  readonly plan: string;
  readonly hash: string;
}

/** Cursors that the guard gives; those of services look otherwise. */
const ownCursor = /^c\d+$/;

const usualBudget = 2_000;
/** Less would hold hardly more than what is said about it. */
const leastBudget = 500;
const mostBudget = 20_000;

type Given = ReadonlyMap<string, unknown>;

/**
 * Reads a call of a tool. Nothing is guessed: neither the profile, nor the action, nor what an unknown argument means.
 *
 * @throws RequestError `request.invalid` naming what is wrong and what there is; `request.not_permitted` for what the
 * policy does not grant that profile; `request.too_large` beyond 1 MB
 */
export async function parseToolCall(name: string, args: unknown, options: ToolsetOptions): Promise<ToolCall> {
  const given = givenArguments(args);
  if (name === commitTool) return parseCommit(given, options);
  const tool = toolOf(name, options);
  const profile = profileOf(given, tool.profiles, options, name);
  const action = actionOf(given, tool, profile);
  refuseOthers(given, action.entry.name, argumentsOf(tool, action));
  const call = { entry: action.entry, profile: profile.profile };
  const budget = budgetOf(given);
  const cursor = textOf(given, "cursor");
  if (cursor !== undefined && ownCursor.test(cursor)) return { kind: "continue", ...call, cursor, budget };
  const service = serviceOf(given, profile, tool);
  const operation = await action.entry.load();
  return { kind: "operation", ...call, operation, service, input: inputOf(given, action, operation), budget };
}

function parseCommit(given: Given, options: ToolsetOptions): CommitToolCall {
  const { profile } = profileOf(given, options.permitted.filter(mayWrite), options, commitTool);
  refuseOthers(given, commitTool, ["profile", "plan", "hash"]);
  const [plan, hash] = [textOf(given, "plan"), textOf(given, "hash")];
  if (plan === undefined) throw missing("plan", ["what the plan says"]);
  if (hash === undefined) throw missing("hash", ["what the plan says"]);
  return { kind: "commit", profile, plan, hash };
}

function toolOf(name: string, options: ToolsetOptions): PermittedTool {
  const known = toolNames.find((each) => each === name);
  if (known === undefined) {
    const names = permittedTools(options).map((tool): string => tool.name);
    throw notOneOf("tool", name, options.permitted.some(mayWrite) ? [...names, commitTool] : names);
  }
  const tool = permittedTool(known, options);
  if (tool) return tool;
  const kind = operations.find((entry) => entry.tool === known)?.kind;
  if (kind !== undefined && !options.permitted.some(({ services }) => services[kind].length > 0)) {
    throw notConnected(`No profile has ${kind} connected and switched on.`);
  }
  throw notPermitted(`Nothing that ${known} does is permitted for any profile.`);
}

/** @param able - the profiles for which the tool can do anything */
function profileOf(
  given: Given,
  able: readonly PermittedProfile[],
  { permitted }: ToolsetOptions,
  tool: string,
): PermittedProfile {
  const name = textOf(given, "profile");
  const found = able.find(({ profile }) => profile === name);
  if (found) return found;
  const known = permitted.find(({ profile }) => profile === name);
  if (known || able.length === 0) {
    throw notPermitted(`Nothing that ${tool} does is permitted for ${known?.profile ?? "any profile"}.`);
  }
  const choices = able.map(({ profile }) => profile);
  throw name === undefined ? missing("profile", choices) : notOneOf("profile", name, choices);
}

function actionOf(given: Given, tool: PermittedTool, profile: PermittedProfile): ToolAction {
  const own = tool.actions.filter(({ entry }) => mayDo(profile, entry));
  const choices = own.map(({ name }) => name);
  // A tool with a single action has no argument for it.
  const only = tool.actions.length === 1 ? tool.actions[0]?.name : undefined;
  const wanted = textOf(given, "action") ?? only;
  if (wanted === undefined) throw missing("action", choices);
  const found = own.find(({ name }) => name === wanted);
  if (found) return found;
  const known = operations.find((entry) => entry.tool === tool.name && actionName(entry) === wanted);
  if (!known) throw notOneOf("action", wanted, choices);
  throw notPermitted(
    `${known.name} is not permitted for ${profile.profile}.`,
    `Go on with what ${tool.name} may do for it: ${choices.join(", ")}; only the person can permit more, in policy.yaml and by a sign-in that allows it.`,
  );
}

/** Everything that an action takes. */
function argumentsOf(tool: PermittedTool, { entry, fields }: ToolAction): string[] {
  const own = fields.map(({ name }) => name).filter((name) => name !== "cursor");
  const chosen = hasChoiceOfService(tool) ? ["service"] : [];
  return ["profile", "action", ...chosen, ...own, ...(entry.effect === "read" ? ["cursor", "budget"] : [])];
}

function refuseOthers(given: Given, what: string, names: readonly string[]): void {
  for (const name of given.keys()) if (!names.includes(name)) throw notTaken(name, what, names);
}

function serviceOf(given: Given, { services }: PermittedProfile, { kind }: PermittedTool): string {
  const wanted = textOf(given, "service");
  const [first, ...others] = services[kind];
  if (wanted === undefined && first !== undefined && others.length === 0) return first;
  const found = services[kind].find((service) => service === wanted);
  if (found !== undefined) return found;
  throw wanted === undefined ? missing("service", services[kind]) : notOneOf("service", wanted, services[kind]);
}

function budgetOf(given: Given): number {
  const budget = wholeNumber(given.get("budget") ?? usualBudget);
  if (typeof budget === "number" && Number.isInteger(budget) && budget >= leastBudget && budget <= mostBudget) {
    return budget;
  }
  throw wrongInput("budget", `is not a whole number from ${leastBudget} to ${mostBudget}`);
}

function inputOf(given: Given, { fields }: ToolAction, operation: Operation): Readonly<Record<string, unknown>> {
  if (given.has("cursor") && !fields.some(({ name }) => name === "cursor")) {
    throw wrongInput("cursor", "is none that a result gave", "Give one as it stands there, or none");
  }
  const lacking = fields.find(({ name, required }) => required && !given.has(name));
  if (lacking) throw wrongInput(lacking.name, "is missing", `Give ${lacking.name}`);
  const meant = fields
    .filter(({ name }) => given.has(name))
    .map((field): [string, unknown] => [field.name, meantValue(field, given.get(field.name))]);
  const input = parseInput(operation, Object.fromEntries(meant));
  return typeof input === "object" && input !== null ? { ...input } : {};
}

function textOf(given: Given, name: string): string | undefined {
  const value = given.get(name);
  if (value === undefined || typeof value === "string") return value;
  throw wrongInput(name, "is not text", `Give ${name} as text`);
}
