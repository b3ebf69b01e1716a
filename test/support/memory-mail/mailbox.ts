import { randomUUID } from "node:crypto";
import { parseMail, type Email, type EmailChange, type EmailFolder, type ParsedMail } from "maigic-integrations/email";

/** A mail as this service keeps it: in one folder. */
export interface Kept {
  readonly id: string;
  readonly threadId: string;
  readonly receivedAtMs: number;
  readonly raw: Uint8Array;
  readonly mail: ParsedMail;
  folder: string;
  unread: boolean;
  starred: boolean;
}

type Logged = EmailChange & { readonly at: number };

/** One account's mails, folders and what happened to them. */
export class MemoryMailbox {
  readonly mails: Map<string, Kept> = new Map();
  readonly folders: Map<string, string> = new Map<string, string>(
    ["inbox", "sent", "drafts", "trash", "archive"].map((name) => [name, name]),
  );
  #log: Logged[] = [];
  #count = 0;
  #forgotten = 0;

  async add(raw: Uint8Array, facts: { folder: string; unread: boolean; nowMs: number; id?: string }): Promise<Kept> {
    const mail = await parseMail(raw);
    const id = facts.id ?? randomUUID();
    const related = [...this.mails.values()].find(
      (other) => other.mail.messageId !== undefined && mail.references.includes(other.mail.messageId),
    );
    const kept: Kept = {
      ...{ id, raw, mail, folder: facts.folder, unread: facts.unread, starred: false },
      threadId: related?.threadId ?? id,
      receivedAtMs: mail.sentAt === undefined ? facts.nowMs : Date.parse(mail.sentAt),
    };
    this.mails.set(id, kept);
    this.#note("added", kept);
    return kept;
  }

  change(kept: Kept, change: Partial<Pick<Kept, "folder" | "unread" | "starred">>): void {
    const before = JSON.stringify([kept.folder, kept.unread, kept.starred]);
    Object.assign(kept, change);
    if (JSON.stringify([kept.folder, kept.unread, kept.starred]) !== before) this.#note("relabelled", kept);
  }

  remove(kept: Kept): void {
    this.mails.delete(kept.id);
    this.#note("removed", kept);
  }

  get state(): number {
    return this.#count;
  }

  /** What happened after a state, each mail once; undefined when that is forgotten. */
  since(state: number): EmailChange[] | undefined {
    if (state < this.#forgotten || state > this.#count) return undefined;
    const changes = new Map<string, EmailChange>();
    for (const { at, ...change } of this.#log) {
      if (at <= state) continue;
      const before = changes.get(change.id);
      changes.delete(change.id);
      changes.set(
        change.id,
        before?.type === "added" && change.type === "relabelled" ? { ...change, type: "added" } : change,
      );
    }
    return [...changes.values()];
  }

  forget(): void {
    this.#log = [];
    this.#forgotten = ++this.#count;
  }

  labelsOf({ folder, unread, starred }: Kept): string[] {
    const name = this.folders.get(folder) ?? folder;
    return [name, ...(unread ? ["unread"] : []), ...(starred ? ["starred"] : [])];
  }

  folderFacts(id: string): EmailFolder {
    const inside = [...this.mails.values()].filter(({ folder }) => folder === id);
    const name = this.folders.get(id) ?? id;
    return {
      ...{ id, name, kind: id === name ? "system" : "label", totalMessages: inside.length },
      unreadMessages: inside.filter(({ unread }) => unread).length,
    };
  }

  toEmail(kept: Kept, includeBody: boolean): Email {
    const { mail, id, threadId, receivedAtMs, unread, starred, folder } = kept;
    const { headers, bodyText, bodyHtml, removed, attachments } = mail;
    const status =
      folder === "trash" ? "deleted" : folder === "drafts" ? "draft" : folder === "sent" ? "sent" : undefined;
    const importance = headers.find(({ name }) => name.toLowerCase() === "importance")?.value;
    return {
      ...fieldsOf(mail),
      ...{ id, threadId, unread, starred, important: false, sizeBytes: kept.raw.byteLength },
      receivedAt: new Date(receivedAtMs).toISOString(),
      snippet: bodyText.slice(0, 100),
      labels: this.labelsOf(kept),
      status: status ?? (unread ? "unread" : "read"),
      priority: importance === "high" ? "high" : importance === "low" ? "low" : "normal",
      ...(includeBody && {
        bodyText,
        ...(bodyHtml !== undefined && { bodyHtml }),
        removed: { ...removed },
        attachments: attachments.map(({ id: partId, filename, mimeType, type, sizeBytes, inline, contentId }) => ({
          ...{ id: partId, filename, mimeType, type, sizeBytes, inline },
          ...(contentId !== undefined && { contentId }),
        })),
      }),
    };
  }

  #note(type: EmailChange["type"], kept: Kept): void {
    const labels = type === "removed" ? {} : { labels: this.labelsOf(kept) };
    this.#log.push({ type, id: kept.id, threadId: kept.threadId, ...labels, at: ++this.#count });
  }
}

/** What headers say, for a caller who may change it. */
function fieldsOf(mail: ParsedMail): Pick<Email, "references" | "to" | "cc" | "bcc" | "replyTo" | "subject"> {
  const { messageId, inReplyTo, references, from, to, cc, bcc, replyTo, subject, sentAt } = mail;
  const fields = { messageId, inReplyTo, references, from, to, cc, bcc, replyTo, subject, sentAt };
  return JSON.parse(JSON.stringify(fields)) as typeof fields; // without those that are undefined
}
