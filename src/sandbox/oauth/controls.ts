import { integrationError } from "../../core/errors.js";
import type { World } from "../world.js";
import type { ServiceAccount } from "./registry.js";

/** What tests can make happen to accounts and clients, as far as sign-in is concerned. */
export interface OAuthControls {
  readonly accounts: {
    /** Ends the person's grants with Gmail scopes, access tokens included. */
    changePassword(user: string): void;
    /** Session policy: refreshing answers `invalid_rapt` until the person consents anew. */
    requireReauthentication(user: string): void;
    /** An administrator blocks applications: `admin_policy_enforced`, for consent and for refreshing. */
    enforceAdminPolicy(user: string): void;
    liftAdminPolicy(user: string): void;
    /** The browser forgets the person until the next consent: `prompt=none` answers `login_required`. */
    signOut(user: string): void;
  };
  /** Deletes a client in Google's console: from then on it is answered `deleted_client`. */
  deleteClient(clientId: string): void;
  /** The JSON key file that Google's console would let one download for a service account of the seed. */
  serviceAccountFile(clientEmail: string): Record<string, string>;
}

/** @param addressOf - finds a person's address, or throws */
export function createOAuthControls(world: World, url: string, addressOf: (user: string) => string): OAuthControls {
  const { accounts, registry, grants } = world;
  return {
    accounts: {
      changePassword: (user) => grants.endMailGrants(addressOf(user)),
      requireReauthentication: (user) => accounts.requireReauthentication(addressOf(user)),
      enforceAdminPolicy: (user) => accounts.block(addressOf(user)),
      liftAdminPolicy: (user) => accounts.unblock(addressOf(user)),
      signOut: (user) => accounts.signOut(addressOf(user)),
    },
    deleteClient(clientId) {
      if (!registry.findClient(clientId))
        throw notFound(
          "client",
          clientId,
          registry.clients.map((each) => each.clientId),
        );
      registry.deleteClient(clientId);
    },
    serviceAccountFile(clientEmail) {
      const account = registry.serviceAccounts.get(clientEmail);
      if (!account) throw notFound("service account", clientEmail, [...registry.serviceAccounts.keys()]);
      return keyFile(account, url);
    },
  };
}

function keyFile({ project, key, clientEmail, clientId }: ServiceAccount, url: string): Record<string, string> {
  return {
    type: "service_account",
    project_id: project,
    private_key_id: key.id,
    private_key: key.privatePem,
    client_email: clientEmail,
    client_id: clientId,
    auth_uri: `${url}/o/oauth2/auth`,
    token_uri: `${url}/token`,
    auth_provider_x509_cert_url: `${url}/oauth2/v1/certs`,
    universe_domain: "googleapis.com",
  };
}

function notFound(kind: string, name: string, known: readonly string[]): Error {
  return integrationError("request.not_found", {
    message: `The sandbox has no ${kind} "${name}".`,
    hint: known.length > 0 ? `It has: ${known.join(", ")}.` : "Declare one in the seed.",
  });
}
