import type { AccessTokens } from "./access-tokens.js";
import type { CredentialContext } from "./context.js";
import { requireServiceName, requireUserId } from "./names.js";
import type { CredentialManager, VaultStatus } from "./types.js";
import { vaultKey } from "./vault.js";

/** What a manager does with its vault as a whole. The code for each is loaded when it is called. */
export function vaultOperations(
  context: CredentialContext,
  tokens: AccessTokens,
): Pick<CredentialManager, "diagnose" | "vaultStatus" | "rotateKey" | "exportProfiles" | "importProfiles"> {
  return {
    diagnose: async (options) => (await import("./diagnosis.js")).diagnose(context, options),
    vaultStatus: () => statusOf(context),
    rotateKey: async (rotation) => (await import("./rotation.js")).rotateKey(context, rotation),
    async exportProfiles({ service, userId } = {}) {
      const wanted = {
        service: service === undefined ? undefined : requireServiceName(context.nameOf(service)),
        userId: userId === undefined ? undefined : requireUserId(userId),
      };
      return (await import("./export-profiles.js")).exportProfiles(context, wanted);
    },
    async importProfiles(document, options) {
      const { importProfiles } = await import("./import-profiles.js");
      const profiles = await importProfiles(context, document, options);
      tokens.forget(profiles);
      return profiles;
    },
  };
}

async function statusOf(context: CredentialContext): Promise<VaultStatus | undefined> {
  const record = (await context.existingVault())?.record;
  if (!record) return undefined;
  return {
    location: await context.store.locate(vaultKey),
    keySource: record.key_source,
    keyId: record.key_id,
    rotating: record.previous !== undefined,
    createdAt: record.created_at,
  };
}
