import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { bodyTypes, methodBodies, type FieldType } from "./request-bodies.js";
import { gmailRoutes } from "./routes.js";

/** Google's client is generated from Google's description of the API. */
const types = readFileSync(
  createRequire(import.meta.url)
    .resolve("@googleapis/gmail/build/v1.js")
    .replace(/js$/, "d.ts"),
  "utf8",
);

function block(name: string): string {
  const begin = types.indexOf(`export interface ${name} `);
  expect(begin, name).toBeGreaterThan(0);
  return types.slice(begin, types.indexOf("\n    }", begin));
}

/** How the client's types write it: bytes and large numbers are text to it. */
function written(type: FieldType): string {
  const single = type.replace("[]", "");
  const name = ["bytes", "int64", "uint64"].includes(single)
    ? "string"
    : single in bodyTypes
      ? `Schema$${single}`
      : single;
  return type.endsWith("[]") ? `${name}[]` : name;
}

describe("what the sandbox's Gmail takes as bodies", () => {
  it.each(Object.entries(bodyTypes))("has the fields of Google's %s", (name, fields) => {
    const google = [...block(`Schema$${name}`).matchAll(/^ {8}(\w+)\?: ([\w$[\]]+)(?: \| null)?;/gm)];
    expect(Object.entries(fields).map(([field, type]) => [field, written(type)])).toEqual(
      google.map(([, field, type]) => [field, type]),
    );
  });

  it.each(gmailRoutes.map(({ name }) => name.replace("gmail.users.", "")))("is for %s what Google takes", (name) => {
    const parts = name.split(".").map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase());
    const type = /requestBody\?: Schema\$(\w+)/.exec(block(`Params$Resource$Users$${parts.join("$")}`))?.[1];
    expect(methodBodies[name]?.type).toBe(type);
  });
});
