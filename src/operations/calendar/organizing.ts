import type { OperationEntry } from "../operation.js";

/** What writes events that the account organizes. */
export const organizingOperations: readonly OperationEntry[] = [
  {
    name: "calendar.create",
    kind: "calendar",
    effect: "send",
    access: "write",
    capability: "create",
    summary: "creates an event and invites people to it",
    positionals: ["title"],
    fromStdin: "description",
    load: async () => (await import("./create.js")).create,
  },
];
