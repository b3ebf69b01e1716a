import { integrationError } from "../core/errors.js";
import { systemClock } from "../core/clock.js";
import { startDeadline, type Deadline } from "../core/deadline.js";
import { parseServiceAccount, requestDelegated, type ServiceAccount } from "../oauth/service-account.js";
import type { OAuthContext, TokenSet } from "../oauth/types.js";
import { requireAccess } from "./access-level.js";
import { readChosenFile } from "./client-files.js";
import { accessOf } from "./consent-scopes.js";
import { oauthContext, requireOAuth, type CredentialContext } from "./context.js";
import { keyRecordKey, putKey, readKey } from "./key-records.js";
import { setupCommand } from "./names.js";
import { changeProfile, readProfile, type ProfileName } from "./profiles.js";
import { requireRoomToRehearse } from "./rehearsal.js";
import { putSealed } from "./sealed-records.js";
import { bindingOf, tokenKey } from "./token-records.js";
import type { OAuthSetup, ServiceAccountOptions } from "./types.js";

const trialTimeoutMs = 30_000;

/**
 * Links a profile to a service account, which acts in a person's name. It is tried out first: nothing is stored when the
 * service does not let it.
 *
 * @throws ConfigurationError `config.invalid_file`, `config.untrusted_endpoint`; AuthenticationError
 * `auth.invalid_credentials`, `auth.wrong_account`; ConnectionError
 */
export async function linkServiceAccount(
  context: CredentialContext,
  service: string,
  userId: string,
  { keyFile, subject, access: wanted }: ServiceAccountOptions,
): Promise<void> {
  const setup = requireOAuth(context, service);
  requireAccess(wanted);
  await requireRoomToRehearse(context, service, setup, userId);
  const file = await readChosenFile(keyFile);
  const account = parseServiceAccount(file.text, file.path, setup.endpoints);
  const actsAs = subject ?? account.email;
  const pointer = await readProfile(context, service, userId);
  if (pointer?.account !== undefined && pointer.account.toLowerCase() !== actsAs.toLowerCase()) {
    throw integrationError("auth.wrong_account", {
      message: `Profile "${userId}" of ${service} belongs to ${pointer.account}, and the service account acts as ${actsAs}.`,
      hint: `Use another profile: ${setupCommand(service, "NAME")}; nothing was stored.`,
      service,
      profile: userId,
    });
  }
  const access = accessOf(wanted, pointer);
  const scopes = [...setup.scopes[access]];
  const { deadline, end } = startDeadline({ timeoutMs: trialTimeoutMs }, systemClock);
  const trial = requestDelegated(oauthOf(context, setup, account), account, { subject, scopes }, deadline);
  const tokens = await trial.finally(end);
  // The pointer first: a sealed record without one would belong to nobody.
  const settings = { access, read_only: access === "read", account: actsAs, subject: undefined, grant: undefined };
  await changeProfile(context, service, userId, (old) => ({ ...old, ...settings, moved_to: undefined }));
  await putKey(context, { service, userId }, { serviceAccount: file.text, subject });
  const record = {
    accessToken: tokens.accessToken.reveal(),
    issuedAt: context.clock.now(),
    expiresAt: tokens.expiresAt,
    scopes: [...tokens.scopes],
    delegated: true,
  };
  await putSealed(context, tokenKey(service, userId), JSON.stringify(record), bindingOf(setup, account));
}

/** A new token for a profile that a service account is linked to. @throws AuthenticationError `auth.not_connected` */
export async function renewDelegated(
  context: CredentialContext,
  setup: OAuthSetup,
  profile: ProfileName,
  scopes: readonly string[],
  deadline: Deadline,
): Promise<TokenSet> {
  const { service, userId } = profile;
  const key = await readKey(context, profile);
  if (key?.serviceAccount === undefined) {
    throw integrationError("auth.not_connected", {
      message: `The key of the service account that profile "${userId}" of ${service} uses is missing.`,
      hint: `Link it again: ${setupCommand(service, userId)} --service-account FILE.`,
    });
  }
  const file = await context.store.locate(keyRecordKey(service, userId));
  const account = parseServiceAccount(key.serviceAccount, file, setup.endpoints);
  return requestDelegated(oauthOf(context, setup, account), account, { subject: key.subject, scopes }, deadline);
}

function oauthOf(context: CredentialContext, setup: OAuthSetup, { clientId }: ServiceAccount): OAuthContext {
  const client = { clientId, clientSecret: undefined, type: "service_account", redirectUris: [] } as const;
  return oauthContext(context, setup, client);
}
