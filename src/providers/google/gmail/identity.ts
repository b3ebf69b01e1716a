import type { Clock } from "../../../core/clock.js";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import { remembered } from "../../../core/remembered.js";
import type { EmailAddress } from "../../../email/models.js";
import type { GoogleApi } from "../http.js";
import { cost } from "./quota.js";
import { profile, sendAsList, type WireSendAs } from "./wire.js";

/** The addresses that an account sends from. */
export interface SenderIdentity {
  /** The one that is used when nobody says which. */
  readonly main: EmailAddress;
  /** All of them, those that wait to be confirmed left out. */
  readonly addresses: readonly EmailAddress[];
  /** The same in lower case, to tell oneself from others. */
  readonly own: ReadonlySet<string>;
}

/** So long it is not asked again whom an account may send as. */
const freshMs = 60_000;

/**
 * Reads whom an account may send as, once a minute at most.
 *
 * @param shared - what one call asks for, others wait for too: none of them ends it
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs/list
 */
export function createIdentity(
  api: GoogleApi,
  facts: { readonly clock: Clock; readonly account: string | undefined; readonly shared: Deadline },
): (deadline: Deadline) => Promise<SenderIdentity> {
  const { clock, account, shared } = facts;
  let askedAtMs = -Infinity;
  const known = remembered(() => {
    askedAtMs = clock.now();
    return readIdentity(api, account, shared);
  });
  return ({ signal }) => (clock.now() - askedAtMs > freshMs ? known.fresh(signal) : known.latest(signal));
}

async function readIdentity(api: GoogleApi, account: string | undefined, deadline: Deadline): Promise<SenderIdentity> {
  const listed = await listSendAs(api, deadline);
  const usable = listed.filter(({ isPrimary, verificationStatus }) => isPrimary || verificationStatus !== "pending");
  const addresses = usable.map(toAddress);
  const main = usable.find(({ isDefault }) => isDefault) ?? usable.find(({ isPrimary }) => isPrimary);
  const sender = main ? toAddress(main) : await accountAddress(api, account, deadline);
  return {
    main: sender,
    addresses: addresses.length > 0 ? addresses : [sender],
    own: new Set([sender, ...addresses].map(({ address }) => address.toLowerCase())),
  };
}

/** The own address that was asked for. @throws RequestError `request.invalid`: Gmail would put another in its place */
export function requireOwn({ addresses }: SenderIdentity, wanted: EmailAddress): EmailAddress {
  const found = addresses.find(({ address }) => address.toLowerCase() === wanted.address.toLowerCase());
  if (found) return { ...found, ...wanted };
  throw integrationError("request.invalid", {
    message: `This account does not send as ${wanted.address}.`,
    hint: `Use one of ${addresses.map(({ address }) => address).join(", ")}, or add the address in Gmail's settings under "Send mail as".`,
    details: { field: "from" },
  });
}

async function listSendAs(api: GoogleApi, deadline: Deadline): Promise<WireSendAs[]> {
  try {
    const call = { path: "/settings/sendAs", cost: cost["sendAs.list"], answer: sendAsList };
    return (await api.call(call, deadline)).sendAs ?? [];
  } catch (error) {
    // A sign-in may allow sending without allowing settings to be read: then there is the account's own address.
    if (isIntegrationError(error, "auth.scope_missing") || isIntegrationError(error, "request.forbidden")) return [];
    throw error;
  }
}

async function accountAddress(api: GoogleApi, account: string | undefined, deadline: Deadline): Promise<EmailAddress> {
  if (account !== undefined) return { address: account };
  const { emailAddress } = await api.call({ path: "/profile", cost: cost.getProfile, answer: profile }, deadline);
  return { address: emailAddress };
}

function toAddress({ sendAsEmail, displayName }: WireSendAs): EmailAddress {
  return { ...(displayName && { name: displayName }), address: sendAsEmail };
}
