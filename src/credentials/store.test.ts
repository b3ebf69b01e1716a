import { execFile } from "node:child_process";
import { lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { createFileStore } from "./file-store.js";
import { createMemoryStore } from "./memory-store.js";
import type { CredentialStore, RecordKey, RecordKind } from "./store.js";

const kinds: readonly RecordKind[] = ["vault", "pointer", "app", "token", "key", "consent"];

/** A key as the vault uses it for a kind. */
function keyOf(kind: RecordKind, userId = "ann@example.com"): RecordKey {
  const shared = kind === "vault" || kind === "app";
  const service = kind === "vault" || kind === "consent" ? "" : "acme_mail";
  return { kind, service, userId: shared ? "" : kind === "consent" ? "ab".repeat(32) : userId };
}

const pointerText = (userId: string): string => JSON.stringify({ user_id: userId, service: "acme_mail" });

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-store-"));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const stores: readonly [string, (run: (store: CredentialStore) => Promise<void>) => Promise<void>][] = [
  ["the file store", (run) => inFolder((folder) => run(createFileStore(join(folder, "credentials"))))],
  ["the memory store", (run) => run(createMemoryStore())],
];

describe.each(stores)("%s", (_, withStore) => {
  it.each(kinds)("keeps a %s: nothing at first, then what was written last, then nothing", (kind) =>
    withStore(async (store) => {
      const key = keyOf(kind);
      expect(await store.read(key)).toBeUndefined();
      await store.remove(key);
      await store.write(key, "first");
      await store.write(key, "second: é\n");
      expect(await store.read(key)).toBe("second: é\n");
      await store.remove(key);
      expect(await store.read(key)).toBeUndefined();
    }),
  );

  it("creates a record for one of many who try at once", () =>
    withStore(async (store) => {
      const made = await Promise.all(["a", "b", "c"].map((text) => store.create(keyOf("vault"), text)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await store.create(keyOf("vault"), "d")).toBe(false);
      expect(["a", "b", "c"][made.indexOf(true)]).toBe(await store.read(keyOf("vault")));
    }));

  it("keeps users, services and kinds apart", () =>
    withStore(async (store) => {
      const keys = ["default", "work", "auth0|abc"].flatMap((user) =>
        (["pointer", "token", "key"] as const).map((kind) => keyOf(kind, user)),
      );
      for (const key of keys)
        await store.write(key, key.kind === "pointer" ? pointerText(key.userId) : JSON.stringify(key));
      for (const key of keys) {
        expect(await store.read(key)).toBe(key.kind === "pointer" ? pointerText(key.userId) : JSON.stringify(key));
      }
      expect(await store.read({ ...keyOf("token"), service: "acme_calendar" })).toBeUndefined();
    }));

  it("finds pointers of one service and of all", () =>
    withStore(async (store) => {
      await store.write(keyOf("pointer", "default"), pointerText("default"));
      await store.write({ ...keyOf("pointer", "default"), service: "acme_calendar" }, "{}");
      expect((await store.pointers()).map(({ service }) => service).sort()).toEqual(["acme_calendar", "acme_mail"]);
      expect((await store.pointers("acme_mail")).map(({ text }) => text)).toEqual([pointerText("default")]);
      expect(await store.pointers("acme")).toEqual([]);
    }));

  it("knows whether anything sealed is there", () =>
    withStore(async (store) => {
      await store.write(keyOf("app"), "{}");
      await store.write(keyOf("pointer", "work"), pointerText("work"));
      expect(await store.hasSealedRecords()).toBe(false);
      await store.write(keyOf("token", "work"), "sealed");
      expect(await store.hasSealedRecords()).toBe(true);
    }));
});

describe("the file store", () => {
  it("gives a second profile with the same short hash a longer one, and each its own records", () =>
    inFolder(async (folder) => {
      const store = createFileStore(folder);
      // No two real names are known to share eight digits of MD5: the other one's pointer is put in the place of ours.
      await store.write(keyOf("pointer", "ann"), pointerText("somebody else"));
      const [taken = ""] = await readdir(folder);
      await store.write(keyOf("pointer", "ann"), pointerText("ann"));
      await store.write(keyOf("token", "ann"), "ann's");
      expect(await store.locate(keyOf("pointer", "ann"))).toMatch(/[0-9a-f]{16}_acme_mail\.json$/);
      expect(await store.read(keyOf("pointer", "ann"))).toBe(pointerText("ann"));
      expect(await store.read(keyOf("token", "ann"))).toBe("ann's");
      expect(await readdir(join(folder, "acme_mail"))).not.toContain(taken.slice(0, 8));
    }));

  it("finds a profile under its longer hash after the other one has gone", () =>
    inFolder(async (folder) => {
      const store = createFileStore(folder);
      await store.write(keyOf("pointer", "ann"), pointerText("somebody else"));
      const [short = ""] = await readdir(folder);
      await store.write(keyOf("pointer", "ann"), pointerText("ann"));
      await store.write(keyOf("token", "ann"), "ann's");
      await rm(join(folder, short));
      expect(await store.read(keyOf("token", "ann"))).toBe("ann's");
    }));

  it("takes the open tokens of the Python program for nothing sealed", () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, "acme_mail"));
      await writeFile(join(folder, "acme_mail", "token.json"), '{"token": "x", "refresh_token": "y"}');
      expect(await createFileStore(folder).hasSealedRecords()).toBe(false);
      await writeFile(join(folder, "acme_mail", "token.json"), '{"wrappedKey": "');
      expect(await createFileStore(folder).hasSealedRecords()).toBe(true);
    }));

  it("makes files and folders for their owner alone, whatever the umask", () =>
    inFolder(async (folder) => {
      // A worker thread has no umask of its own: a process of the built package does it.
      const built = new URL("../../dist/credentials/file-store.js", import.meta.url).href;
      const program = `process.umask(0);
        const { createFileStore } = await import(${JSON.stringify(built)});
        const store = createFileStore(${JSON.stringify(join(folder, "new", "credentials"))});
        await store.write({ kind: "token", service: "acme_mail", userId: "work" }, "{}");
        await store.create({ kind: "vault", service: "", userId: "" }, "{}");`;
      await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      expect(found).toHaveLength(6);
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
      await expect(store.write(keyOf("vault"), "ours")).rejects.toMatchObject({ code: "config.invalid_file" });
      await expect(store.read(keyOf("vault"))).rejects.toMatchObject({ code: "config.invalid_file" });
      expect((await readdir(folder)).sort()).toEqual(["target", "vault.json"]);
    }));

  it("does not write through a folder that is a link", () =>
    inFolder(async (folder) => {
      const elsewhere = await mkdtemp(join(tmpdir(), "maigic-elsewhere-"));
      await symlink(elsewhere, join(folder, "acme_mail"));
      const store = createFileStore(folder);
      await expect(store.write(keyOf("token", "default"), "sealed")).rejects.toMatchObject({
        code: "config.invalid_file",
      });
      expect(await readdir(elsewhere)).toEqual([]);
      await rm(elsewhere, { recursive: true });
    }));
});
