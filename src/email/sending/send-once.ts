import type { Clock } from "../../core/clock.js";
import { integrationError, isIntegrationError } from "../../core/errors.js";
import type { SendResult } from "../outgoing.js";
import type { SendEntry, SendJournal } from "./journal.js";

/** A mail as the service names it. */
export interface SentMail {
  readonly messageId: string;
  readonly threadId: string;
}

/** A draft as the service names it. */
export interface PlacedDraft {
  readonly draftId: string;
  readonly threadId: string;
}

/** What a mailbox shows of a mail whose sending is doubtful. */
export type Sighting =
  { readonly found: "draft" } | { readonly found: "nothing" } | ({ readonly found: "sent" } & SentMail);

/** What a service must be able to do, so that nothing is sent twice through it. */
export interface Outbox {
  /** Puts the mail into the mailbox without sending it; whoever repeats this gets another draft. */
  createDraft(rfcMessageId: string): Promise<PlacedDraft>;
  /** A draft of that Message-ID, if there is one. */
  findDraft(rfcMessageId: string): Promise<PlacedDraft | undefined>;
  /** Sends a draft, which is gone then. */
  sendDraft(draftId: string): Promise<SentMail>;
  /** Looks for the draft, and for the mail that it became. */
  look(entry: SendEntry): Promise<Sighting>;
  /** Removes a draft that will not be sent. */
  discardDraft(draftId: string): Promise<void>;
}

/** What sending goes through. */
export interface SendPorts {
  readonly journal: SendJournal;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/** What is to be sent, and who asks. */
export interface Sending {
  readonly sendId: string;
  readonly key: string | undefined;
  readonly payloadHash: string;
  readonly rfcMessageId: string;
  /** A draft that the person made: it is sent as it is, and stays when it cannot be. */
  readonly ownDraft?: PlacedDraft | undefined;
  readonly signal: AbortSignal;
}

/** Longer than any request can be on its way: what is still a draft then was not sent. */
const onItsWayMs = 60_000;

/**
 * Sends a mail once. The intent is noted first; the mail is made a draft, and the draft is sent, which the service does
 * at most once. When the answer is lost the mailbox is looked at, and what it does not tell stays `unknown`: nothing is
 * sent again but by a call of the same key after it is known that nothing left.
 *
 * @throws RequestError `request.idempotency_mismatch`; what the service refused it with, and nothing was sent then
 */
export async function sendOnce(ports: SendPorts, sending: Sending): Promise<SendResult> {
  const { journal, clock } = ports;
  const { sendId, signal, payloadHash, key, rfcMessageId } = sending;
  return journal.exclusively(sendId, signal, async () => {
    const known = await journal.read(sendId);
    if (known && known.payloadHash !== payloadHash) throw mismatch(sendId);
    if (known?.state === "sent") return resultOf(known);
    if (known?.state === "sending") {
      const settled = await settleEntry(ports, known);
      if (settled.outcome !== "not_sent") return settled;
    }
    const fresh = { ...{ sendId, key, payloadHash, rfcMessageId }, createdAt: clock.now() };
    const intent: SendEntry = { ...(known ?? fresh), state: "intended" };
    await journal.write(intent);
    return sendIntended(ports, sending, { entry: intent, begunBefore: known !== undefined });
  });
}

/** Looks again what became of a mail. Never sends. */
export async function settleSend(
  ports: SendPorts,
  { sendId, signal }: { sendId: string; signal: AbortSignal },
): Promise<SendResult> {
  const { journal } = ports;
  return journal.exclusively(sendId, signal, async () => {
    const known = await journal.read(sendId);
    if (!known) {
      throw integrationError("request.not_found", {
        message: "No mail of that sendId was sent from here within the last 30 days.",
        hint: "Give the sendId that sending returned, to a client of the same profile.",
      });
    }
    return known.state === "sending" ? settleEntry(ports, known) : resultOf(known);
  });
}

async function sendIntended(
  ports: SendPorts,
  { ownDraft, signal, sendId }: Sending,
  intent: { readonly entry: SendEntry; readonly begunBefore: boolean },
): Promise<SendResult> {
  const { journal, outbox, clock } = ports;
  let asked: SendEntry;
  try {
    const draft = ownDraft ?? (await placeDraft(outbox, intent));
    signal.throwIfAborted();
    asked = { ...intent.entry, state: "sending", ...facts(draft), askedAt: clock.now() };
    await journal.write(asked);
  } catch (error) {
    await journal.remove(sendId); // nothing has left, so that the same key may bring it again
    throw error;
  }
  try {
    const sent = await outbox.sendDraft(asked.draftId ?? "");
    return await settled(journal, { ...asked, state: "sent", ...sent });
  } catch (error) {
    if (!isDoubtful(error, signal)) {
      await journal.remove(sendId);
      if (!ownDraft) await outbox.discardDraft(asked.draftId ?? "").catch(() => undefined); // it is harmless where it is
      throw error;
    }
    if (signal.aborted) return { sendId, outcome: "unknown" }; // there is no time left to look
    return settleEntry(ports, asked).catch(() => ({ sendId, outcome: "unknown" as const }));
  }
}

/** A draft costs nothing: making it is tried so often. */
const mostDrafts = 3;

/** A draft of the mail: that which there is, if making it was begun before or its answer was lost. */
async function placeDraft(
  outbox: Outbox,
  { entry: { rfcMessageId }, begunBefore }: { readonly entry: SendEntry; readonly begunBefore: boolean },
): Promise<PlacedDraft> {
  const known = begunBefore ? await outbox.findDraft(rfcMessageId) : undefined;
  if (known) return known;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await outbox.createDraft(rfcMessageId);
    } catch (error) {
      if (!isIntegrationError(error) || !error.retryable || attempt === mostDrafts) throw error;
      const found = await outbox.findDraft(rfcMessageId).catch(() => undefined); // the first failure tells more
      if (found) return found;
    }
  }
}

/** What is known of a mail by looking at the mailbox. */
async function settleEntry({ journal, outbox, clock }: SendPorts, entry: SendEntry): Promise<SendResult> {
  const sighting = await outbox.look(entry);
  if (sighting.found === "sent") {
    const { messageId, threadId } = sighting;
    return settled(journal, { ...entry, state: "sent", messageId, threadId });
  }
  const over = clock.now() - (entry.askedAt ?? 0) > onItsWayMs;
  if (sighting.found === "draft" && over) return settled(journal, { ...entry, state: "not_sent" });
  return { sendId: entry.sendId, outcome: "unknown" };
}

/** Tells what is known, even where it cannot be noted: then it stays `sending`, and whoever asks next looks again. */
async function settled(journal: SendJournal, entry: SendEntry): Promise<SendResult> {
  await journal.write(entry).catch(() => undefined);
  return resultOf(entry);
}

function resultOf({ sendId, state, messageId, threadId }: SendEntry): SendResult {
  const outcome = state === "sent" ? "sent" : state === "sending" ? "unknown" : "not_sent";
  return {
    sendId,
    outcome,
    ...(messageId !== undefined && { messageId }),
    ...(threadId !== undefined && { threadId }),
  };
}

function facts({ draftId, threadId }: PlacedDraft): Pick<SendEntry, "draftId" | "draftThreadId"> {
  return { draftId, draftThreadId: threadId };
}

/** Whether the service may have done what it was asked for although no answer says so. */
function isDoubtful(error: unknown, signal: AbortSignal): boolean {
  if (signal.aborted) return true;
  if (!isIntegrationError(error)) return true;
  return ["connection.network", "connection.timeout", "connection.unavailable"].includes(error.code);
}

function mismatch(sendId: string): Error {
  return integrationError("request.idempotency_mismatch", {
    message: "This idempotency key was used for another mail.",
    hint: "Use a new key for a new mail; the mail of this key is as it was.",
    details: { sendId },
  });
}
