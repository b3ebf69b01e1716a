import type { OperationEntry } from "../operation.js";

/** Whoever is invited is told of it. */
const sends = { kind: "calendar", effect: "send", access: "write" } as const;

/** What writes events that the account organizes. */
export const organizingOperations: readonly OperationEntry[] = [
  {
    ...sends,
    name: "calendar.create",
    tool: "calendar_organize",
    alone: "write",
    capability: "create",
    summary: "creates an event and invites people to it",
    positionals: ["title"],
    fromStdin: "description",
    load: async () => (await import("./create.js")).create,
  },
  {
    ...sends,
    name: "calendar.update",
    tool: "calendar_organize",
    alone: "write",
    capability: "create",
    summary: "changes what is named of an event, and nothing else",
    positionals: ["id"],
    fromStdin: "description",
    load: async () => (await import("./update.js")).update,
  },
  {
    ...sends,
    // The graver of two effects: attendees are told, as of every write here, and what was cancelled stays so.
    effect: "delete",
    name: "calendar.delete",
    tool: "calendar_organize",
    capability: "create",
    summary: "cancels an event, or occurrences of a series",
    positionals: ["id"],
    load: async () => (await import("./delete.js")).deleteEvent,
  },
  {
    ...sends,
    name: "calendar.move",
    tool: "calendar_organize",
    alone: "write",
    capability: "move",
    summary: "moves an event to another calendar of the account",
    positionals: ["id", "toCalendar"],
    load: async () => (await import("./move.js")).move,
  },
];
