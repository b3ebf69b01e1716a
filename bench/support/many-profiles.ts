import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createHash } from "node:crypto";
import type * as FileStore from "../../src/credentials/file-store.js";
import type * as KeyFile from "../../src/credentials/key-file.js";
import type * as Vaults from "../../src/credentials/vault.js";
import type { Account } from "./account.js";

/**
 * Gives an account's credentials folder many more profiles, each with a pointer and a sealed token of its own. They are
 * written by the package's own sealing, but not one durable write after the other, which would take minutes.
 */
export async function addProfiles({ options }: Account, count: number): Promise<void> {
  const { credentialsDir, configDir } = options.config;
  const inside = (file: string): string => new URL(`../../../dist/credentials/${file}.js`, import.meta.url).href;
  const { createFileStore } = (await import(inside("file-store"))) as typeof FileStore;
  const { keyFiles } = (await import(inside("key-file"))) as typeof KeyFile;
  const { openVault } = (await import(inside("vault"))) as typeof Vaults;
  const store = createFileStore(credentialsDir);
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  const vault = await openVault({ store, keys: keyFiles(configDir), clock }, false);
  if (!vault) throw new Error("The account has no vault.");
  const service = "google_gmail";
  const key = { kind: "token", service, userId: "default" } as const;
  const stored = await store.read(key);
  const opened = stored && vault.open(key, stored.text);
  if (!opened) throw new Error("The account has no token.");
  const pointer = JSON.parse(await readFile(await store.locate({ ...key, kind: "pointer" }), "utf8")) as object;
  for (let index = 0; index < count; index++) {
    const userId = `person-${index}@example.com`;
    const hash = createHash("md5").update(userId).digest("hex").slice(0, 8);
    await mkdir(join(credentialsDir, service, hash), { mode: 0o700 });
    const text = vault.seal({ ...key, userId }, opened.plaintext, opened.binding);
    await writeFile(join(credentialsDir, service, hash, "token.json"), text, { mode: 0o600 });
    const own = JSON.stringify({ ...pointer, user_id: userId });
    await writeFile(join(credentialsDir, `${hash}_${service}.json`), own, { mode: 0o600 });
  }
}
