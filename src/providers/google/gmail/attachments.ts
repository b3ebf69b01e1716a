import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Mailbox } from "./mailbox.js";
import { decodeData, findAttachmentPart } from "./map-email.js";
import { fetchAttachmentData, fetchMessage } from "./messages.js";

/** An attachment's bytes. @throws RequestError `request.not_found` when the mail or the part does not exist */
export async function openAttachment(
  mailbox: Mailbox,
  messageId: string,
  attachmentId: string,
  deadline: Deadline,
): Promise<ReadableStream<Uint8Array>> {
  // Quirk(google): attachment ids die quickly, so the part is looked up each time and a fresh id is used at once.
  const wire = await fetchMessage(mailbox, messageId, true, deadline);
  const part = findAttachmentPart(wire.payload, attachmentId);
  if (!part) {
    throw integrationError("request.not_found", {
      message: `The mail has no attachment "${attachmentId}".`,
      hint: "Use the id of one of the mail's attachments, as getEmail lists them.",
    });
  }
  const id = part.body?.attachmentId;
  const data = part.body?.data ?? (id === undefined ? "" : await fetchAttachmentData(mailbox, messageId, id, deadline));
  const bytes = decodeData(data);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}
