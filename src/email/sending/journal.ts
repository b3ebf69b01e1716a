/** How far sending a mail has come. */
export type SendState =
  /** Nothing has left. */
  | "intended"
  /** The service was asked to send it; until the answer is known it may have. */
  | "sending"
  | "sent"
  /** It never left: the mailbox still held it when nothing could be on its way any more. */
  | "not_sent";

/** What is noted of a mail before and after it is sent; of its content only the hash. */
export interface SendEntry {
  readonly sendId: string;
  /** The caller's idempotency key, if there was one. */
  readonly key?: string | undefined;
  readonly payloadHash: string;
  readonly state: SendState;
  /** The mail's own Message-ID. */
  readonly rfcMessageId: string;
  readonly draftId?: string | undefined;
  /** The conversation that the draft is in. */
  readonly draftThreadId?: string | undefined;
  /** When the service was asked; milliseconds since the epoch. */
  readonly askedAt?: number | undefined;
  /** Of the mail that was sent. */
  readonly messageId?: string | undefined;
  readonly threadId?: string | undefined;
  /** Milliseconds since the epoch. Entries are kept for 30 days. */
  readonly createdAt: number;
}

/** Where sending is noted, durably and for all processes: one profile's. */
export interface SendJournal {
  read(sendId: string): Promise<SendEntry | undefined>;
  /** Notes it in the place of what was noted before; it is on disk when this is done. */
  write(entry: SendEntry): Promise<void>;
  remove(sendId: string): Promise<void>;
  /** Does work on a mail that only one may do at a time, in whatever process. */
  exclusively<T>(sendId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}
