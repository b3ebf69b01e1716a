import type { OperationEntry } from "../operation.js";

/** The organizer is told of it. */
const sends = { kind: "calendar", effect: "send", access: "write", capability: "respond" } as const;

/** What invitations are answered with. */
export const attendingOperations: readonly OperationEntry[] = [
  {
    name: "calendar.invitations",
    tool: "calendar_find",
    kind: "calendar",
    effect: "read",
    access: "read",
    capability: "respond",
    summary: "invitations that wait for your answer, soonest first",
    items: "events",
    load: async () => (await import("./invitations.js")).invitations,
  },
  {
    ...sends,
    name: "calendar.respond",
    tool: "calendar_respond",
    summary: "answers an invitation",
    positionals: ["id", "answer"],
    load: async () => (await import("./respond.js")).respond,
  },
  {
    ...sends,
    name: "calendar.propose",
    tool: "calendar_respond",
    summary: "proposes another time to whoever invited you",
    positionals: ["id"],
    load: async () => (await import("./propose.js")).propose,
  },
];
