import { describe, expect, it } from "vitest";
import { systemClock } from "../../core/clock.js";
import { integrationError } from "../../core/errors.js";
import type { SendEntry, SendJournal } from "./journal.js";
import { sendOnce, type Outbox } from "./send-once.js";

const mail = { messageId: "m1", threadId: "t1" };
const sending = {
  ...{ sendId: "s1", key: "k", payloadHash: "ab12", rfcMessageId: "<x@example.com>" },
  signal: new AbortController().signal,
};

/** A journal that cannot be written any more once a mail is sent, and a mailbox that counts. */
function fullDisk() {
  const entries = new Map<string, SendEntry>();
  const counted = { sent: 0, full: true };
  const journal: SendJournal = {
    read: (sendId) => Promise.resolve(entries.get(sendId)),
    write(entry) {
      if (entry.state === "sent" && counted.full) return Promise.reject(integrationError("config.invalid_file"));
      return Promise.resolve(void entries.set(entry.sendId, entry));
    },
    remove: (sendId) => Promise.resolve(void entries.delete(sendId)),
    exclusively: (_sendId, _signal, work) => work(),
  };
  const outbox: Outbox = {
    createDraft: () => Promise.resolve({ draftId: "d1", threadId: "t1" }),
    findDraft: () => Promise.resolve(undefined),
    sendDraft: () => Promise.resolve((counted.sent += 1)).then(() => mail),
    look: () => Promise.resolve(counted.sent > 0 ? { found: "sent", ...mail } : { found: "draft" }),
    discardDraft: () => Promise.resolve(),
  };
  return { ports: { journal, outbox, clock: systemClock }, counted };
}

describe("sendOnce", () => {
  it("says that a mail was sent although that can no longer be noted, and does not send it again", async () => {
    const { ports, counted } = fullDisk();
    expect(await sendOnce(ports, sending)).toEqual({ sendId: "s1", outcome: "sent", ...mail });
    counted.full = false;
    expect(await sendOnce(ports, sending)).toEqual({ sendId: "s1", outcome: "sent", ...mail });
    expect(counted.sent).toBe(1);
  });
});
