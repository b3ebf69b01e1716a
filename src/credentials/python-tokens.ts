import type { CredentialContext } from "./context.js";
import { isGenuine, readProfile, type ProfileName } from "./profiles.js";
import { isListOf, isOptional, isText, parserOf, type Shape } from "./shape.js";
import type { StoredRecord } from "./store.js";
import type { StoredToken } from "./token-records.js";

/** `token.json` as Google's library for Python writes it. */
interface OpenToken {
  token?: string | undefined;
  refresh_token?: string | undefined;
  token_uri: string;
  client_id: string;
  scopes?: string[] | undefined;
  /** ISO 8601, UTC, mostly without saying so. */
  expiry?: string | undefined;
}

const shape: Shape<OpenToken> = {
  token: isOptional(isText),
  refresh_token: isOptional(isText),
  token_uri: isText,
  client_id: isText,
  scopes: isOptional(isListOf(isText)),
  expiry: isOptional(isText),
};
const parseOpenToken = parserOf(shape);

/**
 * A token in clear that the original Python package left; its first renewal seals it in the same place, and until the
 * sealed one is durable the old one is there. Once the vault has signed the profile's pointer, no token in clear counts:
 * somebody put it there.
 *
 * @returns undefined for another text, and where it does not count
 */
export async function readOpenToken(
  context: CredentialContext,
  { service, userId }: ProfileName,
  { text, generation }: StoredRecord,
): Promise<StoredToken | undefined> {
  const open = parseOpenToken(text);
  if (!open || !URL.canParse(open.token_uri)) return undefined;
  const pointer = await readProfile(context, service, userId);
  const vault = await context.existingVault();
  if (!pointer || (vault && isGenuine(pointer, vault))) return undefined;
  const { token = "", refresh_token: refreshToken, client_id: clientId, token_uri, scopes = [] } = open;
  return {
    record: { accessToken: token, refreshToken, expiresAt: token === "" ? 0 : endOf(open), scopes },
    binding: { clientId, tokenOrigin: new URL(token_uri).origin },
    generation,
    open: true,
  };
}

function endOf({ expiry = "" }: OpenToken): number {
  const end = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(expiry) ? expiry : `${expiry}Z`);
  return Number.isNaN(end) ? 0 : end;
}
