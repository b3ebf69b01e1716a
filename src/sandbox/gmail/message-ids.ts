/** Messages by the Message-ID of their header, which several of a mailbox may share. */
export class MessageIds<T> {
  readonly #messages = new Map<string, T[]>();

  /** In the order in which they came. */
  find(messageId: string): readonly T[] {
    return this.#messages.get(messageId) ?? [];
  }

  add(messageId: string, message: T): void {
    const same = this.#messages.get(messageId);
    if (same) same.push(message);
    else this.#messages.set(messageId, [message]);
  }

  remove(messageId: string, message: T): void {
    const rest = this.find(messageId).filter((each) => each !== message);
    if (rest.length > 0) this.#messages.set(messageId, rest);
    else this.#messages.delete(messageId);
  }
}
