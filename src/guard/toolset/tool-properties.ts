import { integrationError } from "../../core/errors.js";
import type { InputField } from "../../operations/input-fields.js";
import { fieldWords, wordsOfAll } from "./field-words.js";
import { hasChoiceOfService, type PermittedTool } from "./permitted-tools.js";
import type { ToolProperty } from "./tool-definition.js";

/** What a tool takes of its own, so that no operation may call a field so. */
const ownNames = ["profile", "action", "service", "budget"];

/**
 * The arguments of a tool, by name: its operations' fields, each once, and what says for whom and how much.
 *
 * @throws ConfigurationError `config.invalid` when operations of the table mean different things by a name
 */
export function toolProperties(tool: PermittedTool): Record<string, ToolProperty> {
  const { profiles, actions, kind } = tool;
  const services = profiles.flatMap((profile) => profile.services[kind]);
  const byName = fieldsByName(tool);
  if (readsAnything(tool)) byName.set("cursor", byName.get("cursor") ?? []);
  return {
    profile: { type: "string", enum: profiles.map(({ profile }) => profile) },
    ...(actions.length > 1 && { action: { type: "string", enum: actions.map(({ name }) => name) } }),
    ...(hasChoiceOfService(tool) && { service: { type: "string", enum: [...new Set(services)] } }),
    ...Object.fromEntries([...byName].map(([name, fields]) => [name, propertyOf(tool, name, fields)])),
    ...(readsAnything(tool) && { budget: { type: "integer", description: "tokens; default 2000" } }),
  };
}

/** Whether a tool gives what is as long as it is, and so takes a budget and goes on with a cursor. */
export function readsAnything({ actions }: Pick<PermittedTool, "actions">): boolean {
  return actions.some(({ entry }) => entry.effect === "read");
}

/** The type of a field, as JSON Schema says it. */
export function fieldType({ list, value }: Pick<InputField, "list" | "value">): ToolProperty {
  const words = value.kind === "choice" ? { enum: value.choices } : {};
  if (list) return { type: "array", items: { type: "string", ...words } };
  if (value.kind === "switch") return { type: "boolean" };
  return value.kind === "number" ? { type: "integer" } : { type: "string", ...words };
}

function fieldsByName({ actions }: PermittedTool): Map<string, InputField[]> {
  const byName = new Map<string, InputField[]>();
  for (const field of actions.flatMap(({ fields }) => fields)) {
    byName.set(field.name, [...(byName.get(field.name) ?? []), field]);
  }
  return byName;
}

function propertyOf({ name: tool }: PermittedTool, name: string, fields: readonly InputField[]): ToolProperty {
  const types = fields.map(fieldType);
  if (name === "cursor") types.push({ type: "string" }); // a result's own, which goes on with any of them
  const [type, ...others] = new Map(types.map((each) => [JSON.stringify(each), each])).values();
  if (!type || others.length > 0 || ownNames.includes(name)) {
    throw integrationError("config.invalid", {
      message: `Operations of ${tool} do not agree on what ${name} is.`,
      hint: "Give the field of one of them another name in the table of operations.",
      details: { tool, field: name },
    });
  }
  const description = fieldWords[tool]?.[name] ?? wordsOfAll[name] ?? mostCommon(fields);
  return description === "" ? type : { ...type, description };
}

/** What most of them say of it. */
function mostCommon(fields: readonly InputField[]): string {
  const texts = fields.map(({ description }) => description);
  const times = (text: string): number => texts.filter((each) => each === text).length;
  return texts.toSorted((one, other) => times(other) - times(one))[0] ?? "";
}
