import { gmailInvalid } from "../../api-error.js";
import type { ApiCall, Route } from "../../routes.js";
import type { MailSettings } from "../settings.js";
import { base, bodyOf, mailboxOf, textIn } from "./call.js";
import {
  basicWriters,
  choiceIn,
  failedPrecondition,
  forServiceAccounts,
  isSameAddress,
  sanitized,
  sharingWriters,
} from "./settings-call.js";

type Body = Readonly<Record<string, unknown>>;

/** Settings that there is one of, to be written whole. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings */
export const settingsUpdateRoutes: readonly Route[] = [
  update("Vacation", "vacation", basicWriters, (call) => vacationIn(bodyOf(call))),
  update("Imap", "imap", basicWriters, (call) => imapIn(bodyOf(call))),
  update("Pop", "pop", basicWriters, (call) => popIn(bodyOf(call))),
  update("Language", "language", basicWriters, (call) => languageIn(bodyOf(call))),
  forServiceAccounts(update("AutoForwarding", "autoForwarding", sharingWriters, autoForwardingIn)),
];

type SingleSetting = "vacation" | "imap" | "pop" | "language" | "autoForwarding";

function update(name: string, setting: SingleSetting, scopes: readonly string[], read: (call: ApiCall) => Body): Route {
  return {
    name: `gmail.users.settings.update${name}`,
    method: "PUT",
    path: `${base}/settings/${setting}`,
    scopes,
    handle: (call) => {
      const settings: MailSettings = mailboxOf(call).settings;
      settings[setting] = read(call);
      return { json: settings[setting] };
    },
  };
}

/** @throws ApiError 400 for replies that say nothing, and for an end that is before the beginning */
function vacationIn(body: Body): Body {
  const texts = ["responseSubject", "responseBodyPlainText", "responseBodyHtml"];
  const says = texts.some((name) => (textIn(body, name) ?? "") !== "");
  if (body["enableAutoReply"] === true && !says) {
    throw gmailInvalid("Either the response subject or the response body must be nonempty");
  }
  const [start, end] = [body["startTime"], body["endTime"]];
  if (start !== undefined && end !== undefined && Number(start) >= Number(end)) {
    throw gmailInvalid("startTime must precede endTime");
  }
  const html = textIn(body, "responseBodyHtml");
  return { enableAutoReply: false, ...body, ...(html !== undefined && { responseBodyHtml: sanitized(html) }) };
}

const folderSizes = [0, 1000, 2000, 5000, 10_000];

function imapIn(body: Body): Body {
  const maxFolderSize = body["maxFolderSize"] ?? 0;
  if (!folderSizes.includes(Number(maxFolderSize)))
    throw gmailInvalid(`Invalid maxFolderSize: ${Number(maxFolderSize)}`);
  const expungeBehavior = choiceIn(body, "expungeBehavior", ["archive", "trash", "deleteForever"]) ?? "archive";
  return { enabled: false, autoExpunge: false, ...body, expungeBehavior, maxFolderSize };
}

const dispositions = ["leaveInInbox", "archive", "trash", "markRead"];

function popIn(body: Body): Body {
  return {
    accessWindow: choiceIn(body, "accessWindow", ["disabled", "fromNowOn", "allMail"]) ?? "disabled",
    disposition: choiceIn(body, "disposition", dispositions) ?? "leaveInInbox",
  };
}

function languageIn(body: Body): Body {
  const displayLanguage = textIn(body, "displayLanguage") ?? "";
  if (/^[a-z]{2,3}([-_][a-z\d]{2,8})*$/i.test(displayLanguage)) return { displayLanguage };
  throw gmailInvalid(`Invalid displayLanguage: "${displayLanguage}"`);
}

/** @throws ApiError 400 for an address that is not among the verified ones */
function autoForwardingIn(call: ApiCall): Body {
  const body = bodyOf(call);
  const disposition = choiceIn(body, "disposition", dispositions);
  if (body["enabled"] !== true) return { enabled: false };
  const emailAddress = (textIn(body, "emailAddress") ?? "").toLowerCase();
  requireForwarding(call, emailAddress);
  return { enabled: true, emailAddress, disposition: disposition ?? "leaveInInbox" };
}

/** @throws ApiError 400 for an address that mail may not be forwarded to */
export function requireForwarding(call: ApiCall, address: string): void {
  const known = mailboxOf(call).settings.forwardingAddresses.find(({ forwardingEmail }) =>
    isSameAddress(forwardingEmail, address),
  );
  if (known?.verificationStatus !== "accepted") throw failedPrecondition("Unrecognized forwarding address");
}
