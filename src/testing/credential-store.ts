import assert from "node:assert/strict";
import { isIntegrationError } from "../core/errors.js";
import type { CredentialStore, Generation, RecordKey, RecordKind } from "../credentials/store.js";
import type { ConformanceTest } from "./conformance.js";

/** A store that a test may fill, and what ends it. */
export interface StoreUnderTest {
  readonly store: CredentialStore;
  /** The same records as another process has them; left out by a store that no other process can reach. */
  readonly another?: CredentialStore;
  /** Removes everything. */
  readonly end: () => Promise<void>;
}

const kinds: readonly RecordKind[] = ["vault", "pointer", "app", "token", "key", "consent", "send"];
const patience = { timeoutMs: 10_000 };
const nothing = (): Promise<void> => Promise.resolve();

/**
 * What every credential store must do: keep records apart and whole, replace and remove only what was read, hold turns.
 *
 * @param open - an empty store, for each test anew
 */
export function credentialStoreConformance(open: () => Promise<StoreUnderTest>): readonly ConformanceTest[] {
  return Object.entries(tests).map(([name, test]) => ({
    name,
    run: async () => {
      const opened = await open();
      try {
        await test(opened.store, opened.another ?? opened.store);
      } finally {
        await opened.end();
      }
    },
  }));
}

type StoreTest = (store: CredentialStore, another: CredentialStore) => Promise<void>;

const tests: Readonly<Record<string, StoreTest>> = {
  ...Object.fromEntries(
    kinds.map((kind) => [`keeps a ${kind}: nothing at first, then what was written last, then nothing`, keeps(kind)]),
  ),

  async "creates a record for one of many who try at once"(store, another) {
    const texts = ["a", "b", "c", "d"];
    const made = await Promise.all(
      texts.map((text, index) =>
        (index % 2 === 0 ? store : another).write(keyOf("vault"), text, { replaces: undefined }),
      ),
    );
    assert.equal(made.filter(Boolean).length, 1);
    assert.equal(await store.write(keyOf("vault"), "e", { replaces: undefined }), undefined);
    assert.equal(await textOf(store, keyOf("vault")), texts[made.findIndex(Boolean)]);
  },

  async "replaces and removes nothing but the state that was read"(store, another) {
    const key = keyOf("token");
    const first = await put(store, key, "first");
    const second = await put(another, key, "second");
    assert.equal(await store.write(key, "third", { replaces: first }), undefined);
    assert.equal(await store.write(key, "third", { replaces: undefined }), undefined);
    assert.equal(await store.remove(key, first), false);
    assert.deepEqual(await store.read(key), { text: "second", generation: second });
  },

  async "lets one of many replace the same state"(store, another) {
    const key = keyOf("token");
    const replaces = await put(store, key, "first");
    const written = await Promise.all(
      ["a", "b", "c", "d"].map((text, index) => (index % 2 === 0 ? store : another).write(key, text, { replaces })),
    );
    assert.equal(written.filter(Boolean).length, 1);
  },

  async "never gives a record that was removed and made again a state that it had"(store) {
    const key = keyOf("token");
    const old = await put(store, key, "first");
    await store.remove(key, old);
    await put(store, key, "second");
    assert.equal(await store.write(key, "third", { replaces: old }), undefined);
  },

  async "writes nothing that was sealed for another state of the vault"(store, another) {
    const vault = await put(store, keyOf("vault"), "key 1");
    assert.ok(await store.write(keyOf("token"), "a", { replaces: undefined, vault }));
    await put(another, keyOf("vault"), "key 2");
    assert.equal(await store.write(keyOf("consent"), "b", { replaces: undefined, vault }), undefined);
    assert.equal(await store.read(keyOf("consent")), undefined);
    const replaces = (await store.read(keyOf("token")))?.generation;
    assert.equal(await store.write(keyOf("token"), "b", { replaces, vault }), undefined);
    assert.equal(await textOf(store, keyOf("token")), "a");
  },

  async "lets one at a time in, by name, and goes on after a failure"(store, another) {
    let inside = 0;
    const visit = (_: unknown, index: number): Promise<void> =>
      (index % 2 === 0 ? store : another).exclusively("the door", patience, async () => {
        assert.equal(++inside, 1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inside--;
      });
    await Promise.all(Array.from({ length: 8 }, visit));
    const failure = new DOMException("on purpose", "DataError");
    const failing = store.exclusively("the door", patience, () => Promise.reject(failure));
    await assert.rejects(failing, (error) => error === failure);
    await another.exclusively("the door", patience, () => store.exclusively("another", patience, nothing));
  },

  async "gives up after the time that was allowed, and when the caller does"(store, another) {
    await store.exclusively("the door", patience, async () => {
      const reason = new DOMException("enough", "AbortError");
      const aborted = { ...patience, signal: AbortSignal.abort(reason) };
      await assert.rejects(another.exclusively("the door", aborted, nothing), (error) => error === reason);
      await assert.rejects(another.exclusively("the door", { timeoutMs: 50 }, nothing), (error) =>
        isIntegrationError(error, "connection.timeout"),
      );
    });
    await another.exclusively("the door", patience, nothing);
  },

  async "keeps users, services and kinds apart"(store, another) {
    const keys = ["default", "work", "auth0|abc", "ann@example.com", "Ann@example.com"].flatMap((user) =>
      (["pointer", "token", "key"] as const).map((kind) => keyOf(kind, user)),
    );
    const textFor = (key: RecordKey): string =>
      key.kind === "pointer" ? pointerText(key.userId) : JSON.stringify(key);
    for (const key of keys) await put(store, key, textFor(key));
    for (const key of keys) assert.equal(await textOf(another, key), textFor(key));
    assert.equal(await store.read({ ...keyOf("token"), service: "acme_calendar" }), undefined);
  },

  async "finds pointers of one service and of all"(store, another) {
    await put(store, keyOf("pointer", "default"), pointerText("default"));
    await put(store, { ...keyOf("pointer", "default"), service: "acme_calendar" }, "{}");
    const services = (await another.pointers()).map(({ service }) => service);
    assert.deepEqual(services.sort(), ["acme_calendar", "acme_mail"]);
    const own = await another.pointers({ service: "acme_mail" });
    assert.deepEqual(
      own.map(({ stored }) => stored.text),
      [pointerText("default")],
    );
    assert.deepEqual(await store.pointers({ service: "acme" }), []);
  },

  async "reads along with pointers what is sealed for their profiles"(store) {
    for (const user of ["default", "work", "nobody"]) await put(store, keyOf("pointer", user), pointerText(user));
    const generation = await put(store, keyOf("token", "default"), "sealed for default");
    await put(store, keyOf("token", "work"), "sealed for work");
    await put(store, keyOf("key", "nobody"), "another kind");
    const found = await store.pointers({ sealed: () => "token" });
    assert.deepEqual(
      new Map(found.map(({ stored, sealed }) => [stored.text, sealed?.text])),
      new Map([
        [pointerText("default"), "sealed for default"],
        [pointerText("work"), "sealed for work"],
        [pointerText("nobody"), undefined],
      ]),
    );
    assert.ok(found.some(({ sealed }) => sealed?.generation === generation));
  },

  async "finds what is sealed, and whose it is"(store, another) {
    await put(store, keyOf("app"), "{}");
    await put(store, keyOf("pointer", "work"), pointerText("work"));
    await put(store, keyOf("pointer", "default"), pointerText("default"));
    const records = [keyOf("token", "work"), keyOf("key", "default"), keyOf("consent")];
    for (const key of records) await put(store, key, "sealed");
    // Where people put client files themselves, those are not sealed.
    const found = (await another.sealed()).flatMap(({ key }) => (key && key.kind !== "app" ? [key] : []));
    const named = (keys: readonly RecordKey[]): string[] => keys.map((key) => JSON.stringify(key)).sort();
    assert.deepEqual(named(found), named(records));
    assert.deepEqual(
      (await another.sealed("token")).map(({ key }) => key),
      [records[0]],
    );
  },
};

function keeps(kind: RecordKind): StoreTest {
  return async (store, another) => {
    const key = keyOf(kind);
    assert.equal(await store.read(key), undefined);
    await put(store, key, "first");
    const generation = await put(another, key, "second: é\n");
    assert.deepEqual(await store.read(key), { text: "second: é\n", generation });
    assert.equal(await store.remove(key, generation), true);
    assert.equal(await another.remove(key, generation), false);
    assert.equal(await another.read(key), undefined);
  };
}

/** A key as the vault uses it for a kind. */
function keyOf(kind: RecordKind, userId = "ann@example.com"): RecordKey {
  const shared = kind === "vault" || kind === "app";
  const named = kind === "consent" || kind === "send";
  const service = kind === "vault" || named ? "" : "acme_mail";
  return { kind, service, userId: shared ? "" : named ? "ab".repeat(32) : userId };
}

function pointerText(userId: string): string {
  return JSON.stringify({ user_id: userId, service: "acme_mail" });
}

/** Writes over whatever is there. */
async function put(store: CredentialStore, key: RecordKey, text: string): Promise<Generation> {
  const generation = await store.write(key, text, { replaces: (await store.read(key))?.generation });
  assert.ok(generation !== undefined, "a write over what was read before, with nobody else writing, is done");
  return generation;
}

async function textOf(store: CredentialStore, key: RecordKey): Promise<string | undefined> {
  return (await store.read(key))?.text;
}
