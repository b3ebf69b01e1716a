import type { AccessTokens } from "./access-tokens.js";
import { consentOperations } from "./consent-operations.js";
import type { CredentialContext } from "./context.js";
import { profileNamer, requireUserId } from "./names.js";
import { readProfile } from "./profiles.js";
import type { CredentialManager } from "./types.js";
import { vaultOperations } from "./vault-operations.js";

/** All that a credential manager does but hand out tokens. The code for each is loaded when it is called. */
export function operationsOf(
  context: CredentialContext,
  tokens: AccessTokens,
): Omit<CredentialManager, "getAccessToken"> {
  const named = profileNamer(context);
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
      return listProfiles(context, service === undefined ? undefined : context.nameOf(service));
    },
    async sendJournal(service, userId) {
      const profile = named(service, userId);
      const { openSendJournal } = await import("./send-journal.js");
      return openSendJournal(context, ...profile);
    },
    ...consentOperations(context, tokens),
    ...vaultOperations(context, tokens),
  };
}
