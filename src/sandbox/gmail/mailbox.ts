import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import { Drafts } from "./drafts.js";
import type { Change, History, HistoryKind } from "./history.js";
import { Labels } from "./labels.js";
import { ContentCache, type MessageContent } from "./message-content.js";
import { MessageIds } from "./message-ids.js";
import { labelList, type StoredMessage } from "./message.js";
import { headerOf } from "./mime-tree.js";
import { createSettings, type MailSettings, type SeedMailSettings } from "./settings.js";

/** What a mailbox is told of a new message. */
export interface NewMessage {
  readonly labelIds: Iterable<string>;
  readonly compose: () => Buffer;
  /** Milliseconds since the epoch; default: now. */
  readonly internalDate?: number;
  /** Default: a thread of its own. */
  readonly threadId?: string | undefined;
  /** Its Message-ID, where that is known without reading it. */
  readonly messageId?: string | undefined;
}

/** A message that is not in the mailbox yet, where it may still get other labels. */
export type PreparedMessage = Omit<StoredMessage, "labelIds"> & { labelIds: readonly string[] };

type Kept = { -readonly [field in keyof StoredMessage]: StoredMessage[field] };

/** One person's mailbox. Every change gets a history id and is remembered under it. */
export class Mailbox {
  readonly address: string;
  readonly labels: Labels;
  readonly drafts: Drafts;
  readonly history: History;
  readonly settings: MailSettings;
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #contents = new ContentCache();
  readonly #byId = new Map<string, Kept>();
  /** Each thread's messages, oldest first. */
  readonly #threads = new Map<string, Kept[]>();
  #byMessageId: MessageIds<StoredMessage> | undefined;
  #arrivals = 0;
  /** Newest first. */
  #messages: Kept[] = [];
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(options: {
    account: { readonly address: string; readonly name: string };
    labels: readonly string[];
    settings: SeedMailSettings;
    history: History;
    clock: Clock;
    identifiers: Identifiers;
  }) {
    this.address = options.account.address;
    this.labels = new Labels(options.labels);
    this.drafts = new Drafts(options.identifiers);
    this.history = options.history;
    this.settings = createSettings(options.account, options.settings, (label) => this.labels.idOf(label));
    this.#clock = options.clock;
    this.#identifiers = options.identifiers;
  }

  /** Newest first. */
  get messages(): readonly StoredMessage[] {
    return this.#messages;
  }

  get threadCount(): number {
    return this.#threads.size;
  }

  find(id: string): StoredMessage | undefined {
    return this.#byId.get(id);
  }

  /** A thread's messages, oldest first; empty when there is none. */
  thread(threadId: string): readonly StoredMessage[] {
    return this.#threads.get(threadId) ?? [];
  }

  /** What a message says. */
  read(message: StoredMessage): MessageContent {
    return this.#contents.read(message);
  }

  /** As {@link read}, for a search that reads very many. */
  scan(message: StoredMessage): MessageContent {
    return this.#contents.scan(message);
  }

  /** Those with a Message-ID in their header, in the order in which they came. */
  findByMessageId(messageId: string): readonly StoredMessage[] {
    if (!this.#byMessageId) {
      this.#byMessageId = new MessageIds();
      for (const message of this.#messages.toReversed()) this.#byMessageId.add(this.#headerIdOf(message), message);
    }
    return this.#byMessageId.find(messageId);
  }

  /** Calls with each change, until it is ended by what this gives back. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes the mails of a seed, all at once. */
  load(messages: readonly (NewMessage & { readonly id: string })[]): void {
    const kept = messages.map((message) => this.#create(message, message.id));
    kept.sort(byAge);
    for (const message of kept) {
      this.#index(message);
      message.historyId = this.history.next();
      this.#record("messagesAdded", message, message.labelIds);
      if (message.labelIds.includes("DRAFT")) this.drafts.put(message);
    }
    this.#messages = kept.reverse();
  }

  /** Takes in a message, at once. */
  add(message: NewMessage): StoredMessage {
    return this.keep(this.prepare(message));
  }

  /** A message as it would be here: all that can go wrong with it does so now, before anything is kept. */
  prepare(message: NewMessage): PreparedMessage {
    const prepared = this.#create(message, this.#identifiers.hex());
    this.scan(prepared);
    return prepared;
  }

  /** Takes in a message that was prepared. */
  keep(prepared: PreparedMessage): StoredMessage {
    const kept: Kept = prepared;
    kept.labelIds = labelList(kept.labelIds);
    const place = this.#messages.findIndex((each) => byAge(each, kept) < 0);
    this.#messages.splice(place === -1 ? this.#messages.length : place, 0, kept);
    this.#index(kept);
    this.#byMessageId?.add(this.#headerIdOf(kept), kept);
    kept.historyId = this.history.next();
    this.#record("messagesAdded", kept, kept.labelIds);
    return kept;
  }

  /** Adds and removes labels; whatever is there already, or not there, stays as it is. */
  relabel(message: StoredMessage, change: { add?: readonly string[]; remove?: readonly string[] }): void {
    const kept = this.#byId.get(message.id);
    if (!kept) return;
    const removed = (change.remove ?? []).filter((id) => kept.labelIds.includes(id));
    const added = (change.add ?? []).filter((id) => !kept.labelIds.includes(id) && !change.remove?.includes(id));
    if (removed.length + added.length === 0) return;
    kept.labelIds = labelList([...kept.labelIds.filter((id) => !removed.includes(id)), ...added]);
    kept.historyId = this.history.next();
    if (removed.length > 0) this.#record("labelsRemoved", kept, removed);
    if (added.length > 0) this.#record("labelsAdded", kept, added);
  }

  /** Removes a message for good. */
  remove(message: StoredMessage): void {
    const kept = this.#byId.get(message.id);
    if (!kept) return;
    this.#byId.delete(kept.id);
    this.#byMessageId?.remove(this.#headerIdOf(kept), kept);
    this.#messages.splice(this.#messages.indexOf(kept), 1);
    const rest = this.thread(kept.threadId).filter((each) => each !== kept) as Kept[];
    if (rest.length > 0) this.#threads.set(kept.threadId, rest);
    else this.#threads.delete(kept.threadId);
    const draftId = this.drafts.idOf(kept);
    if (draftId !== undefined) this.drafts.remove(draftId);
    kept.historyId = this.history.next();
    this.#record("messagesDeleted", kept, []);
  }

  #create({ labelIds, compose, internalDate, threadId, messageId }: NewMessage, id: string): Kept {
    return {
      id,
      messageId,
      threadId: threadId ?? id,
      internalDate: internalDate ?? this.#clock.now(),
      arrival: (this.#arrivals += 1),
      labelIds: labelList(labelIds),
      historyId: 0n,
      compose,
    };
  }

  #index(message: Kept): void {
    this.#byId.set(message.id, message);
    const thread = this.#threads.get(message.threadId);
    if (!thread) this.#threads.set(message.threadId, [message]);
    else {
      thread.push(message);
      thread.sort(byAge);
    }
  }

  #headerIdOf(message: StoredMessage): string {
    return message.messageId ?? headerOf(this.scan(message).mime, "message-id");
  }

  #record(kind: HistoryKind, message: StoredMessage, labelIds: readonly string[]): void {
    const { historyId, labelIds: labelsAfter } = message;
    const change = this.history.record({ historyId, kind, message, labelsAfter, labelIds });
    for (const listener of this.#listeners) listener(change);
  }
}

/** Oldest first. */
function byAge(a: StoredMessage, b: StoredMessage): number {
  return a.internalDate - b.internalDate || a.arrival - b.arrival;
}
