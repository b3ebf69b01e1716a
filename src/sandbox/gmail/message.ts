/** A mail as a mailbox keeps it. Its content is composed whenever it is read, so that large mailboxes stay small. */
export interface StoredMessage {
  readonly id: string;
  readonly threadId: string;
  /** Milliseconds since the epoch: when the mailbox received it. */
  readonly internalDate: number;
  /** Counts what came into the mailbox: of two mails of the same millisecond, the later has the higher. */
  readonly arrival: number;
  readonly labelIds: readonly string[];
  /** Of its last change. */
  readonly historyId: bigint;
  /** The Message-ID of its header, where that is known without reading it. */
  readonly messageId: string | undefined;
  /** Its RFC 5322 text. */
  readonly compose: () => Buffer;
}

const known = new Map<string, readonly string[]>();

/** The one list of these labels: equal lists of many messages are the same array. */
export function labelList(ids: Iterable<string>): readonly string[] {
  const list = [...new Set(ids)];
  const key = list.join("\n");
  const found = known.get(key);
  if (found) return found;
  if (known.size < maxKnown) known.set(key, Object.freeze(list));
  return list;
}

const maxKnown = 10_000;
