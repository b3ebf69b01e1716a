import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import { saveFile } from "../../../email/save-file.js";
import { decodeAttachment } from "./attachment-data.js";
import type { Mailbox } from "./mailbox.js";
import { attachmentsOf, decodeData, findAttachmentPart } from "./map-email.js";
import { fetchMessage } from "./messages.js";
import { cost } from "./quota.js";
import type { WireMessage } from "./wire.js";

/** A file that breaks off in the middle is asked for again so often; what came of it stays. */
const mostAttempts = 4;

/** An attachment's bytes as they come. @throws RequestError `request.not_found` when the mail or the part does not exist */
export async function openAttachment(
  mailbox: Mailbox,
  messageId: string,
  attachmentId: string,
  deadline: Deadline,
): Promise<AsyncIterable<Uint8Array>> {
  return openIn(mailbox, await fetchWhole(mailbox, messageId, deadline), attachmentId, deadline);
}

/** Writes an attachment into a folder. @returns the path of the new file */
export async function saveAttachment(
  mailbox: Mailbox,
  messageId: string,
  attachmentId: string,
  directory: string,
  deadline: Deadline,
): Promise<string> {
  const wire = await fetchWhole(mailbox, messageId, deadline);
  const file = attachmentsOf(wire.payload).find(({ id }) => id === attachmentId);
  if (!file) throw noSuchAttachment(attachmentId);
  const content = await openIn(mailbox, wire, attachmentId, deadline);
  return saveFile(directory, file.filename, content);
}

/** Quirk(google): attachment ids die quickly, so a fresh one is used at once, and looked up anew where that was in vain. */
async function openIn(
  mailbox: Mailbox,
  wire: WireMessage,
  attachmentId: string,
  deadline: Deadline,
): Promise<AsyncIterable<Uint8Array>> {
  const again = async (): Promise<AsyncIterable<Uint8Array>> =>
    openPart(mailbox, await fetchWhole(mailbox, wire.id, deadline), attachmentId, deadline);
  return goOn(await openPart(mailbox, wire, attachmentId, deadline), again, deadline);
}

async function openPart(
  mailbox: Mailbox,
  wire: WireMessage,
  attachmentId: string,
  deadline: Deadline,
): Promise<AsyncIterable<Uint8Array>> {
  const part = findAttachmentPart(wire.payload, attachmentId);
  if (!part) throw noSuchAttachment(attachmentId);
  const id = part.body?.attachmentId;
  if (part.body?.data !== undefined || id === undefined) return oneChunk(decodeData(part.body?.data ?? ""));
  const path = `/messages/${encodeURIComponent(wire.id)}/attachments/${encodeURIComponent(id)}`;
  return decodeAttachment(await mailbox.api.open({ path, cost: cost["attachments.get"] }, deadline));
}

/** The bytes of a stream, and where it breaks off those of another from there on: contents never change. */
async function* goOn(
  first: AsyncIterable<Uint8Array>,
  again: () => Promise<AsyncIterable<Uint8Array>>,
  { signal }: Deadline,
): AsyncGenerator<Uint8Array, void, undefined> {
  let given = 0;
  for (let attempt = 1, stream = first; ; attempt += 1) {
    try {
      let skip = given;
      for await (const chunk of stream) {
        signal.throwIfAborted();
        const rest = chunk.subarray(Math.min(skip, chunk.byteLength));
        skip -= chunk.byteLength - rest.byteLength;
        given += rest.byteLength;
        if (rest.byteLength > 0) yield rest;
      }
      return;
    } catch (error) {
      const broken = isIntegrationError(error) && error.retryable && !signal.aborted;
      if (!broken || attempt >= mostAttempts) throw error;
    }
    stream = await again();
  }
}

async function fetchWhole(mailbox: Mailbox, messageId: string, deadline: Deadline): Promise<WireMessage> {
  return fetchMessage(mailbox, messageId, { includeBody: true, bulk: false }, deadline);
}

function noSuchAttachment(attachmentId: string): Error {
  return integrationError("request.not_found", {
    message: `The mail has no attachment "${attachmentId}".`,
    hint: "Use the id of one of the mail's attachments, as getEmail lists them.",
  });
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  if (bytes.byteLength > 0) yield await Promise.resolve(bytes);
}
