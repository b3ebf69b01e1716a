import type { Deadline } from "../../../core/deadline.js";
import { htmlToText } from "../../../email/mime/html-text.js";
import type { Email, RemovedContent } from "../../../email/models.js";
import type { Mailbox } from "./mailbox.js";
import { textOf, textSections } from "./map-email.js";
import { cost } from "./quota.js";
import { attachment, type WireMessage, type WirePart } from "./wire.js";

/** What a mail says. */
export type Bodies = Required<Pick<Email, "bodyText" | "removed">> & Pick<Email, "bodyHtml">;

/** The texts of a mail, those that sit behind an id of their own too. @throws RequestError `request.not_found` for an id that died */
export async function readBodies(mailbox: Mailbox, wire: WireMessage, deadline: Deadline): Promise<Bodies> {
  const content = async (part: WirePart): Promise<string> => {
    // Quirk(google): a large text sits behind an attachment id like a file.
    const id = part.body?.attachmentId;
    const data = part.body?.data ?? (id === undefined ? "" : await fetchText(mailbox, wire.id, id, deadline));
    return textOf(part, data);
  };
  const sections = await Promise.all(
    textSections(wire.payload).map(async ({ plain, html }) => ({
      plain: await Promise.all(plain.map(content)),
      html: await Promise.all(html.map(content)),
    })),
  );
  const texts: string[] = [];
  const removed: RemovedContent = { hiddenTexts: 0, trackingPixels: 0 };
  for (const { plain, html } of sections) {
    texts.push(...plain);
    for (const each of html) {
      const read = await htmlToText(each);
      if (plain.length === 0) texts.push(read.text);
      removed.hiddenTexts += read.removed.hiddenTexts;
      removed.trackingPixels += read.removed.trackingPixels;
    }
  }
  const htmls = sections.flatMap(({ html }) => html);
  return { bodyText: texts.join("\n"), ...(htmls.length > 0 && { bodyHtml: htmls.join("\n") }), removed };
}

async function fetchText(
  mailbox: Mailbox,
  messageId: string,
  attachmentId: string,
  deadline: Deadline,
): Promise<string> {
  const path = `/messages/${encodeURIComponent(messageId)}/attachments/${encodeURIComponent(attachmentId)}`;
  return (await mailbox.api.call({ path, cost: cost["attachments.get"], answer: attachment }, deadline)).data;
}
