import type { CredentialStore, RecordKey } from "./store.js";

/** Records that live as long as the process. */
export function createMemoryStore(): CredentialStore {
  const records = new Map<string, { key: RecordKey; text: string }>();
  const nameOf = (key: RecordKey): string => JSON.stringify([key.kind, key.service, key.userId]);
  const locate = (key: RecordKey): string => `memory:${key.kind}/${key.service}/${key.userId}`;
  return {
    read: (key) => Promise.resolve(records.get(nameOf(key))?.text),
    write: (key, text) => {
      records.set(nameOf(key), { key, text });
      return Promise.resolve();
    },
    create: (key, text) => {
      if (records.has(nameOf(key))) return Promise.resolve(false);
      records.set(nameOf(key), { key, text });
      return Promise.resolve(true);
    },
    remove: (key) => Promise.resolve(records.delete(nameOf(key))),
    pointers: (service) =>
      Promise.resolve(
        [...records.values()]
          .filter(({ key }) => key.kind === "pointer" && (service === undefined || key.service === service))
          .map(({ key, text }) => ({ service: key.service, location: locate(key), text })),
      ),
    hasSealedRecords: () =>
      Promise.resolve([...records.values()].some(({ key }) => key.kind === "token" || key.kind === "key")),
    locate: (key) => Promise.resolve(locate(key)),
  };
}
