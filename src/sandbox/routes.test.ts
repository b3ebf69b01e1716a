import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { calendarRoutes } from "./calendar/routes.js";
import { gmailRoutes } from "./gmail/routes.js";
import type { Route } from "./routes.js";

const require = createRequire(import.meta.url);

/** What Google's own client declares: it is generated from Google's description of the API. */
function declared(file: string): { types: string; addresses: string[] } {
  const path = require.resolve(file);
  const code = readFileSync(path, "utf8");
  const addresses = [...code.matchAll(/url: \(rootUrl \+\s*'([^']+)'[\s\S]*?method: '(\w+)'/g)];
  return {
    types: readFileSync(path.replace(/\.js$/, ".d.ts"), "utf8"),
    addresses: addresses.map(([, url, method]) => `${method} ${url}`),
  };
}

/** The type of a method's parameters. */
function typeOf({ name }: Route): string {
  const parts = name.split(".").slice(1);
  return `Params$Resource$${parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()).join("$")}`;
}

/** The names of a method's parameters, without those of the path and the body. */
function parametersOf(types: string, route: Route): string[] {
  const { path } = route;
  const type = typeOf(route);
  const begin = types.indexOf(`export interface ${type} `);
  expect(begin, type).toBeGreaterThan(0);
  const block = types.slice(types.indexOf("{", begin), types.indexOf("\n    }", begin));
  const names = [...block.matchAll(/^ {8}'?([\w.]+)'?\?: /gm)].map(([, each]) => each ?? "");
  return names.filter((each) => each !== "requestBody" && each !== "media" && !path.includes(`{${each}}`));
}

/** The scopes that allow a method, as the example of its documentation lists them, in order. */
function scopesOf(types: string, route: Route): string[] {
  const example = types.lastIndexOf("scopes: [", types.indexOf(`(params: ${typeOf(route)}, options:`));
  const block = types.slice(example, types.indexOf("]", example));
  return [...block.matchAll(/'([^']+)'/g)].map(([, scope]) => scope ?? "");
}

describe.each([
  ["Gmail", "@googleapis/gmail/build/v1.js", gmailRoutes],
  ["Calendar", "@googleapis/calendar/build/v3.js", calendarRoutes],
])("the sandbox's methods of %s", (_, file, routes) => {
  const google = declared(file);

  it.each(routes.map((route) => [route.name, route] as const))("has %s where and as Google has it", (_name, route) => {
    expect(google.addresses).toContain(`${route.method} ${route.path}`);
    expect([...(route.parameters ?? [])].sort()).toEqual(parametersOf(google.types, route).sort());
    expect([...route.scopes].sort()).toEqual(
      scopesOf(google.types, route).filter((scope) => !scope.includes("addons")),
    );
  });
});
