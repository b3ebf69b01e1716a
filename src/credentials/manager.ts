import type { ManagerOptions } from "./context.js";
import type { OpenManager } from "./open-manager.js";
import type { CredentialManager } from "./types.js";

/** A credential manager. Making it costs nothing: the vault's code is loaded and its store opened at the first call. */
export function createManager(options: ManagerOptions): CredentialManager {
  let opened: Promise<OpenManager> | undefined;
  const manager = (): Promise<OpenManager> => {
    opened ??= Promise.all([import("./open-manager.js"), usualParts(options)])
      .then(([{ openManager }]) => openManager(options))
      .catch((error: unknown) => {
        opened = undefined; // what was unsafe may be mended by the next call
        throw error;
      });
    return opened;
  };
  const operations = async (): ReturnType<OpenManager["operations"]> => (await manager()).operations();
  return {
    storeCredentials: async (...input) => (await operations()).storeCredentials(...input),
    getCredentials: async (...input) => (await operations()).getCredentials(...input),
    hasCredentials: async (...input) => (await operations()).hasCredentials(...input),
    deleteCredentials: async (...input) => (await operations()).deleteCredentials(...input),
    renameProfile: async (...input) => (await operations()).renameProfile(...input),
    listProfiles: async (...input) => (await operations()).listProfiles(...input),
    getAccessToken: async (...input) => (await manager()).getAccessToken(...input),
    sendJournal: async (...input) => (await operations()).sendJournal(...input),
    beginConsent: async (...input) => (await operations()).beginConsent(...input),
    hasClientFile: async (...input) => (await operations()).hasClientFile(...input),
    completeConsent: async (...input) => (await operations()).completeConsent(...input),
    linkServiceAccount: async (...input) => (await operations()).linkServiceAccount(...input),
    diagnose: async (...input) => (await operations()).diagnose(...input),
    vaultStatus: async () => (await operations()).vaultStatus(),
    rotateKey: async (...input) => (await operations()).rotateKey(...input),
    exportProfiles: async (...input) => (await operations()).exportProfiles(...input),
    importProfiles: async (...input) => (await operations()).importProfiles(...input),
  };
}

/** What most vaults are opened with, loaded beside the rest and not after it: reading it from disk takes its time. */
async function usualParts({ config, store }: ManagerOptions): Promise<void> {
  if (config.credentialStorage !== "file" || store) return;
  await Promise.all([import("./file-store.js"), import("./key-sources.js"), import("./key-file.js")]);
}
