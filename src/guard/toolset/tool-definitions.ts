import { mayWrite, permittedTools, type PermittedTool, type ToolsetOptions } from "./permitted-tools.js";
import type { ToolDefinition } from "./tool-definition.js";
import { readsAnything, toolProperties } from "./tool-properties.js";

/** The tool that carries out what the others planned. */
export const commitTool = "commit";

/**
 * What an assistant is shown: a tool for each `ToolName` that can do anything for at least one profile, made of the table
 * of operations, and one that commits plans where anything may be changed.
 *
 * @throws ConfigurationError `config.invalid` when operations of the table mean different things by a name
 */
export function toolDefinitions(options: ToolsetOptions): ToolDefinition[] {
  const definitions = permittedTools(options).map(definitionOf);
  const writers = options.permitted.filter(mayWrite).map(({ profile }) => profile);
  return writers.length === 0 ? definitions : [...definitions, commitDefinition(writers)];
}

function definitionOf(tool: PermittedTool): ToolDefinition {
  const entries = tool.actions.map(({ entry }) => entry);
  const properties = toolProperties(tool);
  const saves = tool.actions.some(({ fields }) => fields.some(({ holds }) => holds === "folder"));
  const onlyReads = entries.every(({ effect }) => effect === "read");
  return {
    name: tool.name,
    description: descriptionOf(tool, onlyReads),
    inputSchema: {
      type: "object",
      properties,
      required: requiredOf(tool, Object.keys(properties)),
      additionalProperties: false,
    },
    readOnly: onlyReads && !saves,
    destructive: false, // nothing is carried out before a commit
  };
}

/** An action with more fields of its own is the one that whatever no other names belongs to. */
const mostNamed = 6;

/** Each action with the fields that it needs, those that only it takes, and what it does. */
function descriptionOf({ actions }: PermittedTool, onlyReads: boolean): string {
  const isShared = (name: string): boolean =>
    actions.filter(({ fields }) => fields.some((field) => field.name === name)).length > 1;
  const lines = actions.map(({ name, entry, fields }) => {
    const needed = fields.filter(({ required }) => required).map((field) => field.name);
    const own = fields.filter((field) => !field.required && !isShared(field.name)).map((field) => `${field.name}?`);
    const told = [...needed, ...(own.length > mostNamed ? ["…"] : own)].join(", ");
    return `${name}${told === "" ? "" : `(${told})`}: ${entry.summary}`;
  });
  if (!onlyReads) lines.push("Gives a plan to commit.");
  return lines.join("\n");
}

/** What every action needs; whatever goes on from an earlier result needs no field of an operation. */
function requiredOf(tool: PermittedTool, names: readonly string[]): string[] {
  const isNeeded = (name: string): boolean =>
    tool.actions.every(({ fields }) => fields.some((field) => field.name === name && field.required));
  return names.filter((name) => name === "profile" || name === "action" || (!readsAnything(tool) && isNeeded(name)));
}

function commitDefinition(profiles: readonly string[]): ToolDefinition {
  return {
    name: commitTool,
    description: "Carries out a plan, once, within 5 minutes, exactly as it was shown.",
    inputSchema: {
      type: "object",
      properties: {
        profile: { type: "string", enum: profiles },
        plan: { type: "string" },
        hash: { type: "string" },
      },
      required: ["profile", "plan", "hash"],
      additionalProperties: false,
    },
    readOnly: false,
    destructive: true,
  };
}
