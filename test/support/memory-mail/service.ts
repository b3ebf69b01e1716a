import { integrationError, type Clock } from "maigic-integrations";
import {
  createEmailCalls,
  readSearch,
  type EmailQuery,
  type SearchInput,
  type SendJournal,
  type WritePreview,
} from "maigic-integrations/email";
import type { Kept, MemoryMailbox } from "./mailbox.js";
import { matcher, namesFolder } from "./match.js";

/** What several clients of an account share. */
export interface MemoryAccount {
  readonly address: string;
  readonly alias: string;
  readonly mailbox: MemoryMailbox;
  readonly journal: SendJournal;
  readonly clock: Clock;
  /** Hands a mail to those whom it is for, or fails as a test wants it to. */
  readonly deliver: (raw: Uint8Array, recipients: readonly string[], keep: () => Promise<Kept>) => Promise<Kept>;
}

/** What the methods of a client are made with. */
export class MemoryService {
  readonly account: MemoryAccount;
  readonly calls: ReturnType<typeof createEmailCalls>;
  readonly #access: "read" | "full";

  constructor(account: MemoryAccount, access: "read" | "full") {
    this.account = account;
    this.#access = access;
    this.calls = createEmailCalls({ service: "memory_mail", userId: "default", clock: account.clock });
  }

  find(id: unknown): Kept {
    if (typeof id !== "string" || !/^[\w-]+$/.test(id)) throw integrationError("request.invalid");
    return this.account.mailbox.mails.get(id) ?? missing();
  }

  requireWritable(): void {
    if (this.#access === "read") throw integrationError("request.forbidden");
  }

  /** What a search finds, newest first; the trash only where it is asked for. */
  async search(input: SearchInput | EmailQuery): Promise<Kept[]> {
    const { mailbox, clock } = this.account;
    const query = typeof input === "object" && "kind" in input ? input : await readSearch(input, clock, "UTC");
    const fits = matcher(query, mailbox, clock.now());
    const everywhere = namesFolder(query);
    return [...mailbox.mails.values()]
      .filter((kept) => (everywhere || kept.folder !== "trash") && fits(kept))
      .sort((a, b) => b.receivedAtMs - a.receivedAtMs);
  }

  async inFolder(folder = "inbox", days?: number): Promise<Kept[]> {
    const since = days === undefined ? 0 : this.account.clock.now() - days * 86_400_000;
    return (await this.search({ kind: "folder", value: folder })).filter(({ receivedAtMs }) => receivedAtMs >= since);
  }
}

/** A part of a list, and a cursor that fits no other list. */
export function pageOf<T>(
  items: readonly T[],
  scope: unknown,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
): { items: T[]; next: { cursor?: string } } {
  const owner = JSON.stringify(scope);
  const [known, from] =
    cursor === undefined ? [owner, 0] : (JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string, number]);
  if (known !== owner) throw integrationError("request.invalid");
  const end = from + limit;
  const next = end < items.length ? { cursor: Buffer.from(JSON.stringify([owner, end])).toString("base64url") } : {};
  return { items: items.slice(from, end), next };
}

/** What a write would do. */
export function preview(account: string, more: Partial<WritePreview> = {}): WritePreview {
  const recipients = more.recipients ?? [];
  const facts = { notified: recipients, occurrences: 1, diff: [], reversible: false, payloadHash: "" };
  return { ...facts, ...more, account, recipients };
}

/** There is no such thing. */
export function missing(): never {
  throw integrationError("request.not_found");
}
