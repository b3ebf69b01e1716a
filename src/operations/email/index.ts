import type { OperationEntry } from "../operation.js";

/** What can be done with mail. */
export const emailOperations: readonly OperationEntry[] = [
  {
    name: "email.search",
    kind: "email",
    effect: "read",
    access: "read",
    capability: "search",
    summary: "mails that fit a search, newest first",
    positionals: ["query"],
    items: "emails",
    load: async () => (await import("./search.js")).search,
  },
];
