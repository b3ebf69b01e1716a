import { createAccessTokens } from "./access-tokens.js";
import { consentOperations } from "./consent-operations.js";
import { openContext, type ManagerOptions } from "./context.js";
import { requireServiceName, requireUserId } from "./names.js";
import { readProfile } from "./profiles.js";
import type { CredentialManager } from "./types.js";
import { vaultOperations } from "./vault-operations.js";

/**
 * The credential manager itself. `createManager` loads it when it is first called; what talks to an authorization server
 * is loaded when it has to: a program with a good token never needs it.
 */
export async function openManager(options: ManagerOptions): Promise<CredentialManager> {
  const context = await openContext(options);
  const tokens = createAccessTokens(context);
  const named = (service: string, userId: string | undefined): [string, string] => [
    requireServiceName(options.nameOf(service)),
    requireUserId(userId ?? options.config.defaultUser),
  ];
  return {
    async storeCredentials(service, credentials, userId) {
      const [name, user] = named(service, userId);
      const { storeCredentials } = await import("./stored-records.js");
      await storeCredentials(context, name, credentials, user);
    },
    async getCredentials(service, userId) {
      const profile = named(service, userId);
      const { getCredentials } = await import("./stored-records.js");
      return getCredentials(context, ...profile);
    },
    hasCredentials: async (service, userId) => (await readProfile(context, ...named(service, userId))) !== undefined,
    async deleteCredentials(service, userId, deleteOptions = {}) {
      const [name, user] = named(service, userId);
      const { deleteCredentials } = await import("./delete-credentials.js");
      const result = await deleteCredentials(context, name, user, deleteOptions);
      tokens.forget([{ service: name, userId: user }, ...result.alsoAffected]);
      return result;
    },
    async renameProfile(service, userId, newName) {
      const [name, user] = named(service, userId);
      const { renameProfile } = await import("./rename-profile.js");
      await renameProfile(context, name, user, requireUserId(newName));
      tokens.forget([user, newName].map((each) => ({ service: name, userId: each })));
      return (await import("./states.js")).summaryOf(context, { service: name, userId: newName });
    },
    listProfiles: async (service) => {
      const { listProfiles } = await import("./states.js");
      return listProfiles(context, service === undefined ? undefined : options.nameOf(service));
    },
    getAccessToken: async (service, userId, tokenOptions = {}) => tokens.get(...named(service, userId), tokenOptions),
    ...consentOperations(context, tokens),
    ...vaultOperations(context, tokens),
  };
}
