import { integrationError } from "../../../core/errors.js";

/**
 * The bytes of an attachment out of Gmail's JSON, `{"size": …, "data": "…"}`, while it comes: the JSON is never whole in
 * memory.
 *
 * @param json - base64url in `data`, with or without padding
 * @throws ConnectionError `connection.network` when the JSON ends too early or is none
 */
export async function* decodeAttachment(json: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new DataReader();
  let pending = "";
  for await (const chunk of json) {
    pending += reader.read(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1"));
    const whole = pending.length - (pending.length % 4);
    if (whole === 0) continue;
    yield Buffer.from(pending.slice(0, whole), "base64url");
    pending = pending.slice(whole);
  }
  if (!reader.done) throw integrationError("connection.network", { message: "Gmail's answer broke off." });
  if (pending !== "") yield Buffer.from(pending, "base64url");
}

/** Finds the value of `data` in an object that comes in pieces; all of it is ASCII. */
class DataReader {
  /** How many brackets are open. */
  #depth = 0;
  /** The text of the string that is being read, unless it is the data. */
  #string: string | undefined;
  #escape = "";
  /** The key whose value comes next. */
  #key: string | undefined;
  #lastString = "";
  #inData = false;
  #seen = false;

  /** Whether the object is complete, with its data. */
  get done(): boolean {
    return this.#seen && this.#depth === 0 && this.#string === undefined;
  }

  /** @returns what of the data this piece holds */
  read(piece: string): string {
    let data = "";
    for (let at = 0; at < piece.length; at += 1) {
      if (this.#inData && this.#escape === "") {
        const end = endOfRun(piece, at);
        data += piece.slice(at, end);
        at = end;
        if (at >= piece.length) break;
      }
      data += this.#character(piece[at] ?? "");
    }
    // Padding ends the data; base64url takes it or leaves it.
    return data.replace(/=+$/, "");
  }

  #character(character: string): string {
    if (this.#string === undefined && !this.#inData) return this.#structure(character);
    if (this.#escape !== "") return this.#escaped(character);
    if (character === "\\") this.#escape = "\\";
    else if (character === '"') this.#endString();
    else if (this.#inData) return character;
    else this.#string = (this.#string ?? "") + character;
    return "";
  }

  #structure(character: string): string {
    if (character === "{" || character === "[") this.#depth += 1;
    else if (character === "}" || character === "]") this.#depth -= 1;
    else if (character === ":") this.#key = this.#lastString;
    else if (character === ",") this.#key = undefined;
    else if (character === '"') {
      this.#inData = this.#depth === 1 && this.#key === "data";
      if (this.#inData) this.#seen = true;
      else this.#string = "";
    }
    return "";
  }

  /** A character that is written with a backslash: Google writes "=" as `\u003d`. */
  #escaped(character: string): string {
    this.#escape += character;
    if (this.#escape.startsWith("\\u") && this.#escape.length < 6) return "";
    const text = this.#escape.startsWith("\\u")
      ? String.fromCharCode(Number.parseInt(this.#escape.slice(2), 16))
      : character;
    this.#escape = "";
    if (this.#inData) return text;
    this.#string = (this.#string ?? "") + text;
    return "";
  }

  #endString(): void {
    if (!this.#inData) this.#lastString = this.#string ?? "";
    this.#inData = false;
    this.#string = undefined;
    this.#key = undefined;
  }
}

/** Where the characters that need no thought end. */
function endOfRun(piece: string, from: number): number {
  const quote = piece.indexOf('"', from);
  const escape = piece.indexOf("\\", from);
  return Math.min(quote === -1 ? piece.length : quote, escape === -1 ? piece.length : escape);
}
