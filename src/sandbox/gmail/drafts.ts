import type { Identifiers } from "../identifiers.js";
import type { StoredMessage } from "./message.js";

/** The drafts of a mailbox: each has an id that stays while its message is replaced. */
export class Drafts {
  readonly #identifiers: Identifiers;
  readonly #messages = new Map<string, StoredMessage>();
  readonly #ids = new Map<string, string>();

  constructor(identifiers: Identifiers) {
    this.#identifiers = identifiers;
  }

  find(draftId: string): StoredMessage | undefined {
    return this.#messages.get(draftId);
  }

  /** The draft that a message is, if it is one. */
  idOf(message: StoredMessage): string | undefined {
    return this.#ids.get(message.id);
  }

  /** Makes a message a draft of its own, or the content of one that there is. */
  put(message: StoredMessage, draftId: string = this.#newId()): string {
    this.remove(draftId);
    this.#messages.set(draftId, message);
    this.#ids.set(message.id, draftId);
    return draftId;
  }

  remove(draftId: string): void {
    const message = this.#messages.get(draftId);
    if (message) this.#ids.delete(message.id);
    this.#messages.delete(draftId);
  }

  #newId(): string {
    return `r${BigInt(`0x${this.#identifiers.hex()}`)}`;
  }
}
