import { integrationError } from "maigic-integrations";
import type { EmailQuery } from "maigic-integrations/email";
import type { Kept, MemoryMailbox } from "./mailbox.js";

type Matcher = (kept: Kept) => boolean;
const headerFields = {
  from: "from",
  to: "to",
  cc: "cc",
  bcc: "bcc",
  list: "list-id",
  messageId: "message-id",
} as const;

/** A search as a function. What it cannot search for is refused. */
export function matcher(query: EmailQuery, mailbox: MemoryMailbox, nowMs: number): Matcher {
  const inner = (term: EmailQuery): Matcher => matcher(term, mailbox, nowMs);
  switch (query.kind) {
    case "and": {
      const all = query.terms.map(inner);
      return (kept) => all.every((fits) => fits(kept));
    }
    case "or": {
      const any = query.terms.map(inner);
      return (kept) => any.some((fits) => fits(kept));
    }
    case "not": {
      const fits = inner(query.term);
      return (kept) => !fits(kept);
    }
    case "text":
      return ({ mail }) => holds(`${mail.subject} ${mail.bodyText}`, query.value);
    case "header":
      if (query.name === "subject") return ({ mail }) => holds(mail.subject, query.value);
      return ({ mail }) =>
        mail.headers.some(
          ({ name, value }) =>
            name.toLowerCase() === headerFields[query.name as keyof typeof headerFields] && holds(value, query.value),
        );
    case "filename":
      return ({ mail }) =>
        mail.attachments.some(({ filename }) => filename.toLowerCase().includes(query.value.toLowerCase()));
    case "folder": {
      if (query.value === "anywhere") return () => true;
      if (query.value === "all") return ({ folder }) => folder !== "trash";
      const id = folderId(mailbox, query.value);
      return ({ folder }) => folder === id;
    }
    case "is":
      if (query.value === "important") throw unsupported("is:important");
      return ({ unread, starred }) => ({ unread, read: !unread, starred, important: false })[query.value];
    case "has":
      if (query.value !== "attachment") throw unsupported(`has:${query.value}`);
      return ({ mail }) => mail.attachments.length > 0;
    case "size":
      return ({ raw }) => (query.bound === "larger" ? raw.byteLength > query.bytes : raw.byteLength < query.bytes);
    case "received": {
      const atMs = momentOf(query.time, nowMs);
      return ({ receivedAtMs }) => (query.bound === "after" ? receivedAtMs >= atMs : receivedAtMs < atMs);
    }
  }
}

/** Whether a search says itself where to look, so that the trash is not left out. */
export function namesFolder(query: EmailQuery): boolean {
  if (query.kind === "and" || query.kind === "or") return query.terms.some(namesFolder);
  return query.kind === "folder" && ["trash", "anywhere"].includes(query.value);
}

/** The folder that a name or id means. */
export function folderId(mailbox: MemoryMailbox, folder: string): string {
  const found = [...mailbox.folders].find(([id, name]) => id === folder || name.toLowerCase() === folder.toLowerCase());
  if (found) return found[0];
  throw integrationError("request.not_found", { message: `There is no folder "${folder}".` });
}

/** What this service cannot do. */
export function unsupported(what: string): Error {
  return integrationError("request.unsupported", { message: `This service knows no ${what}.` });
}

function holds(text: string, words: string): boolean {
  const escaped = words
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\s+/g, "\\s+");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu").test(text);
}

const dayMs = 86_400_000;
const unitsMs = { hours: dayMs / 24, days: dayMs, months: 30 * dayMs, years: 365 * dayMs };

function momentOf(time: Extract<EmailQuery, { kind: "received" }>["time"], nowMs: number): number {
  if ("epochMs" in time) return time.epochMs;
  return "date" in time ? Date.parse(time.date) : nowMs - time.ago * unitsMs[time.unit];
}
