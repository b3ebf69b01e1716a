import { escapeHtml } from "../../core/html.js";
import { wordsOfHtml } from "./html-text.js";
import { parameter } from "./mime-parameters.js";
import { headerOf, parseMime, type MimePart } from "./mime-tree.js";
import type { StoredMessage } from "./message.js";
import { decodeWords } from "./encoded-words.js";
import { textDecoder } from "./text-decoder.js";

/** What a message says, taken apart. */
export interface MessageContent {
  readonly raw: Buffer;
  readonly mime: MimePart;
  /** The beginning of the text, HTML-escaped as Gmail does. */
  readonly snippet: string;
  /** What words are searched in, in lower case. */
  readonly searchText: string;
}

const maxKeptBytes = 8 * 1024 * 1024;

/** Contents that were read lately; others are made again when they are asked for. */
export class ContentCache {
  readonly #kept = new Map<StoredMessage, MessageContent>();
  #bytes = 0;

  read(message: StoredMessage): MessageContent {
    const content = this.#kept.get(message) ?? takeApart(message.compose());
    this.#forget(message);
    this.#keep(message, content);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= maxKeptBytes || oldest === message) break;
      this.#forget(oldest);
    }
    return content;
  }

  /** Reads one of very many: it is kept only where there is room, so that they do not drive out what is read often. */
  scan(message: StoredMessage): MessageContent {
    const known = this.#kept.get(message);
    if (known) return known;
    const content = takeApart(message.compose());
    if (this.#bytes + content.raw.length <= maxKeptBytes) this.#keep(message, content);
    return content;
  }

  #keep(message: StoredMessage, content: MessageContent): void {
    this.#kept.set(message, content);
    this.#bytes += content.raw.length;
  }

  #forget(message: StoredMessage): void {
    const known = this.#kept.get(message);
    if (!known) return;
    this.#kept.delete(message);
    this.#bytes -= known.raw.length;
  }
}

function takeApart(raw: Buffer): MessageContent {
  const mime = parseMime(raw);
  let snippet: string | undefined;
  let searchText: string | undefined;
  return {
    raw,
    mime,
    get snippet() {
      return (snippet ??= snippetOf(mime));
    },
    get searchText() {
      return (searchText ??= searchTextOf(mime));
    },
  };
}

function snippetOf(mime: MimePart): string {
  const part = findText(mime);
  const start = (part ? readableText(part) : "").trimStart().slice(0, 4000).replace(/\s+/g, " ").trim().slice(0, 200);
  return escapeHtml(start.replace(/[\uD800-\uDBFF]$/, ""));
}

function findText(part: MimePart): MimePart | undefined {
  if (part.filename === "" && /^text\/(plain|html)$/.test(part.mimeType)) return part;
  for (const child of part.parts) {
    const found = findText(child);
    if (found) return found;
  }
  return undefined;
}

function searchTextOf(mime: MimePart): string {
  const headers = ["subject", "from", "to", "cc"].map((name) => decodeWords(headerOf(mime, name)));
  return [...headers, ...textParts(mime)].join("\n").toLowerCase();
}

function textParts(part: MimePart): string[] {
  if (part.parts.length > 0) return part.parts.flatMap(textParts);
  if (part.filename !== "") return [part.filename];
  return /^text\/(plain|html)$/.test(part.mimeType) ? [readableText(part)] : [];
}

/** What a person reads of a text part: decoded by its charset, and without markup. */
function readableText(part: MimePart): string {
  const charset = parameter(headerOf(part, "content-type"), "charset") ?? "utf-8";
  const text = textDecoder(charset).decode(part.content);
  return part.mimeType === "text/html" ? wordsOfHtml(text) : text;
}
