import { createAccessTokens } from "./access-tokens.js";
import { openContext, type CredentialContext, type ManagerOptions } from "./context.js";
import { requireServiceName, requireUserId } from "./names.js";
import { readProfile, requireProfile } from "./profiles.js";
import type { CredentialManager, ProfileSummary } from "./types.js";
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
    async deleteCredentials(service, userId, { revoke = false } = {}) {
      const [name, user] = named(service, userId);
      const { deleteCredentials } = await import("./delete-credentials.js");
      const result = await deleteCredentials(context, name, user, revoke);
      for (const profile of [{ service: name, userId: user }, ...result.alsoAffected]) {
        tokens.forget(profile.service, profile.userId);
      }
      return result;
    },
    listProfiles: async (service) => {
      const { listProfiles } = await import("./states.js");
      return listProfiles(context, service === undefined ? undefined : options.nameOf(service));
    },
    getAccessToken: async (service, userId, tokenOptions = {}) => tokens.get(...named(service, userId), tokenOptions),
    beginConsent: async (service, consent) => {
      const [name, userId] = named(service, requireUserId(consent.userId)); // whose it is, a web server must say
      const { beginConsent } = await import("./consent.js");
      return beginConsent(context, name, { ...consent, userId });
    },
    ...vaultOperations(context, tokens),
    async completeConsent(callbackUrl, { userId }) {
      const user = requireUserId(userId);
      const { completeConsent } = await import("./consent.js");
      const service = await completeConsent(context, callbackUrl, user);
      tokens.forget(service, user);
      return summaryOf(context, service, user);
    },
  };
}

async function summaryOf(context: CredentialContext, service: string, userId: string): Promise<ProfileSummary> {
  const pointer = await requireProfile(context, service, userId);
  return (await import("./states.js")).summarize(context, pointer);
}
