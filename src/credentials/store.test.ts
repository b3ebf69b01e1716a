import { execFile } from "node:child_process";
import { lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openWorld, redirectUri } from "../../test/support/world.js";
import { createCredentialManager } from "../integrations.js";
import { createFileStore } from "./file-store.js";
import { createMemoryStore } from "./memory-store.js";
import { credentialStoreConformance, type StoreUnderTest } from "../testing/index.js";
import type { CredentialStore, Generation, RecordKey, RecordKind } from "./store.js";

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

/** Each breaks one promise. */
const brokenStores: Readonly<Record<string, (store: CredentialStore) => CredentialStore>> = {
  "writes whatever was there": (store) => ({
    ...store,
    write: async (key, text) => store.write(key, text, { replaces: (await store.read(key))?.generation }),
  }),
  "removes whatever is there": (store) => ({
    ...store,
    remove: async (key) => store.remove(key, (await store.read(key))?.generation ?? ""),
  }),
  "looks at no vault": (store) => ({
    ...store,
    write: (key, text, { replaces }) => store.write(key, text, { replaces }),
  }),
  "mixes users up": (store) => ({ ...store, read: (key) => store.read({ ...key, userId: "default" }) }),
  "lets everybody in at once": (store) => ({ ...store, exclusively: (_, __, work) => work() }),
  "finds no pointers": (store) => ({ ...store, pointers: () => Promise.resolve([]) }),
  "finds nothing sealed": (store) => ({ ...store, sealed: () => Promise.resolve([]) }),
};

const fileStores = async (): Promise<StoreUnderTest> => {
  const folder = await mkdtemp(join(tmpdir(), "maigic-store-"));
  const root = join(folder, "credentials");
  return {
    store: createFileStore(root),
    another: createFileStore(root),
    end: () => rm(folder, { recursive: true, force: true }),
  };
};

describe("the file store, as every store", () => {
  for (const { name, run } of credentialStoreConformance(fileStores)) it(name, run);
});

describe("the memory store, as every store", () => {
  const opened = (): Promise<StoreUnderTest> =>
    Promise.resolve({ store: createMemoryStore(), end: () => Promise.resolve() });
  for (const { name, run } of credentialStoreConformance(opened)) it(name, run);
});

describe("a program's own store", () => {
  it("keeps what a manager stores, sealed with a key from where the configuration says", async () => {
    await using w = await openWorld({ seed: { users: [{ email: "alice@example.com" }] } });
    const store = createMemoryStore();
    const managed = () => createCredentialManager(w.config, { endpoints: w.sandbox.url, store });
    expect(managed()).toBe(managed());
    const { url } = await managed().beginConsent("google_gmail", {
      userId: "default",
      redirectUri,
      clientFile: w.clientFile,
    });
    await managed().completeConsent(await w.sandbox.approve(url, { user: "alice@example.com" }), { userId: "default" });
    expect((await store.sealed("token")).map(({ key }) => key?.service)).toEqual(["google_gmail"]);
    expect(await managed().vaultStatus()).toMatchObject({ keySource: "key_file", location: "memory:vault//" });
    expect(await w.credentials.listProfiles()).toEqual([]);
  });
});

describe("the suite for stores", () => {
  it.each(Object.entries(brokenStores))("notices a store that %s", async (_, broken) => {
    const opened = (): Promise<StoreUnderTest> =>
      Promise.resolve({ store: broken(createMemoryStore()), end: () => Promise.resolve() });
    const results = await Promise.allSettled(credentialStoreConformance(opened).map(({ run }) => run()));
    expect(results.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  });
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
