import { gmailInvalid, gmailNotFound } from "../../api-error.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import type { SendAs } from "../settings.js";
import { base, bodyOf, mailboxOf, objectIn, textIn } from "./call.js";
import {
  addressIn,
  alreadyExists,
  basicWriters,
  delegatedOnly,
  failedPrecondition,
  isSameAddress,
  requireDelegation,
  sanitized,
  sharingWriters,
  verificationOf,
} from "./settings-call.js";

const at = `${base}/settings/sendAs`;
const one = `${at}/{sendAsEmail}`;
const name = "gmail.users.settings.sendAs";
const writers = [...basicWriters, ...sharingWriters];

/** Addresses that a person sends as. @see https://developers.google.com/workspace/gmail/api/guides/alias_and_signature_settings */
export const sendAsRoutes: readonly Route[] = [
  { name: `${name}.create`, method: "POST", path: at, scopes: sharingWriters, handle: delegatedOnly(createAlias) },
  { name: `${name}.patch`, method: "PATCH", path: one, scopes: writers, handle: (call) => changeAlias(call, true) },
  { name: `${name}.update`, method: "PUT", path: one, scopes: writers, handle: (call) => changeAlias(call, false) },
  { name: `${name}.delete`, method: "DELETE", path: one, scopes: sharingWriters, handle: delegatedOnly(deleteAlias) },
  {
    name: `${name}.verify`,
    method: "POST",
    path: `${one}/verify`,
    scopes: sharingWriters,
    handle: delegatedOnly(verify),
  },
];

function createAlias(call: ApiCall): ApiReply {
  const { settings } = mailboxOf(call);
  const body = bodyOf(call);
  const sendAsEmail = addressIn(body, "sendAsEmail");
  if (settings.sendAs.some((each) => isSameAddress(each.sendAsEmail, sendAsEmail)))
    throw alreadyExists("Send-as alias");
  const alias: SendAs = {
    displayName: "",
    replyToAddress: "",
    signature: "",
    treatAsAlias: true,
    ...writable(body),
    sendAsEmail,
    isDefault: body["isDefault"] === true,
    verificationStatus: verificationOf(call, sendAsEmail),
  };
  keep(call, [...settings.sendAs, alias], alias);
  return { json: alias };
}

/** A person's own client may change the account's own address, and no other. */
function changeAlias(call: ApiCall, partly: boolean): ApiReply {
  const old = aliasOf(call);
  if (old.isPrimary !== true) requireDelegation(call);
  const body = bodyOf(call);
  const { sendAsEmail, isPrimary, verificationStatus, treatAsAlias } = old;
  const emptied: Partial<SendAs> = {
    displayName: "",
    replyToAddress: "",
    signature: "",
    ...(isPrimary !== true && { treatAsAlias }),
  };
  const alias: SendAs = {
    ...(partly ? old : emptied),
    ...writable(body),
    sendAsEmail,
    ...(isPrimary !== undefined && { isPrimary }),
    ...(verificationStatus !== undefined && { verificationStatus }),
    isDefault: old.isDefault === true || body["isDefault"] === true,
  };
  if (alias.isDefault && verificationStatus === "pending") throw failedPrecondition("The alias is not verified");
  const { sendAs } = mailboxOf(call).settings;
  keep(
    call,
    sendAs.map((each) => (each === old ? alias : each)),
    alias,
  );
  return { json: alias };
}

function deleteAlias(call: ApiCall): ApiReply {
  const alias = aliasOf(call);
  if (alias.isPrimary === true) throw gmailInvalid("The primary send-as address cannot be deleted");
  const rest = mailboxOf(call).settings.sendAs.filter((each) => each !== alias);
  // There is always one default: the account's own address takes the place of one that is gone.
  const primary = alias.isDefault === true ? rest.find(({ isPrimary }) => isPrimary === true) : undefined;
  const chosen = primary && { ...primary, isDefault: true };
  keep(call, chosen ? rest.map((each) => (each === primary ? chosen : each)) : rest, chosen);
  return {};
}

/** Google sends a mail with a link; nobody reads it here. */
function verify(call: ApiCall): ApiReply {
  if (aliasOf(call).verificationStatus !== "pending") throw failedPrecondition("The alias is verified already");
  return {};
}

/** @param latest - takes the place of the former default, when it is to be the default */
function keep(call: ApiCall, sendAs: readonly SendAs[], latest: SendAs | undefined): void {
  mailboxOf(call).settings.sendAs = sendAs.map((each) =>
    latest?.isDefault === true && each !== latest ? { ...each, isDefault: false } : each,
  );
}

/** @throws ApiError 404 */
function aliasOf(call: ApiCall): SendAs {
  const address = call.path["sendAsEmail"] ?? "";
  const alias = mailboxOf(call).settings.sendAs.find((each) => isSameAddress(each.sendAsEmail, address));
  if (!alias) throw gmailNotFound();
  return alias;
}

/** What clients may set; passwords are never shown again. @throws ApiError 400 for a default that is taken away */
function writable(body: Readonly<Record<string, unknown>>): Partial<SendAs> {
  if (body["isDefault"] === false) throw gmailInvalid("isDefault can only be set to true");
  const texts = Object.fromEntries(
    ["displayName", "signature"].flatMap((each) => {
      const text = textIn(body, each);
      return text === undefined ? [] : [[each, each === "signature" ? sanitized(text) : text]];
    }),
  ) as Partial<SendAs>;
  const replyTo = textIn(body, "replyToAddress");
  const replyToAddress = replyTo === undefined || replyTo === "" ? replyTo : addressIn(body, "replyToAddress");
  const { treatAsAlias } = body;
  const { host, port, securityMode } = objectIn(body, "smtpMsa");
  return {
    ...texts,
    ...(replyToAddress !== undefined && { replyToAddress }),
    ...(typeof treatAsAlias === "boolean" && { treatAsAlias }),
    ...(body["smtpMsa"] !== undefined && { smtpMsa: { host, port, securityMode } }),
  };
}
