import { createHash } from "node:crypto";
import { integrationError } from "../core/errors.js";
import type { SendEntry, SendJournal } from "../email/sending/journal.js";
import type { CredentialContext } from "./context.js";
import { readSealed, putSealed, removeRecord } from "./sealed-records.js";
import { isNumber, isOneOf, isOptional, isText, parserOf } from "./shape.js";
import type { RecordKey } from "./store.js";

/** So long a sending is remembered. */
const keptMs = 30 * 24 * 60 * 60 * 1000;
/** Old entries are looked for once in so many writes, and at the first. */
const sweepEvery = 500;
const turnMs = 120_000;

const parseEntry = parserOf<SendEntry & { service: string; userId: string }>({
  service: isText,
  userId: isText,
  sendId: isText,
  key: isOptional(isText),
  payloadHash: isText,
  state: isOneOf("intended", "sending", "sent", "not_sent"),
  rfcMessageId: isText,
  draftId: isOptional(isText),
  draftThreadId: isOptional(isText),
  askedAt: isOptional(isNumber),
  messageId: isOptional(isText),
  threadId: isOptional(isText),
  createdAt: isNumber,
});

const writes = new WeakMap<CredentialContext, number>();

/** The journal of a profile's sendings, sealed in the vault. */
export function openSendJournal(context: CredentialContext, service: string, userId: string): SendJournal {
  const keyOf = (sendId: string): RecordKey => ({
    kind: "send",
    service: "",
    userId: createHash("sha256")
      .update(JSON.stringify([service, userId, sendId]))
      .digest("hex"),
  });
  return {
    async read(sendId) {
      const opened = await readSealed(context, keyOf(sendId));
      if (!opened) return undefined;
      const entry = parseEntry(opened.plaintext);
      if (!entry || entry.service !== service || entry.userId !== userId || entry.sendId !== sendId) {
        throw integrationError("auth.unreadable", { message: "What was noted of this sending is damaged." });
      }
      return entry.createdAt + keptMs < context.clock.now() ? undefined : entry;
    },
    async write(entry) {
      await sweepNowAndThen(context);
      await putSealed(context, keyOf(entry.sendId), JSON.stringify({ ...entry, service, userId }));
    },
    async remove(sendId) {
      await removeRecord(context, keyOf(sendId));
    },
    exclusively: (sendId, signal, work) =>
      context.store.exclusively(turnOf(keyOf(sendId)), { timeoutMs: turnMs, signal }, work),
  };
}

/** One of 256 turns: a lock's file stays, so that there cannot be one for each mail that is ever sent. */
function turnOf({ userId: hash }: RecordKey): string {
  return `send ${hash.slice(0, 2)}`;
}

async function sweepNowAndThen(context: CredentialContext): Promise<void> {
  const count = writes.get(context) ?? 0;
  writes.set(context, count + 1);
  if (count % sweepEvery !== 0) return;
  for (const { key } of await context.store.sealed("send")) {
    if (key?.kind !== "send") continue;
    const opened = await readSealed(context, key).catch(() => undefined); // what cannot be read is left alone
    const entry = opened && parseEntry(opened.plaintext);
    if (opened && entry && entry.createdAt + keptMs < context.clock.now())
      await context.store.remove(key, opened.generation);
  }
}
