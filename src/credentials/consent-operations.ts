import type { AccessTokens } from "./access-tokens.js";
import { requireOAuth, type CredentialContext } from "./context.js";
import { profileNamer, requireServiceName, requireUserId } from "./names.js";
import type { CredentialManager } from "./types.js";

/** How a manager lets people sign in. The code for it is loaded when it is called. */
export function consentOperations(
  context: CredentialContext,
  tokens: AccessTokens,
): Pick<CredentialManager, "beginConsent" | "completeConsent" | "hasClientFile" | "linkServiceAccount"> {
  return {
    async beginConsent(service, consent) {
      const userId = requireUserId(consent.userId); // whose it is, a web server must say
      const { beginConsent } = await import("./begin-consent.js");
      return beginConsent(context, requireServiceName(context.nameOf(service)), { ...consent, userId });
    },
    async hasClientFile(service, userId) {
      const [name, user] = profileNamer(context)(service, userId);
      const setup = requireOAuth(context, name);
      const { requireRoomToRehearse } = await import("./rehearsal.js");
      await requireRoomToRehearse(context, name, setup, user);
      const { findClient } = await import("./client-files.js");
      return (await findClient(context, name, setup, false)) !== undefined;
    },
    async linkServiceAccount(service, options) {
      const profile = { service: requireServiceName(context.nameOf(service)), userId: requireUserId(options.userId) };
      const { linkServiceAccount } = await import("./service-accounts.js");
      await linkServiceAccount(context, profile.service, profile.userId, options);
      tokens.forget([profile]);
      return (await import("./states.js")).summaryOf(context, profile);
    },
    async completeConsent(callbackUrl, { userId }) {
      const { completeConsent } = await import("./complete-consent.js");
      const { profile, sharers } = await completeConsent(context, callbackUrl, requireUserId(userId));
      tokens.forget([profile, ...sharers]);
      return (await import("./states.js")).summaryOf(context, profile);
    },
  };
}
