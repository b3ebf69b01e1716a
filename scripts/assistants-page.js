/** What of docs/assistants.md is derived: the table of tools from the operations, and the loop from its example. */
import { operations } from "../dist/operations/index.js";
import { toolNames } from "../dist/operations/operation.js";

/** Each tool with what it does, in the order of the operations' table. */
export function toolTable() {
  const rows = toolNames.map((tool) => {
    const own = operations.filter((entry) => entry.tool === tool);
    const actions = own.map(({ name, kind, effect }) => {
      const action = `\`${name.slice(kind.length + 1)}\``;
      return effect === "read" ? action : `${action} (${effect})`;
    });
    return `| \`${tool}\` | ${actions.join(", ")} |`;
  });
  return [
    "| tool | actions, with what they do beyond reading |",
    "| --- | --- |",
    ...rows,
    "| `commit` | carries out a plan |",
  ].join("\n");
}

/** A program as a block of Markdown. */
export function codeBlock(code) {
  return `\`\`\`ts\n${code.trim()}\n\`\`\``;
}
