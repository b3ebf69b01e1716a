/** Every slice of a secret that counts as a leak is so long. */
const sliceLength = 12;

/** Secrets that must turn up nowhere, and what looks for them. */
export class Canaries {
  readonly #slices = new Map<string, string>();
  readonly #known = new Set<string>();

  /** @param name - for the report: which secret it is */
  add(name: string, secret: string | undefined): void {
    if (secret === undefined || secret.length < sliceLength || this.#known.has(secret)) return;
    this.#known.add(secret);
    for (const form of formsOf(secret)) {
      for (let at = 0; at + sliceLength <= form.length; at++) this.#slices.set(form.slice(at, at + sliceLength), name);
    }
  }

  get count(): number {
    return this.#known.size;
  }

  /** What of it is in a text: the secret's name and where, without showing it. */
  findIn(text: string, where: string): string[] {
    const found = new Set<string>();
    for (let at = 0; at + sliceLength <= text.length; at++) {
      const name = this.#slices.get(text.slice(at, at + sliceLength));
      if (name !== undefined) found.add(`${name} in ${where}`);
    }
    return [...found];
  }
}

/** As it is and as it may travel; in base64 a text looks different at each of three places. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const shifted = [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes, Buffer.alloc(3)]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3));
    // What the neighbours take part in is cut off.
    return (["base64", "base64url"] as const).map((encoding) => whole.toString(encoding).slice(4, -4));
  });
  const escaped = [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    escaped,
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...shifted,
  ];
}
