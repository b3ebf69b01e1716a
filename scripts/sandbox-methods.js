/** The tables of docs/sandbox.md: which of Google's methods the sandbox serves. */
import { calendar } from "@googleapis/calendar";
import { gmail } from "@googleapis/gmail";
import { calendarRoutes } from "../dist/sandbox/calendar/routes.js";
import { gmailRoutes } from "../dist/sandbox/gmail/routes.js";

/** What is missing of methods that are served in part. */
const partial = {
  "gmail.users.settings.updateVacation": "kept; nobody is answered",
  "gmail.users.settings.updateAutoForwarding": "kept; nothing is forwarded",
  "gmail.users.settings.forwardingAddresses.create":
    "no mail asks for confirmation; `sandbox.confirmAddress(…)` confirms",
  "gmail.users.settings.sendAs.create": "no mail asks for confirmation; `sandbox.confirmAddress(…)` confirms",
  "calendar.events.quickAdd": "English days and times, no series",
};

/** The tables as Markdown, with every method of Google's own clients. */
export function methodTables() {
  return [
    table("Gmail", methodsOf("gmail", gmail({ version: "v1" })), gmailRoutes),
    table("Calendar", methodsOf("calendar", calendar({ version: "v3" })), calendarRoutes),
  ].join("\n\n");
}

function table(api, methods, routes) {
  const served = new Set(routes.map(({ name }) => name));
  const unknown = [...served, ...Object.keys(partial)].filter(
    (name) => name.startsWith(`${api.toLowerCase()}.`) && !methods.includes(name),
  );
  if (unknown.length > 0) throw new RangeError(`${api} has no ${unknown.join(", ")}`);
  const stateOf = (method) => (!served.has(method) ? "not" : method in partial ? "partial" : "whole");
  const those = (state, among) => among.filter((method) => stateOf(method) === state);
  const count = (state) => those(state, methods).length;
  const rows = [...new Set(methods.map(resourceOf))].map((resource) => {
    const its = methods.filter((method) => resourceOf(method) === resource);
    const cells = ["whole", "partial", "not"].map((state) => those(state, its).map(show).join(", "));
    return `| ${[resource, ...cells].join(" | ")} |`;
  });
  return [
    `Of ${api}'s ${methods.length} methods ${count("whole")} are served, ${count("partial")} in part and ${count("not")} not:`,
    ["| resource | served | in part | not served |", "| --- | --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}

function show(method) {
  const name = `\`${method.split(".").at(-1)}\``;
  return method in partial ? `${name} (${partial[method]})` : name;
}

function resourceOf(method) {
  return method.split(".").slice(1, -1).join(".");
}

/** The names of all methods of a resource of Google's client, and of those below it. */
function methodsOf(name, resource) {
  const isResource = (value) => value?.constructor?.name.startsWith("Resource$");
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter((each) => each !== "constructor");
  return [
    ...(isResource(resource) ? own.map((each) => `${name}.${each}`) : []),
    ...Object.entries(resource).flatMap(([each, value]) =>
      isResource(value) ? methodsOf(`${name}.${each}`, value) : [],
    ),
  ];
}
