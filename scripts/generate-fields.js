/**
 * Writes what the operations take, by their schemas, into one light file for each kind: an assistant's list of tools is
 * made of all of them, and their schemas are many files.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { operations } from "../dist/operations/index.js";
import { inputFields } from "../dist/operations/input-fields.js";

const folder = fileURLToPath(new URL("../src/operations", import.meta.url));

const usual = { required: false, list: false, value: { kind: "text" } };

for (const kind of ["email", "calendar"]) {
  const entries = operations.filter((entry) => entry.kind === kind);
  const tables = await Promise.all(entries.map(async (entry) => table(entry.name, (await entry.load()).input)));
  const file = join(folder, kind, "field-table.ts");
  writeFileSync(file, await format(page(kind, tables), { ...(await resolveConfig(file)), filepath: file }));
}

function page(kind, tables) {
  return `// Generated from the operations' schemas by \`npm run docs\`. Change them there.
import type { InputField } from "../input-fields.js";

const usual = { required: false, list: false, value: { kind: "text" }, holds: undefined, initially: undefined } as const;

/** What each operation takes, by its name, without its schema. */
// prettier-ignore
export const ${kind}Fields: Readonly<Record<string, readonly InputField[]>> = {
${tables.join("\n")}
};
`;
}

function table(name, schema) {
  const rows = inputFields(schema).map((field) => `    { ...usual, ${differences(field)} },\n`);
  return `  ${JSON.stringify(name)}: [${rows.length > 0 ? `\n${rows.join("")}  ` : ""}],`;
}

function differences(field) {
  return Object.entries(field)
    .filter(([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(usual[key]))
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(", ");
}
