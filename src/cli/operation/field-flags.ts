import { Argument, InvalidArgumentError, Option, type Command } from "commander";
import type { OperationEntry } from "../../operations/operation.js";
import type { InputField } from "../../operations/input-fields.js";

/** How a field is written on a command line: `--include-body`, or `<message-id>` for a positional one. */
export function flagOf(name: string, entry: Pick<OperationEntry, "positionals">): string {
  return entry.positionals?.includes(name) ? `<${kebabCase(name)}>` : `--${kebabCase(name)}`;
}

/** Gives a command an argument or a flag for each field. */
export function addFields(command: Command, fields: readonly InputField[], entry: OperationEntry): void {
  const positional = positionalFields(fields, entry);
  for (const field of positional) command.addArgument(argumentOf(field, entry));
  const others = fields.filter((field) => !positional.includes(field));
  for (const field of others) for (const option of optionsOf(field, entry)) command.addOption(option);
  const required = others
    .filter((field) => field.required)
    .map((field) => `--${kebabCase(field.name)} ${metavariable(field)}`);
  command.usage([...positional.map(placeOf), ...required, "[options]"].join(" "));
}

/** The input that a command line spells: what was not given is left out. */
export function inputOf(
  command: Command,
  fields: readonly InputField[],
  entry: OperationEntry,
): Record<string, unknown> {
  const positional = positionalFields(fields, entry);
  const valueOf = (field: InputField): unknown => {
    const place = positional.indexOf(field);
    return place >= 0 ? command.processedArgs[place] : command.getOptionValue(attributeOf(field));
  };
  const pairs = fields.map((field) => [field.name, valueOf(field)] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined && !isEmptyList(value)));
}

/** `includeBody` as `include-body`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function positionalFields(fields: readonly InputField[], { positionals = [] }: OperationEntry): InputField[] {
  return positionals.flatMap((name) => fields.filter((field) => field.name === name));
}

function attributeOf(field: InputField): string {
  return new Option(`--${kebabCase(field.name)}`).attributeName();
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0; // what commander has for places that nobody filled
}

function argumentOf(field: InputField, entry: OperationEntry): Argument {
  const argument = new Argument(placeOf(field), describe({ ...field, required: false, list: false }, entry)); // its place says it
  if (field.value.kind === "choice") argument.choices(field.value.choices);
  else argument.argParser(parserOf(field));
  return argument;
}

function placeOf({ name, required, list }: InputField): string {
  const inside = `${kebabCase(name)}${list ? "..." : ""}`;
  return required ? `<${inside}>` : `[${inside}]`;
}

function optionsOf(field: InputField, entry: OperationEntry): Option[] {
  const flag = kebabCase(field.name);
  if (field.value.kind === "switch" && !field.list) {
    const [on, off] = [
      new Option(`--${flag}`, describe(field, entry)),
      new Option(`--no-${flag}`, describe(field, entry)),
    ];
    return field.initially === true ? [on.hideHelp(), off] : [on, off.hideHelp()];
  }
  const option = new Option(`--${flag} ${metavariable(field)}`, describe(field, entry));
  if (field.value.kind === "choice") option.choices(field.value.choices); // completion and help know them so
  if (field.value.kind !== "choice" || field.list) option.argParser(parserOf(field));
  return [option.makeOptionMandatory(field.required)];
}

/** A flag takes one value, and that of a list is repeated: else it would swallow the places that follow it. */
function metavariable({ value }: InputField): string {
  return `<${value.kind === "switch" ? "true|false" : value.kind}>`;
}

function describe({ name, description, required, initially, list }: InputField, { fromStdin }: OperationEntry): string {
  const notes = [
    ...(required ? ["required"] : []),
    ...(list ? ["may be repeated"] : []),
    ...(initially === undefined || typeof initially === "boolean" ? [] : [`default: ${JSON.stringify(initially)}`]),
    ...(name === fromStdin ? ["- reads standard input"] : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join("; ")})`;
}

/** Commander gives each value of a list with those before it. */
function parserOf({ value, list }: InputField): (text: string, previous: unknown) => unknown {
  return (text, previous) => {
    const parsed = parseValue(value, text);
    if (!list) return parsed;
    return Array.isArray(previous) ? [...(previous as unknown[]), parsed] : [parsed];
  };
}

function parseValue(value: InputField["value"], text: string): unknown {
  if (value.kind === "choice" && !value.choices.includes(text)) {
    throw new InvalidArgumentError(`Allowed choices are ${value.choices.join(", ")}.`);
  }
  if (value.kind !== "number") return text;
  const number = Number(text);
  if (text.trim() !== "" && Number.isFinite(number)) return number;
  throw new InvalidArgumentError("It is no number.");
}
