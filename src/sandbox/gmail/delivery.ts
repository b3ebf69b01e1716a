import { gmailInvalid } from "../api-error.js";
import type { SandboxUser, World } from "../world.js";
import { addressesIn, isAddress, recipientsOf } from "./addresses.js";
import { applyFilters } from "./filters.js";
import type { StoredMessage } from "./message.js";
import { headerOf, parseMime, type MimePart } from "./mime-tree.js";
import { withHeaders, type HeaderLine } from "./raw-headers.js";
import { joinedThread, threadOf } from "./threading.js";

/**
 * Sends a message: the sender keeps it under SENT, and everybody in this world whom it is for receives it. Everything is
 * made ready before anything is kept, so that what fails leaves nothing half done.
 *
 * @param thread - the conversation that it is in, or else the one that the sender wants it in
 * @throws ApiError 400 without a usable recipient
 */
export function sendMessage(
  world: World,
  sender: SandboxUser,
  raw: Buffer,
  thread: { readonly id?: string | undefined; readonly wanted?: string | undefined } = {},
): StoredMessage {
  const recipients = requireRecipients(parseMime(raw));
  const sent = asSent(world, sender, raw);
  const mime = parseMime(sent);
  const own = recipients.includes(sender.email);
  const { mailbox } = sender;
  const prepared = mailbox.prepare({
    labelIds: own ? ["UNREAD", "SENT", "INBOX"] : ["SENT"],
    compose: () => sent,
    threadId:
      thread.id ?? (thread.wanted === undefined ? threadOf(mailbox, mime) : joinedThread(mailbox, mime, thread.wanted)),
  });
  const deliveries = recipients.flatMap((address) => {
    const recipient = world.users.get(address);
    return recipient && recipient !== sender ? [deliveryTo(world, sender, recipient, sent)] : [];
  });
  const kept = mailbox.keep(prepared);
  for (const deliver of deliveries) deliver();
  return kept;
}

/** A message for the mailbox of somebody whom it was sent to. @returns what puts it there */
function deliveryTo(world: World, sender: SandboxUser, { email, mailbox }: SandboxUser, sent: Buffer): () => void {
  const at = new Date(world.clock.now()).toUTCString().replace("GMT", "+0000");
  const raw = withHeaders(sent, {
    first: [
      ["Delivered-To", email],
      ["Received", `by mail.example.com with SMTP id ${world.identifiers.hex()}; ${at}`],
      ["Return-Path", `<${sender.email}>`],
    ],
    without: ["bcc"],
  });
  const prepared = mailbox.prepare({
    labelIds: ["UNREAD", "CATEGORY_PERSONAL", "INBOX"],
    compose: () => raw,
    threadId: threadOf(mailbox, parseMime(raw)),
  });
  applyFilters(mailbox, prepared, world.clock.now());
  return () => mailbox.keep(prepared);
}

/** What Gmail writes into a message that it sends: whatever is missing, and who really sends it. */
function asSent(world: World, sender: SandboxUser, raw: Buffer): Buffer {
  const mime = parseMime(raw);
  const now = new Date(world.clock.now()).toUTCString().replace("GMT", "+0000");
  const first: HeaderLine[] = [["Received", `from sandbox named unknown by gmailapi.google.com with HTTPREST; ${now}`]];
  const without: string[] = [];
  const [from] = addressesIn(headerOf(mime, "from"));
  if (from === undefined || !maySendAs(sender, from)) {
    if (from !== undefined) first.push(["X-Google-Original-From", headerOf(mime, "from")]);
    first.push(["From", headerFrom(sender)]);
    without.push("from");
  }
  const messageId = headerOf(mime, "message-id");
  if (messageId === "" || world.gmail.replaceMessageIds) {
    if (messageId !== "") first.push(["X-Google-Original-Message-ID", messageId]);
    first.push(["Message-ID", `<${world.identifiers.token("CA", 40)}@mail.gmail.com>`]);
    without.push("message-id");
  }
  if (headerOf(mime, "date") === "") first.push(["Date", now]);
  if (headerOf(mime, "mime-version") === "") first.push(["MIME-Version", "1.0"]);
  return withHeaders(raw, { first, without });
}

function maySendAs({ mailbox }: SandboxUser, address: string): boolean {
  return mailbox.settings.sendAs.some(
    ({ sendAsEmail, verificationStatus, isPrimary }) =>
      sendAsEmail.toLowerCase() === address && (isPrimary === true || verificationStatus === "accepted"),
  );
}

function headerFrom({ name, email, mailbox }: SandboxUser): string {
  const alias = mailbox.settings.sendAs.find(({ isDefault }) => isDefault === true);
  const shown = alias?.displayName ?? name;
  const encoded = /^[\x20-\x7e]*$/.test(shown)
    ? `"${shown.replace(/["\\]/g, "\\$&")}"`
    : `=?UTF-8?B?${Buffer.from(shown, "utf8").toString("base64")}?=`;
  return `${encoded} <${alias?.sendAsEmail ?? email}>`;
}

const maxRecipients = 500;

function requireRecipients(mime: MimePart): string[] {
  for (const name of ["To", "Cc", "Bcc"]) {
    const bad = addressesIn(headerOf(mime, name.toLowerCase())).some((address) => !isAddress(address));
    if (bad) throw gmailInvalid(`Invalid ${name} header`);
  }
  const recipients = recipientsOf(mime);
  if (recipients.length === 0) throw gmailInvalid("Recipient address required");
  if (recipients.length <= maxRecipients) return recipients;
  throw gmailInvalid("Too many recipients");
}
