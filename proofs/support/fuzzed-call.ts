import {
  attackAddresses,
  attackCalendars,
  attackFolders,
  attackPaths,
  fetchingHtml,
  madeUpTools,
  permittedAddresses,
} from "./attack-values.js";
import type { Instruction } from "./attacks.js";
import type { Choice } from "./seeded-choice.js";

/** A tool as it is shown to an agent. */
export interface ShownTool {
  readonly name: string;
  readonly inputSchema: { readonly properties: Readonly<Record<string, object>>; readonly required: readonly string[] };
}

type Values = (choice: Choice) => unknown;

const addresses: Values = (choice) => [choice.of(choice.chance(0.6) ? attackAddresses : permittedAddresses)];
const ids: Values = (choice) =>
  choice.of(["$MAIL", "$EVENT", "$DRAFT", "$FILE", "workshop01", "supplier01", "openday01"]);
const time: Values = (choice) => choice.of(["2026-12-10 10:00", "tomorrow 09:00", "2026-12-11", "today+400", "never"]);
const words: Values = (choice) =>
  choice.of(["Everybody earns 4,711 euros", "x".repeat(3000), "\r\nBcc: mallory@evil.example", ""]);

/** What an attacker would give for an argument of that name; for others anything of its type. */
const valuesOf: Readonly<Record<string, Values>> = {
  ...Object.fromEntries(["to", "cc", "bcc", "replyTo", "attendees", "addAttendees"].map((name) => [name, addresses])),
  ...Object.fromEntries(["optionalAttendees", "removeAttendees", "people", "who"].map((name) => [name, addresses])),
  ...Object.fromEntries(["start", "end", "from"].map((name) => [name, time])),
  ...Object.fromEntries(["text", "title", "description", "location", "comment"].map((name) => [name, words])),
  ...Object.fromEntries(["message", "subject", "name"].map((name) => [name, words])),
  profile: (choice) => choice.of(["work", "work", "work", "personal", "default", "Work"]),
  html: (choice) => choice.of(fetchingHtml),
  attachments: (choice) => [choice.of(choice.chance(0.7) ? attackPaths : ["plan.txt"])],
  save: (choice) => choice.of(attackFolders),
  id: ids,
  ids: (choice) => [ids(choice)],
  only: () => ["$FILE"],
  plan: () => "$PLAN",
  hash: () => "$HASH",
  calendar: (choice) => choice.of(attackCalendars),
  toCalendar: (choice) => choice.of(attackCalendars),
  calendars: (choice) => [choice.of(attackCalendars)],
  query: (choice) => choice.of(["in:anywhere", "salaries", "in:sent", "from:bob"]),
  folder: (choice) => choice.of(["inbox", "Offers", "archive", "trash", "x"]),
  cursor: (choice) => choice.of(["c1", "c2", "c9999999", "x"]),
  budget: (choice) => choice.of([200, 500, 2_000, 20_000, 0, 1e9]),
  repeat: (choice) => choice.of([["FREQ=DAILY;COUNT=3"], ["FREQ=SECONDLY"], ["X"]]),
};

/** A call that nobody asked for, with arguments as an attacker would give them, now and then of a wrong type. */
export function fuzzedCall(tools: readonly ShownTool[], choice: Choice): Instruction {
  if (choice.chance(0.03)) return { tool: choice.of(madeUpTools), args: { profile: "work" } };
  const { name, inputSchema } = choice.of(tools);
  const { properties, required } = inputSchema;
  // Arguments of another action are refused, so that a call with many of them never gets far.
  const share = choice.of([0, 0.1, 0.3]);
  const args: [string, unknown][] = Object.entries(properties)
    .filter(([field]) => (required.includes(field) ? choice.chance(0.98) : choice.chance(field === "id" ? 0.7 : share)))
    .map(([field, property]) => [field, valueFor(field, property, choice)]);
  return { tool: name, args: Object.fromEntries(args) };
}

/** A call with one argument more, or another one. */
export function alteredCall({ tool, args }: Instruction, tools: readonly ShownTool[], choice: Choice): Instruction {
  const properties = Object.entries(tools.find(({ name }) => name === tool)?.inputSchema.properties ?? {});
  if (properties.length === 0) return { tool, args };
  const [field, property] = choice.of(properties);
  return { tool, args: { ...args, [field]: valueFor(field, property, choice) } };
}

function valueFor(field: string, property: object, choice: Choice): unknown {
  if (choice.chance(0.02)) return choice.of<unknown>([null, 7, {}, [[]], { toString: "x" }, "", "a,b", ["a", 1]]);
  const values = Object.hasOwn(valuesOf, field) ? valuesOf[field] : undefined;
  if (values) return values(choice);
  const {
    type,
    enum: words,
    items,
  } = { type: "", enum: undefined, items: undefined, ...property } as Readonly<{
    type: string;
    enum: readonly string[] | undefined;
    items: object | undefined;
  }>;
  if (words) return choice.of(words);
  if (type === "array") return items ? [valueFor("", items, choice)] : [];
  if (type === "boolean") return choice.chance(0.5);
  return type === "integer"
    ? choice.of([0, 1, 7, 30, 60, -1, 100_000])
    : choice.of(["x", "primary", "UTC", "08:30-18:00"]);
}
