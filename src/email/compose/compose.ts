import { createHash } from "node:crypto";
import type { EmailPriority } from "../models.js";
import { loadAddressReader, requireSameReading, type AddressReader } from "./addresses.js";
import { tooLarge, unreadableFile } from "./files.js";
import type { PreparedMail } from "./prepare.js";

/** A mail in the form in which it travels. */
export interface ComposedMail {
  readonly sizeBytes: number;
  /** Its bytes, each time the same. @throws ConfigurationError `config.invalid_file` when an attached file has changed */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** What tells one mail from another of the same content. */
export interface MailIdentity {
  /** With its angle brackets. */
  readonly messageId: string;
  readonly date: Date;
}

/** The content of a mail, whoever sends it when. */
export interface MailContent {
  /** SHA-256 over recipients, subject, texts, files and place in its conversation. */
  readonly payloadHash: string;
  /** A Message-ID of the sender's domain. @param digits - 32 hexadecimal ones: all mails of the same content are as long */
  readonly messageId: (digits: string) => string;
  readonly compose: (identity: MailIdentity) => ComposedMail;
}

/**
 * Composes a mail: in UTF-8, with lines of CRLF, files in base64. It is read through once here, for its length and what
 * it holds; a large file is never whole in memory. Needs the optional packages nodemailer and postal-mime.
 *
 * @param maxBytes - what the service takes
 * @throws RequestError `request.too_large`, `request.invalid` when its header would be read as other recipients
 * @see https://www.rfc-editor.org/rfc/rfc5322
 */
export async function composeMail(mail: PreparedMail, maxBytes: number): Promise<MailContent> {
  const [{ default: MailComposer }, reader] = await Promise.all([
    import("nodemailer/lib/mail-composer"),
    loadAddressReader(),
  ]);
  const write = (identity: MailIdentity): AsyncIterable<Uint8Array> => {
    const node = new MailComposer(optionsOf(mail, identity)).compile();
    node.keepBcc = true;
    return node.createReadStream();
  };
  const { address } = mail.from;
  const messageId = (digits: string): string => `<${digits}@${address.slice(address.lastIndexOf("@") + 1)}>`;
  const sample = { messageId: messageId("0".repeat(32)), date: new Date(0) };
  const hash = createHash("sha256");
  let [sizeBytes, header] = [0, ""];
  for await (const chunk of naming(mail, write(sample))) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
    if (!header.includes("\r\n\r\n")) header += Buffer.from(chunk).toString("latin1");
  }
  requireRecipientsAsAsked(reader, header, mail);
  return {
    payloadHash: hash.digest("hex"),
    messageId,
    compose: (identity) => ({ sizeBytes, open: () => ofLength(mail, write(identity), sizeBytes) }),
  };
}

const priorities: Readonly<Record<EmailPriority, Readonly<Record<string, string>>>> = {
  urgent: { Importance: "high", "X-Priority": "1" },
  high: { Importance: "high", "X-Priority": "2" },
  normal: {},
  low: { Importance: "low", "X-Priority": "5" },
};

function optionsOf(mail: PreparedMail, { messageId, date }: MailIdentity): object {
  const people = (list: PreparedMail["to"]): object[] => list.map(({ name = "", address }) => ({ name, address }));
  return {
    from: people([mail.from]),
    to: people(mail.to),
    cc: people(mail.cc),
    bcc: people(mail.bcc),
    replyTo: people(mail.replyTo),
    subject: mail.subject,
    ...(mail.inReplyTo !== undefined && { inReplyTo: mail.inReplyTo }),
    ...(mail.references && mail.references.length > 0 && { references: mail.references.join(" ") }),
    headers: { ...mail.headers, ...priorities[mail.priority] },
    messageId,
    date: date.toUTCString().replace("GMT", "+0000"),
    text: mail.text,
    ...(mail.html !== undefined && { html: mail.html }),
    attachments: mail.files.map(({ filename, mimeType, contentId, open }) => ({
      filename,
      ...(mimeType !== undefined && { contentType: mimeType }),
      ...(contentId !== undefined && { cid: contentId }),
      contentDisposition: contentId === undefined ? "attachment" : "inline",
      content: contentOf(open()),
    })),
    baseBoundary: boundaryOf(messageId),
    newline: "\r\n",
    disableUrlAccess: true,
    disableFileAccess: true,
  };
}

function contentOf(content: ReturnType<PreparedMail["files"][number]["open"]>): unknown {
  return content instanceof Uint8Array ? Buffer.from(content.buffer, content.byteOffset, content.byteLength) : content;
}

/** The same for every composing of the same mail; nobody can know it before. */
function boundaryOf(messageId: string): string {
  return createHash("sha256").update(messageId).digest("hex").slice(0, 32);
}

/** A file that has grown or shrunk since would make the mail another one than was announced. */
async function* ofLength(
  mail: PreparedMail,
  bytes: AsyncIterable<Uint8Array>,
  sizeBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = sizeBytes;
  for await (const chunk of naming(mail, bytes)) {
    left -= chunk.byteLength;
    if (left < 0) break;
    yield chunk;
  }
  if (left !== 0) throw unreadableFile(filesOf(mail), undefined);
}

/** Gives failures of attached files their name. */
async function* naming(
  mail: PreparedMail,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* bytes;
  } catch (cause) {
    throw unreadableFile(filesOf(mail), cause);
  }
}

function filesOf({ files }: PreparedMail): string {
  return files.map(({ filename }) => filename).join(", ");
}

function requireRecipientsAsAsked(reader: AddressReader, header: string, mail: PreparedMail): void {
  const unfolded = header.slice(0, header.indexOf("\r\n\r\n") + 2).replace(/\r\n[ \t]/g, " ");
  const { to, cc, bcc, replyTo } = mail;
  for (const [field, people] of Object.entries({ from: [mail.from], to, cc, bcc, "reply-to": replyTo })) {
    const lines = [...unfolded.matchAll(/^([A-Za-z-]+): (.*)\r$/gm)].filter(
      ([, name]) => name?.toLowerCase() === field,
    );
    const text = lines.map(([, , value]) => value).join(", ");
    requireSameReading(
      reader,
      field,
      text,
      people.map(({ address }) => address),
    );
  }
}
