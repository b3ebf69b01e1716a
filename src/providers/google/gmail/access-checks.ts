import type { AccessChecks, ProviderContext } from "../../../provider.js";
import { openScopeChecks, type ScopeCall } from "../access-checks.js";
import { gmailApi } from "./api.js";
import { cost } from "./quota.js";

/** No mail has this id. */
const nobodysMail = "/messages/0000000000000000";

const read: ScopeCall = {
  title: "Read mails",
  scope: "https://www.googleapis.com/auth/gmail.readonly",
  request: { path: "/profile", cost: cost.getProfile },
};
const change: ScopeCall = {
  title: "Read, send and sort mails",
  scope: "https://www.googleapis.com/auth/gmail.modify",
  request: { method: "POST", path: `${nobodysMail}/modify`, body: {} },
};
const remove: ScopeCall = {
  title: "Everything, also deleting mails for good",
  scope: "https://mail.google.com/",
  request: { method: "DELETE", path: nobodysMail },
};

/** What tries out each of Gmail's permissions, by a call that changes nothing. */
export function openGmailChecks(context: ProviderContext): Promise<AccessChecks> {
  return openScopeChecks(context, gmailApi, { read: [read], write: [change], full: [remove] });
}
