import { gmailInvalid, gmailNotFound } from "../../api-error.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { base, bodyOf, mailboxOf } from "./call.js";
import {
  addressIn,
  alreadyExists,
  delegatedOnly,
  domainOf,
  failedPrecondition,
  isSameAddress,
  sharingWriters,
  verificationOf,
} from "./settings-call.js";

const forwarding = `${base}/settings/forwardingAddresses`;
const delegates = `${base}/settings/delegates`;

/**
 * Who else gets a person's mail, or may act for them: for service accounts only.
 *
 * @see https://developers.google.com/workspace/gmail/api/guides/forwarding_settings
 * @see https://developers.google.com/workspace/gmail/api/guides/delegate_settings
 */
export const sharingRoutes: readonly Route[] = [
  route("forwardingAddresses.create", "POST", forwarding, createForwarding),
  route("forwardingAddresses.delete", "DELETE", `${forwarding}/{forwardingEmail}`, deleteForwarding),
  route("delegates.create", "POST", delegates, createDelegate),
  route("delegates.delete", "DELETE", `${delegates}/{delegateEmail}`, deleteDelegate),
];

function route(name: string, method: Route["method"], path: string, handle: Route["handle"]): Route {
  const full = `gmail.users.settings.${name}`;
  return { name: full, method, path, scopes: sharingWriters, handle: delegatedOnly(handle) };
}

function createForwarding(call: ApiCall): ApiReply {
  const { settings } = mailboxOf(call);
  const forwardingEmail = addressIn(bodyOf(call), "forwardingEmail");
  const known = settings.forwardingAddresses.some((each) => isSameAddress(each.forwardingEmail, forwardingEmail));
  if (known) throw alreadyExists("Forwarding address");
  const address = { forwardingEmail, verificationStatus: verificationOf(call, forwardingEmail) };
  settings.forwardingAddresses = [...settings.forwardingAddresses, address];
  return { json: address };
}

/** Nothing is forwarded any longer to an address that is gone. */
function deleteForwarding(call: ApiCall): ApiReply {
  const { settings } = mailboxOf(call);
  const address = call.path["forwardingEmail"] ?? "";
  const rest = settings.forwardingAddresses.filter((each) => !isSameAddress(each.forwardingEmail, address));
  if (rest.length === settings.forwardingAddresses.length) throw gmailNotFound();
  settings.forwardingAddresses = rest;
  if (isSameAddress(String(settings.autoForwarding["emailAddress"]), address))
    settings.autoForwarding = { enabled: false };
  return {};
}

const maxDelegates = 25;

function createDelegate(call: ApiCall): ApiReply {
  const { world, user } = call;
  const { settings } = mailboxOf(call);
  const delegateEmail = addressIn(bodyOf(call), "delegateEmail");
  const isColleague = world.users.has(delegateEmail) && domainOf(delegateEmail) === domainOf(user.email);
  if (!isColleague || delegateEmail === user.email) throw gmailInvalid("Invalid delegate");
  if (settings.delegates.some((each) => isSameAddress(each.delegateEmail, delegateEmail)))
    throw alreadyExists("Delegate");
  if (settings.delegates.length >= maxDelegates) throw failedPrecondition("Too many delegates");
  const delegate = { delegateEmail, verificationStatus: "accepted" };
  settings.delegates = [...settings.delegates, delegate];
  return { json: delegate };
}

function deleteDelegate(call: ApiCall): ApiReply {
  const { settings } = mailboxOf(call);
  const address = call.path["delegateEmail"] ?? "";
  const rest = settings.delegates.filter((each) => !isSameAddress(each.delegateEmail, address));
  if (rest.length === settings.delegates.length) throw gmailNotFound();
  settings.delegates = rest;
  return {};
}
