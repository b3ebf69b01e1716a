import { Mutex } from "../core/mutex.js";
import type { CredentialStore, Generation, RecordKey, StoredRecord, Turn } from "./store.js";
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
    pointers: ({ service, sealed } = {}) =>
      Promise.resolve(
        [...records.values()]
          .filter(({ key }) => key.kind === "pointer" && (service === undefined || key.service === service))
          .map(({ key, text, generation }) => {
            const beside = sealed && records.get(nameOf({ ...key, kind: sealed(key.service) }));
            return {
              service: key.service,
              location: locate(key),
              stored: { text, generation },
              ...(beside && { sealed: beside }),
            };
          }),
      ),
    sealed: (kind) =>
      Promise.resolve(
        [...records.values()]
          .filter(({ key }) => !clearKinds.includes(key.kind) && (kind === undefined || key.kind === kind))
          .map(({ key }) => ({ key, location: locate(key) })),
      ),
    exclusively: (name, turn, work) => inTurn(turns, name, turn, work),
    locate: (key) => Promise.resolve(locate(key)),
    close: () => Promise.resolve(),
  };
}

function inTurn<T>(turns: Mutex, name: string, turn: Turn, work: () => Promise<T>): Promise<T> {
  return takeTurn(name, turn, (waiting, begun) => {
    const begin = (): Promise<T> => {
      begun();
      return work();
    };
    return turns.run(name, begin, waiting);
  });
}
