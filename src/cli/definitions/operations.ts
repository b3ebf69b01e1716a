import type { Command } from "commander";
import { operations } from "../../operations/index.js";
import type { Effect, OperationEntry, OperationKind } from "../../operations/operation.js";
import { command, type ProgramContext } from "./command.js";
import { addOperationFlags } from "./operation-flags.js";

const kinds: Readonly<Record<OperationKind, string>> = {
  email: "reads, searches, writes and sorts mail",
  calendar: "reads and plans events, and answers invitations",
};

/** What people are told about an operation's effect. */
export const effects: Readonly<Record<Effect, string>> = {
  read: "Changes nothing.",
  write: "Changes the account; it can be taken back.",
  send: "May reach other people: it shows whom and asks first, unless --yes is given.",
  delete: "Cannot be taken back: it shows what will be done and asks first, unless --yes is given.",
};

const entries = new WeakMap<Command, OperationEntry>();
const complete = new WeakSet<Command>();

/** The commands that are made of the table of operations: a group for each kind, such as `email`. */
export function operationCommands(context: ProgramContext): Command[] {
  return Object.entries(kinds).map(([kind, description]) => {
    const group = asGroup(command(kind)).description(description);
    for (const entry of operations.filter((each) => each.kind === kind)) addOperation(group, entry, context);
    return group;
  });
}

/** The operation that a command is for; undefined for a group and for other commands. */
export function operationOf(leaf: Command): OperationEntry | undefined {
  return entries.get(leaf);
}

/** Gives a command and all below it the flags that they have when they run. */
export async function completeFlags(root: Command): Promise<void> {
  await completeOwnFlags(root);
  for (const each of root.commands) await completeFlags(each);
}

/** A command's own flags are made of schemas, which are loaded when it runs or shows its help, and not before. */
async function completeOwnFlags(leaf: Command): Promise<void> {
  const entry = entries.get(leaf);
  if (!entry || complete.has(leaf)) return;
  complete.add(leaf);
  const [{ inputFields }, { addFields }] = await Promise.all([
    import("../../operations/input-fields.js"),
    import("../operation/field-flags.js"),
  ]);
  addFields(leaf, inputFields((await entry.load()).input), entry);
  addOperationFlags(leaf, entry);
}

function addOperation(group: Command, entry: OperationEntry, context: ProgramContext): void {
  const words = entry.name.split(".").slice(1);
  const leaf = words.reduce((parent, word) => childOf(parent, word), group);
  entries.set(leaf, entry);
  leaf
    .description(entry.summary)
    .addHelpText("after", `\n${effects[entry.effect]}\nExit codes: see maigic-integrations --help.`)
    .action(async () => {
      const { runOperationCommand } = await import("../operation/run-operation-command.js");
      context.endWith(await runOperationCommand(entry, leaf, context));
    });
}

function childOf(parent: Command, name: string): Command {
  return parent.commands.find((each) => each.name() === name) ?? asGroup(parent.command(name));
}

/** Its help lists what is below it in one list, however deep. */
function asGroup(group: Command): Command {
  return group
    .helpCommand(false)
    .usage("<command> [options]")
    .configureHelp({
      visibleCommands: leavesOf,
      subcommandTerm: (leaf) => wordsBetween(group, leaf),
    })
    .hook("preSubcommand", (_, next) => completeOwnFlags(next));
}

function leavesOf(group: Command): Command[] {
  return group.commands.flatMap((each) => [...(entries.has(each) ? [each] : []), ...leavesOf(each)]);
}

function wordsBetween(group: Command, leaf: Command): string {
  return leaf.parent === null || leaf.parent === group
    ? leaf.name()
    : `${wordsBetween(group, leaf.parent)} ${leaf.name()}`;
}
