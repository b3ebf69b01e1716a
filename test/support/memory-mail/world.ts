import { integrationError } from "maigic-integrations";
import type { EmailClient, SendEntry, SendJournal } from "maigic-integrations/email";
import type { EmailFailure, EmailWorld } from "maigic-integrations/testing";
import { movedClock } from "../moved-clock.js";
import { createMemoryClient } from "./client.js";
import { MemoryMailbox } from "./mailbox.js";
import type { MemoryAccount } from "./service.js";

const [alice, ann, bo] = ["alice@memory.example", "ann@example.com", "bo@example.com"] as const;

/** An account of the service in memory, for the suite that every e-mail provider must pass. */
export function memoryWorld(): Promise<EmailWorld> {
  const clock = movedClock(Date.parse("2026-11-23T12:00:00Z"));
  const mailbox = new MemoryMailbox();
  const inboxes = new Map<string, Uint8Array[]>([ann, bo].map((person) => [person, []]));
  const failures: EmailFailure[] = [];
  const account: MemoryAccount = {
    ...{ address: alice, alias: "lighthouse@memory.example", mailbox, clock, journal: memoryJournal() },
    async deliver(raw, recipients, keep) {
      const failure = failures.shift();
      if (failure === "sending_refused") throw integrationError("request.forbidden");
      if (failure === "sending_lost") throw integrationError("connection.network");
      for (const recipient of recipients) inboxes.get(recipient)?.push(withoutBcc(raw));
      const kept = await keep();
      if (failure === "sent_answer_lost") throw integrationError("connection.network");
      return kept;
    },
  };
  const clients: EmailClient[] = [];
  const open = (access: "read" | "full"): EmailClient => {
    const client = createMemoryClient(account, access);
    clients.push(client);
    return client;
  };
  return Promise.resolve({
    client: open("full"),
    readOnly: open("read"),
    another: () => open("full"),
    ...{ address: alice, alias: account.alias, people: [ann, bo] },
    async receive(raw, { folder = "inbox", unread = false } = {}) {
      return (await mailbox.add(Buffer.from(raw), { folder, unread, nowMs: clock.now() })).id;
    },
    received: (person) => Promise.resolve(inboxes.get(person) ?? []),
    failNext: (failure) => {
      // Reading from memory does not fail.
      if (failure.startsWith("sen")) failures.push(failure);
    },
    expireCursors: () => mailbox.forget(),
    advance: (durationMs) => clock.advance(durationMs),
    now: () => clock.now(),
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()));
    },
  });
}

function memoryJournal(): SendJournal {
  const entries = new Map<string, SendEntry>();
  const turns = new Map<string, Promise<unknown>>();
  return {
    read: (sendId) => Promise.resolve(entries.get(sendId)),
    write: (entry) => Promise.resolve(void entries.set(entry.sendId, entry)),
    remove: (sendId) => Promise.resolve(void entries.delete(sendId)),
    exclusively(sendId, _signal, work) {
      const turn = (turns.get(sendId) ?? Promise.resolve()).then(work, work);
      turns.set(sendId, turn);
      return turn;
    },
  };
}

function withoutBcc(raw: Uint8Array): Uint8Array {
  const text = Buffer.from(raw).toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const head = text.slice(0, end).replace(/\r\nBcc:[^\r]*(\r\n[ \t][^\r]*)*/i, "");
  return Buffer.from(head + text.slice(end), "latin1");
}
