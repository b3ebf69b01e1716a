import type { OperationEntry } from "../operation.js";

/** What answers invitations. */
export const attendingOperations: readonly OperationEntry[] = [
  {
    name: "calendar.respond",
    kind: "calendar",
    effect: "send",
    access: "write",
    capability: "respond",
    summary: "answers an invitation",
    positionals: ["id", "answer"],
    load: async () => (await import("./respond.js")).respond,
  },
];
