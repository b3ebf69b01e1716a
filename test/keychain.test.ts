import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "./support/source-files.js";

/** A program that keeps an API key in a vault whose own key is in the system's keychain. */
const program = `
import { createCredentialManager, getRegistry, IntegrationConfig } from ${JSON.stringify(pathToFileURL(join(root, "dist/index.js")).href)};
const [folder] = process.argv.slice(1);
const open = () => {
  const places = { credentialsDir: folder + "/credentials", configDir: folder + "/config" };
  const registry = getRegistry(IntegrationConfig.fromEnv(places, { env: { MAIGIC_VAULT_KEY_SOURCE: "keychain" } }));
  registry.registerProvider({
    getName: () => "notes", kind: "notes", capabilities: {}, isAvailable: () => true, createClient: () => ({}),
    setup: { title: "Notes", credentials: { kind: "api_key" }, steps: [] },
  });
  return registry.getCredentialManager();
};
try {
  await open().storeCredentials("notes", { apiKey: "a key" });
  const { keyId } = await open().vaultStatus();
  const rotated = await open().rotateKey();
  const key = (await open().getCredentials("notes")).apiKey.reveal();
  console.log(JSON.stringify({ key, source: rotated.keySource, replaced: keyId !== rotated.keyId }));
} catch (error) {
  console.log(JSON.stringify({ code: error.code, hint: error.hint }));
}
`;

const missing = ["dbus-run-session", "gnome-keyring-daemon"].filter((command) => {
  try {
    execFileSync("which", [command], { stdio: "ignore" });
    return false;
  } catch {
    return true;
  }
});
if (missing.length > 0) console.warn(`No ${missing.join(" and ")} on this machine: the keychain is not tried.`);

describe("the system's keychain", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "maigic-keychain-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Runs the program, in a desktop session of its own or in none. */
  const run = (session: boolean, name: string): Promise<unknown> => {
    const node = [process.execPath, "--input-type=module", "-e", program, join(folder, name)];
    const unlock = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"';
    const [command = "", ...args] = session ? ["dbus-run-session", "--", "sh", "-c", unlock, "sh", ...node] : node;
    const env = { PATH: process.env["PATH"], HOME: join(folder, "home"), XDG_RUNTIME_DIR: join(folder, "runtime") };
    return new Promise((resolve, reject) => {
      execFile(command, args, { env, timeout: 30_000 }, (error, stdout) => {
        if (stdout === "") reject(error ?? new Error("nothing was printed"));
        else resolve(JSON.parse(stdout));
      });
    });
  };

  it.skipIf(missing.length > 0)("keeps a vault's key, and the next one after a rotation", async () => {
    expect(await run(true, "kept")).toEqual({ key: "a key", source: "keychain", replaced: true });
    expect(existsSync(join(folder, "kept", "config", "keys"))).toBe(false);
  });

  it.runIf(process.platform === "linux")(
    "is missed with a hint where no session has one, and nothing is left behind",
    async () => {
      expect(await run(false, "missed")).toMatchObject({
        code: "auth.key_unavailable",
        hint: expect.stringContaining("MAIGIC_VAULT_KEY_SOURCE") as string,
      });
      expect(existsSync(join(folder, "missed", "credentials", "vault.json"))).toBe(false);
    },
  );
});
