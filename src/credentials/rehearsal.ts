import { integrationError } from "../core/errors.js";
import { isLoopback } from "../core/http.js";
import { tokenUriOf } from "../oauth/client-file.js";
import { readClient } from "./client-files.js";
import type { CredentialContext } from "./context.js";
import { readableToken } from "./token-records.js";
import type { OAuthSetup } from "./types.js";

/**
 * A rehearsal with a sandbox takes the place of nothing that belongs to the service itself; the other way round it may.
 *
 * @throws ConfigurationError `config.invalid` when the service's client file or the profile's token is the real one
 */
export async function requireRoomToRehearse(
  context: CredentialContext,
  service: string,
  setup: OAuthSetup,
  userId: string,
): Promise<void> {
  if (!isLoopback(new URL(setup.endpoints.token))) return;
  const clientFile = await readClient(context, service);
  const token = await readableToken(context, service, userId);
  const real = [clientFile === undefined ? undefined : tokenUriOf(clientFile), token?.binding.tokenOrigin].find(
    (address) => address !== undefined && URL.canParse(address) && !isLoopback(new URL(address)),
  );
  if (real === undefined) return;
  const { origin } = new URL(real);
  throw integrationError("config.invalid", {
    message: `${context.config.credentialsDir} holds credentials of ${service} for ${origin}, which a sandbox would replace.`,
    hint: "Rehearse in a folder of its own: set MAIGIC_CREDENTIALS_DIR=rehearsal for it.",
    service,
    profile: userId,
  });
}
