import { execFile } from "node:child_process";
import { lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { createFileStore } from "./file-store.js";
import { createMemoryStore } from "./memory-store.js";
import type { CredentialStore, Generation, RecordKey, RecordKind } from "./store.js";

const kinds: readonly RecordKind[] = ["vault", "pointer", "app", "token", "key", "consent"];

/** A key as the vault uses it for a kind. */
function keyOf(kind: RecordKind, userId = "ann@example.com"): RecordKey {
  const shared = kind === "vault" || kind === "app";
  const service = kind === "vault" || kind === "consent" ? "" : "acme_mail";
  return { kind, service, userId: shared ? "" : kind === "consent" ? "ab".repeat(32) : userId };
}

const pointerText = (userId: string): string => JSON.stringify({ user_id: userId, service: "acme_mail" });

/** Writes over whatever is there. */
async function put(store: CredentialStore, key: RecordKey, text: string): Promise<Generation> {
  const generation = await store.write(key, text, { replaces: (await store.read(key))?.generation });
  if (generation === undefined) throw new TypeError("nobody else writes here");
  return generation;
}

const textOf = async (store: CredentialStore, key: RecordKey) => (await store.read(key))?.text;
const isSealed = async (store: CredentialStore) => (await store.sealed()).length > 0;

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-store-"));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const visitNothing = () => Promise.resolve();

const stores: readonly [string, (run: (store: CredentialStore) => Promise<void>) => Promise<void>][] = [
  ["the file store", (run) => inFolder((folder) => run(createFileStore(join(folder, "credentials"))))],
  ["the memory store", (run) => run(createMemoryStore())],
];

describe.each(stores)("%s", (_, withStore) => {
  it.each(kinds)("keeps a %s: nothing at first, then what was written last, then nothing", (kind) =>
    withStore(async (store) => {
      const key = keyOf(kind);
      expect(await store.read(key)).toBeUndefined();
      await put(store, key, "first");
      const generation = await put(store, key, "second: é\n");
      expect(await store.read(key)).toEqual({ text: "second: é\n", generation });
      expect(await store.remove(key, generation)).toBe(true);
      expect(await store.remove(key, generation)).toBe(false);
      expect(await store.read(key)).toBeUndefined();
    }),
  );

  it("creates a record for one of many who try at once", () =>
    withStore(async (store) => {
      const texts = ["a", "b", "c"];
      const made = await Promise.all(texts.map((text) => store.write(keyOf("vault"), text, { replaces: undefined })));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await store.write(keyOf("vault"), "d", { replaces: undefined })).toBeUndefined();
      expect(texts[made.findIndex(Boolean)]).toBe(await textOf(store, keyOf("vault")));
    }));

  it("replaces and removes nothing but the state that was read", () =>
    withStore(async (store) => {
      const key = keyOf("token");
      const first = await put(store, key, "first");
      const second = await put(store, key, "second");
      expect(await store.write(key, "third", { replaces: first })).toBeUndefined();
      expect(await store.write(key, "third", { replaces: undefined })).toBeUndefined();
      expect(await store.remove(key, first)).toBe(false);
      expect(await store.read(key)).toEqual({ text: "second", generation: second });
    }));

  it("writes nothing that was sealed for another state of the vault", () =>
    withStore(async (store) => {
      const vault = await put(store, keyOf("vault"), "key 1");
      expect(await store.write(keyOf("token"), "a", { replaces: undefined, vault })).toBeDefined();
      await put(store, keyOf("vault"), "key 2");
      expect(await store.write(keyOf("consent"), "b", { replaces: undefined, vault })).toBeUndefined();
      expect(await store.read(keyOf("consent"))).toBeUndefined();
    }));

  it("lets one at a time in, by name, and goes on after a failure", () =>
    withStore(async (store) => {
      let inside = 0;
      const visit = () =>
        store.exclusively("the door", { timeoutMs: 10_000 }, async () => {
          expect(++inside).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 2));
          inside--;
        });
      await Promise.all(Array.from({ length: 8 }, visit));
      const failure = new TypeError("on purpose");
      await expect(store.exclusively("the door", { timeoutMs: 100 }, () => Promise.reject(failure))).rejects.toBe(
        failure,
      );
      await store.exclusively("the door", { timeoutMs: 10_000 }, () =>
        store.exclusively("another", { timeoutMs: 10_000 }, visitNothing),
      );
    }));

  it("gives up after the time that was allowed, and when the caller does", () =>
    withStore(async (store) => {
      await store.exclusively("the door", { timeoutMs: 10_000 }, async () => {
        const reason = new DOMException("enough", "AbortError");
        const aborted = { timeoutMs: 10_000, signal: AbortSignal.abort(reason) };
        await expect(store.exclusively("the door", aborted, visitNothing)).rejects.toBe(reason);
        await expect(store.exclusively("the door", { timeoutMs: 30 }, visitNothing)).rejects.toMatchObject({
          code: "connection.timeout",
        });
      });
      await store.exclusively("the door", { timeoutMs: 10_000 }, visitNothing);
    }));

  it("keeps users, services and kinds apart", () =>
    withStore(async (store) => {
      const keys = ["default", "work", "auth0|abc"].flatMap((user) =>
        (["pointer", "token", "key"] as const).map((kind) => keyOf(kind, user)),
      );
      for (const key of keys)
        await put(store, key, key.kind === "pointer" ? pointerText(key.userId) : JSON.stringify(key));
      for (const key of keys) {
        expect(await textOf(store, key)).toBe(key.kind === "pointer" ? pointerText(key.userId) : JSON.stringify(key));
      }
      expect(await store.read({ ...keyOf("token"), service: "acme_calendar" })).toBeUndefined();
    }));

  it("finds pointers of one service and of all", () =>
    withStore(async (store) => {
      await put(store, keyOf("pointer", "default"), pointerText("default"));
      await put(store, { ...keyOf("pointer", "default"), service: "acme_calendar" }, "{}");
      expect((await store.pointers()).map(({ service }) => service).sort()).toEqual(["acme_calendar", "acme_mail"]);
      expect((await store.pointers({ service: "acme_mail" })).map(({ stored }) => stored.text)).toEqual([
        pointerText("default"),
      ]);
      expect(await store.pointers({ service: "acme" })).toEqual([]);
    }));

  it("reads along with pointers what is sealed for their profiles", () =>
    withStore(async (store) => {
      for (const user of ["default", "work", "nobody"]) await put(store, keyOf("pointer", user), pointerText(user));
      const generation = await put(store, keyOf("token", "default"), "sealed for default");
      await put(store, keyOf("token", "work"), "sealed for work");
      await put(store, keyOf("key", "nobody"), "another kind");
      const found = await store.pointers({ sealed: () => "token" });
      expect(found.map(({ stored, sealed }) => [stored.text, sealed?.text])).toEqual(
        expect.arrayContaining([
          [pointerText("default"), "sealed for default"],
          [pointerText("work"), "sealed for work"],
          [pointerText("nobody"), undefined],
        ]),
      );
      expect(found.map(({ sealed }) => sealed?.generation)).toContain(generation);
    }));

  it("finds what is sealed, and whose it is", () =>
    withStore(async (store) => {
      await put(store, keyOf("app"), "{}");
      await put(store, keyOf("pointer", "work"), pointerText("work"));
      await put(store, keyOf("pointer", "default"), pointerText("default"));
      const records = [keyOf("token", "work"), keyOf("key", "default"), keyOf("consent")];
      expect((await store.sealed()).filter(({ key }) => key?.kind !== "app")).toEqual([]);
      for (const key of records) await put(store, key, "sealed");
      const found = (await store.sealed()).map(({ key }) => key).filter((key) => key?.kind !== "app");
      expect(found).toHaveLength(records.length);
      expect(found).toEqual(expect.arrayContaining(records));
      expect((await store.sealed("token")).map(({ key }) => key)).toEqual([records[0]]);
    }));
});

describe("the file store", () => {
  it("gives a second profile with the same short hash a longer one, and each its own records", () =>
    inFolder(async (folder) => {
      const store = createFileStore(folder);
      // No two real names are known to share eight digits of MD5: the other one's pointer is put in the place of ours.
      await put(store, keyOf("pointer", "ann"), pointerText("somebody else"));
      const [taken = ""] = await readdir(folder);
      await put(store, keyOf("pointer", "ann"), pointerText("ann"));
      await put(store, keyOf("token", "ann"), "ann's");
      expect(await store.locate(keyOf("pointer", "ann"))).toMatch(/[0-9a-f]{16}_acme_mail\.json$/);
      expect(await textOf(store, keyOf("pointer", "ann"))).toBe(pointerText("ann"));
      expect(await textOf(store, keyOf("token", "ann"))).toBe("ann's");
      expect(await readdir(join(folder, "acme_mail"))).not.toContain(taken.slice(0, 8));
    }));

  it("finds a profile under its longer hash after the other one has gone", () =>
    inFolder(async (folder) => {
      const store = createFileStore(folder);
      await put(store, keyOf("pointer", "ann"), pointerText("somebody else"));
      const [short = ""] = await readdir(folder);
      await put(store, keyOf("pointer", "ann"), pointerText("ann"));
      await put(store, keyOf("token", "ann"), "ann's");
      await rm(join(folder, short));
      expect(await textOf(store, keyOf("token", "ann"))).toBe("ann's");
    }));

  it("takes the open tokens of the Python program for nothing sealed", () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, "acme_mail"));
      await writeFile(join(folder, "acme_mail", "token.json"), '{"token": "x", "refresh_token": "y"}');
      expect(await isSealed(createFileStore(folder))).toBe(false);
      await writeFile(join(folder, "acme_mail", "token.json"), '{"wrappedKey": "');
      expect(await isSealed(createFileStore(folder))).toBe(true);
    }));

  it("makes files and folders for their owner alone, whatever the umask", () =>
    inFolder(async (folder) => {
      // A worker thread has no umask of its own: a process of the built package does it.
      const built = new URL("../../dist/credentials/file-store.js", import.meta.url).href;
      const program = `process.umask(0);
        const { createFileStore } = await import(${JSON.stringify(built)});
        const store = createFileStore(${JSON.stringify(join(folder, "new", "credentials"))});
        await store.write({ kind: "token", service: "acme_mail", userId: "work" }, "{}", {});
        await store.write({ kind: "vault", service: "", userId: "" }, "{}", {});
        await store.exclusively("a name", { timeoutMs: 10_000 }, async () => undefined);`;
      await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      expect(found).toHaveLength(10);
      for (const entry of found) {
        const { mode } = await lstat(join(entry.parentPath, entry.name));
        expect(mode & 0o777, entry.name).toBe(entry.isDirectory() ? 0o700 : 0o600);
      }
    }));

  it("leaves nothing behind when a write fails", () =>
    inFolder(async (folder) => {
      const store = createFileStore(folder);
      await writeFile(join(folder, "target"), "mine");
      await symlink(join(folder, "target"), join(folder, "vault.json"));
      await expect(put(store, keyOf("vault"), "ours")).rejects.toMatchObject({ code: "config.invalid_file" });
      await expect(store.read(keyOf("vault"))).rejects.toMatchObject({ code: "config.invalid_file" });
      expect((await readdir(folder)).sort()).toEqual(["target", "vault.json"]);
    }));

  it("does not write through a folder that is a link", () =>
    inFolder(async (folder) => {
      const elsewhere = await mkdtemp(join(tmpdir(), "maigic-elsewhere-"));
      await symlink(elsewhere, join(folder, "acme_mail"));
      const store = createFileStore(folder);
      await expect(put(store, keyOf("token", "default"), "sealed")).rejects.toMatchObject({
        code: "config.invalid_file",
      });
      expect(await readdir(elsewhere)).toEqual([]);
      await rm(elsewhere, { recursive: true });
    }));
});
