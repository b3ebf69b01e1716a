import { Mutex } from "../core/mutex.js";
import type { CredentialStore, Generation, RecordKey, StoredRecord } from "./store.js";
import { takeTurn } from "./turn.js";

const clearKinds: readonly string[] = ["vault", "pointer"];

/** Records that live as long as the process. */
export function createMemoryStore(): CredentialStore {
  const records = new Map<string, StoredRecord & { key: RecordKey }>();
  const turns = new Mutex();
  let writes = 0;
  const nameOf = (key: RecordKey): string => JSON.stringify([key.kind, key.service, key.userId]);
  const locate = (key: RecordKey): string => `memory:${key.kind}/${key.service}/${key.userId}`;
  const generationOf = (key: RecordKey): Generation | undefined => records.get(nameOf(key))?.generation;
  return {
    openToPeople: false,
    read: (key) => {
      const found = records.get(nameOf(key));
      return Promise.resolve(found && { text: found.text, generation: found.generation });
    },
    write: (key, text, { replaces, vault }) => {
      const sealedInVain = vault !== undefined && generationOf({ kind: "vault", service: "", userId: "" }) !== vault;
      if (sealedInVain || generationOf(key) !== replaces) return Promise.resolve(undefined);
      const generation = String(++writes);
      records.set(nameOf(key), { key, text, generation });
      return Promise.resolve(generation);
    },
    remove: (key, generation) => Promise.resolve(generationOf(key) === generation && records.delete(nameOf(key))),
    pointers: (service) =>
      Promise.resolve(
        [...records.values()]
          .filter(({ key }) => key.kind === "pointer" && (service === undefined || key.service === service))
          .map(({ key, text, generation }) => ({ service: key.service, location: locate(key), text, generation })),
      ),
    sealed: (kind) =>
      Promise.resolve(
        [...records.values()]
          .filter(({ key }) => !clearKinds.includes(key.kind) && (kind === undefined || key.kind === kind))
          .map(({ key }) => ({ key, location: locate(key) })),
      ),
    exclusively: (name, turn, work) =>
      takeTurn(name, turn, (waiting, begun) =>
        turns.run(
          name,
          () => {
            begun();
            return work();
          },
          waiting,
        ),
      ),
    locate: (key) => Promise.resolve(locate(key)),
    close: () => Promise.resolve(),
  };
}
