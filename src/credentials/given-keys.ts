import { keyBytes, keyIdOf, keyUnavailable, type KeySource } from "./key-source.js";
import type { KeyRecord } from "./records.js";

/** Where keys come from that others keep, such as a secret manager. */
export interface KeyGiver {
  readonly source: "environment" | "command";
  /** What gives them, for messages. */
  readonly name: string;
  /** The text with one or several keys. @throws AuthenticationError `auth.key_unavailable` */
  text(): Promise<string>;
}

/**
 * Keys that the environment or a command gives: they protect as well as the place that they come from, and are never
 * stored here. A text may hold several with commas between, so that every process knows the next key before it is used.
 */
export function givenKeys(giver: KeyGiver): KeySource {
  const keys = async (): Promise<Buffer[]> => parseKeys(await giver.text(), giver.name);
  return {
    async create(_, { insteadOf } = {}) {
      const key = (await keys()).find((each) => keyIdOf(each) !== insteadOf);
      if (key) return { key, record: { key_id: keyIdOf(key), key_source: giver.source } };
      const example = `${giver.name} = NEW,OLD`;
      throw keyUnavailable(
        `${giver.name} gives only the key that the vault has already.`,
        `Let it give the new key and the old one, with a comma between (${example}), wherever the vault is used; then run this again.`,
      );
    },
    async read(_, { key_id: keyId }: KeyRecord) {
      const key = (await keys()).find((each) => keyIdOf(each) === keyId);
      if (key) return key;
      throw keyUnavailable(
        `${giver.name} gives another key than the vault's.`,
        `Let ${giver.name} give the key that this vault was made with; nothing was changed.`,
      );
    },
    remove: () => Promise.resolve(), // they are not ours
  };
}

function parseKeys(text: string, name: string): Buffer[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const key = Buffer.from(part, /^[0-9a-f]{64}$/i.test(part) ? "hex" : "base64");
      if (key.length === keyBytes && /^[\w+/=-]+$/.test(part)) return key;
      throw keyUnavailable(
        `${name} gives something that is no key.`, // not shown: it may be a secret all the same
        "A key is 32 random bytes in base64 or hex, such as `openssl rand -base64 32` prints.",
      );
    });
}
