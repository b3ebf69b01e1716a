import type { ManagerOptions } from "./context.js";
import type { CredentialManager } from "./types.js";

/** A credential manager. Making it costs nothing: the vault's code is loaded and its store opened at the first call. */
export function createManager(options: ManagerOptions): CredentialManager {
  let opened: Promise<CredentialManager> | undefined;
  const manager = (): Promise<CredentialManager> => {
    opened ??= import("./open-manager.js")
      .then(({ openManager }) => openManager(options))
      .catch((error: unknown) => {
        opened = undefined; // what was unsafe may be mended by the next call
        throw error;
      });
    return opened;
  };
  return {
    storeCredentials: async (...input) => (await manager()).storeCredentials(...input),
    getCredentials: async (...input) => (await manager()).getCredentials(...input),
    hasCredentials: async (...input) => (await manager()).hasCredentials(...input),
    deleteCredentials: async (...input) => (await manager()).deleteCredentials(...input),
    renameProfile: async (...input) => (await manager()).renameProfile(...input),
    listProfiles: async (...input) => (await manager()).listProfiles(...input),
    getAccessToken: async (...input) => (await manager()).getAccessToken(...input),
    beginConsent: async (...input) => (await manager()).beginConsent(...input),
    completeConsent: async (...input) => (await manager()).completeConsent(...input),
    linkServiceAccount: async (...input) => (await manager()).linkServiceAccount(...input),
    diagnose: async (...input) => (await manager()).diagnose(...input),
    vaultStatus: async () => (await manager()).vaultStatus(),
    rotateKey: async (...input) => (await manager()).rotateKey(...input),
    exportProfiles: async (...input) => (await manager()).exportProfiles(...input),
    importProfiles: async (...input) => (await manager()).importProfiles(...input),
  };
}
