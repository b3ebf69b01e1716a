import type { EmailContent } from "./map-email.js";

/** A mail as it was read: its content, and the labels that it has now. */
export interface CachedMail {
  readonly content: EmailContent;
  readonly labelIds: readonly string[];
  /** Whether bodies and attachments are part of the content. */
  readonly full: boolean;
}

const maxBytes = 32 * 1024 * 1024;

/** Mails that were read lately, by id. What was used longest ago makes room. */
export class ContentCache {
  /** The least lately used first. */
  readonly #mails = new Map<string, CachedMail & { readonly sizeBytes: number }>();
  #sizeBytes = 0;

  /** A mail with at least what is wanted of it. */
  find(id: string, full: boolean): CachedMail | undefined {
    const found = this.#mails.get(id);
    if (!found || (full && !found.full)) return undefined;
    this.#mails.delete(id);
    this.#mails.set(id, found);
    return found;
  }

  put(id: string, mail: CachedMail): void {
    const sizeBytes = sizeOf(mail.content);
    if (sizeBytes > maxBytes / 8) return; // one mail is not to push out all others
    this.remove(id);
    this.#mails.set(id, { ...mail, sizeBytes });
    this.#sizeBytes += sizeBytes;
    for (const oldest of this.#mails.keys()) {
      if (this.#sizeBytes <= maxBytes) return;
      this.remove(oldest);
    }
  }

  /** Gives a mail other labels, if it is here. */
  relabel(id: string, change: (labelIds: readonly string[]) => readonly string[]): void {
    const found = this.#mails.get(id);
    if (found) this.#mails.set(id, { ...found, labelIds: change(found.labelIds) });
  }

  remove(id: string): void {
    this.#sizeBytes -= this.#mails.get(id)?.sizeBytes ?? 0;
    this.#mails.delete(id);
  }

  clear(): void {
    this.#mails.clear();
    this.#sizeBytes = 0;
  }
}

/** About what a mail takes in memory: its texts, and something for each address, header and file. */
function sizeOf({
  bodyText = "",
  bodyHtml = "",
  subject,
  snippet,
  references,
  to,
  cc,
  attachments,
}: EmailContent): number {
  const items = references.length + to.length + cc.length + (attachments?.length ?? 0);
  return 2 * (bodyText.length + bodyHtml.length + subject.length + snippet.length) + 200 * items + 1_000;
}
