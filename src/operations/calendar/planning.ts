import type { OperationEntry } from "../operation.js";

const reads = { kind: "calendar", effect: "read", access: "read" } as const;

/** What finds times. */
export const planningOperations: readonly OperationEntry[] = [
  {
    ...reads,
    name: "calendar.free",
    tool: "calendar_times",
    capability: "freeBusy",
    summary: "when people are busy, and who cannot be read",
    positionals: ["who"],
    items: "freeBusy",
    load: async () => (await import("./free.js")).free,
  },
  {
    ...reads,
    name: "calendar.slots",
    tool: "calendar_times",
    capability: "freeBusy",
    summary: "times that suit everybody, the best first",
    positionals: ["people"],
    items: "slots",
    load: async () => (await import("./slots.js")).slots,
  },
  {
    ...reads,
    name: "calendar.conflicts",
    tool: "calendar_times",
    capability: "create",
    summary: "what an event clashes with, or one that you plan",
    positionals: ["id"],
    items: "conflicts",
    load: async () => (await import("./conflicts.js")).conflicts,
  },
];
