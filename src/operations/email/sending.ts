import type { OperationEntry } from "../operation.js";

/** What sends mail, and what looks after sending. */
export const sending: readonly OperationEntry[] = [
  {
    name: "email.send",
    kind: "email",
    effect: "send",
    access: "write",
    capability: "send",
    summary: "sends a mail, once",
    fromStdin: "text",
    load: async () => (await import("./send.js")).send,
  },
  {
    name: "email.reply",
    kind: "email",
    effect: "send",
    access: "write",
    capability: "send",
    summary: "answers a mail in its conversation",
    positionals: ["id"],
    fromStdin: "text",
    load: async () => (await import("./answer.js")).reply,
  },
  {
    name: "email.forward",
    kind: "email",
    effect: "send",
    access: "write",
    capability: "send",
    summary: "passes a mail on with its files, below what is written",
    positionals: ["id"],
    fromStdin: "text",
    load: async () => (await import("./answer.js")).forward,
  },
  {
    name: "email.settle",
    kind: "email",
    effect: "read",
    access: "read",
    capability: "send",
    summary: "looks again what became of a sending whose outcome was unknown",
    positionals: ["sendId"],
    load: async () => (await import("./send.js")).settle,
  },
];
