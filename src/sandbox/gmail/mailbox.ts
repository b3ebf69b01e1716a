import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import type { SeedUser } from "../seed.js";
import { composeMessage } from "./compose.js";
import { parseMime, type MimePart } from "./mime-tree.js";

/** A mail as the mailbox keeps it. */
export interface StoredMessage {
  readonly id: string;
  readonly threadId: string;
  readonly labelIds: Set<string>;
  readonly raw: Buffer;
  /** Milliseconds since the epoch. */
  readonly internalDate: number;
  historyId: number;
  /** The message taken apart; done once, when it is first needed. */
  readonly mime: MimePart;
  readonly snippet: string;
}

/** A label or folder. */
export interface StoredLabel {
  readonly id: string;
  readonly name: string;
  readonly type: "system" | "user";
}

/** One person's mailbox. */
export interface Mailbox {
  readonly address: string;
  /** Newest first. */
  readonly messages: readonly StoredMessage[];
  readonly labels: readonly StoredLabel[];
  readonly historyId: number;
  find(id: string): StoredMessage | undefined;
  thread(threadId: string): StoredMessage[];
}

const systemLabels = [
  "CHAT",
  "SENT",
  "INBOX",
  "IMPORTANT",
  "TRASH",
  "DRAFT",
  "SPAM",
  "CATEGORY_FORUMS",
  "CATEGORY_UPDATES",
  "CATEGORY_PERSONAL",
  "CATEGORY_PROMOTIONS",
  "CATEGORY_SOCIAL",
  "STARRED",
  "UNREAD",
];

/** Makes a mailbox of its seed. */
export function createMailbox(options: {
  address: string;
  seed: SeedUser;
  clock: Clock;
  identifiers: Identifiers;
}): Mailbox {
  const { address, seed, clock, identifiers } = options;
  const labels: StoredLabel[] = [
    ...systemLabels.map((id): StoredLabel => ({ id, name: id, type: "system" })),
    ...(seed.labels ?? []).map((name, index): StoredLabel => ({ id: `Label_${index + 1}`, name, type: "user" })),
  ];
  const labelId = (label: string): string => labels.find(({ id, name }) => id === label || name === label)?.id ?? label;
  const threads = new Map<string, string>();
  const messages = (seed.messages ?? [])
    .map((message): StoredMessage => {
      const id = identifiers.hex();
      const threadId = message.thread === undefined ? id : (threads.get(message.thread) ?? id);
      if (message.thread !== undefined) threads.set(message.thread, threadId);
      const internalDate = message.date === undefined ? clock.now() : new Date(message.date).getTime();
      const messageId = `<${id}@mail.example.com>`;
      return storedMessage({
        id,
        threadId,
        labelIds: new Set((message.labels ?? ["INBOX", "UNREAD"]).map(labelId)),
        raw: composeMessage(message, { to: address, dateMs: internalDate, messageId }),
        internalDate,
        historyId: identifiers.next(),
      });
    })
    .sort((a, b) => b.internalDate - a.internalDate);
  const byId = new Map(messages.map((message) => [message.id, message]));
  return {
    address,
    messages,
    labels,
    historyId: Math.max(1, ...messages.map(({ historyId }) => historyId)),
    find: (id) => byId.get(id),
    thread: (threadId) => messages.filter((message) => message.threadId === threadId).reverse(),
  };
}

function storedMessage(fields: Omit<StoredMessage, "mime" | "snippet">): StoredMessage {
  let mime: MimePart | undefined;
  let snippet: string | undefined;
  return {
    ...fields,
    get mime() {
      mime ??= parseMime(fields.raw);
      return mime;
    },
    get snippet() {
      snippet ??= snippetOf(this.mime);
      return snippet;
    },
  };
}

/** The beginning of the text, HTML-escaped as Gmail does. */
function snippetOf(mime: MimePart): string {
  const part = findText(mime);
  const text = part?.content.toString("utf8") ?? "";
  const plain =
    part?.mimeType === "text/html"
      ? text.replace(/<(style|script)[\s\S]*?<\/\1>/gi, " ").replace(/<[^>]*>/g, " ")
      : text;
  return plain
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function findText(part: MimePart): MimePart | undefined {
  if (part.filename === "" && /^text\/(plain|html)$/.test(part.mimeType)) return part;
  for (const child of part.parts) {
    const found = findText(child);
    if (found) return found;
  }
  return undefined;
}
