import { inspect } from "node:util";

/** A token, key or password that does not show itself: printing, JSON and `util.inspect` give `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Called only where it is put on the wire or sealed. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }
}

Object.defineProperty(Secret.prototype, inspect.custom, { value: (): string => "[secret]" });
