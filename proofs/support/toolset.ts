import type * as Fields from "../../src/operations/input-fields.js";
import type * as Table from "../../src/operations/index.js";
import type * as Definitions from "../../src/guard/toolset/tool-definitions.js";
import type { ToolDefinition } from "../../src/guard/toolset/tool-definition.js";

/** An operation of the table, and the fields that an assistant may give it. */
export interface TableRow {
  readonly name: string;
  readonly tool: string;
  readonly action: string;
  readonly fields: readonly string[];
}

/** The tools of two profiles that may do everything, files as well. */
export async function allTools(): Promise<ToolDefinition[]> {
  const { toolDefinitions } = (await import(inside("guard/toolset/tool-definitions"))) as typeof Definitions;
  const services = { email: ["google_gmail"], calendar: ["google_calendar"] };
  const permitted = ["work", "private"].map((profile) => ({ profile, services, permits: () => true }));
  return toolDefinitions({ permitted, files: true });
}

/** The whole table. */
export async function tableRows(): Promise<TableRow[]> {
  const { operations } = (await import(inside("operations/index"))) as typeof Table;
  const { inputFields } = (await import(inside("operations/input-fields"))) as typeof Fields;
  const rows = operations.map(async ({ name, kind, tool, load }) => {
    const fields = inputFields((await load()).input).map((field) => field.name);
    // That key is the guard's own.
    return {
      name,
      tool,
      action: name.slice(kind.length + 1),
      fields: fields.filter((each) => each !== "idempotencyKey"),
    };
  });
  return Promise.all(rows);
}

function inside(file: string): string {
  return new URL(`../../../dist/${file}.js`, import.meta.url).href;
}
