import type { OperationEntry } from "../operation.js";

const reads = { kind: "calendar", effect: "read", access: "read" } as const;

/** What reads events and calendars. */
export const readingOperations: readonly OperationEntry[] = [
  {
    ...reads,
    name: "calendar.agenda",
    capability: "read",
    summary: "what is ahead, in the calendars that you look at",
    positionals: ["from"],
    items: "events",
    load: async () => (await import("./agenda.js")).agenda,
  },
  {
    ...reads,
    name: "calendar.events",
    capability: "read",
    summary: "the events of a time, by their start",
    positionals: ["from", "to"],
    items: "events",
    load: async () => (await import("./events.js")).events,
  },
  {
    ...reads,
    name: "calendar.search",
    capability: "search",
    summary: "events that fit, by words or people, status or answer",
    positionals: ["query"],
    items: "events",
    load: async () => (await import("./search.js")).search,
  },
  {
    ...reads,
    name: "calendar.show",
    capability: "read",
    summary: "one event, with everything about it",
    positionals: ["id"],
    load: async () => (await import("./show.js")).show,
  },
  {
    ...reads,
    name: "calendar.occurrences",
    capability: "read",
    summary: "the occurrences of a series",
    positionals: ["id", "from", "to"],
    items: "events",
    load: async () => (await import("./show.js")).occurrences,
  },
  {
    ...reads,
    name: "calendar.calendars",
    capability: "read",
    summary: "the account's calendars",
    items: "calendars",
    load: async () => (await import("./calendars.js")).calendars,
  },
  {
    ...reads,
    name: "calendar.permissions",
    capability: "read",
    summary: "what you may do with an event, and why not more",
    positionals: ["id"],
    load: async () => (await import("./show.js")).permissions,
  },
  {
    ...reads,
    name: "calendar.changes",
    capability: "changes",
    summary: "what changed since a cursor",
    items: "changes",
    load: async () => (await import("./changes.js")).changes,
  },
];
