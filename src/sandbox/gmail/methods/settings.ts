import { gmailNotFound } from "../../api-error.js";
import type { ApiCall, Route } from "../../routes.js";
import type { MailSettings } from "../settings.js";
import { base, mailboxOf, settingsReaders } from "./call.js";
import { forServiceAccounts, isSameAddress } from "./settings-call.js";

const at = `${base}/settings`;

/** Settings, to be read. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings */
export const settingsRoutes: readonly Route[] = [
  single("getAutoForwarding", "autoForwarding", ({ autoForwarding }) => autoForwarding),
  single("getImap", "imap", ({ imap }) => imap),
  single("getLanguage", "language", ({ language }) => language),
  single("getPop", "pop", ({ pop }) => pop),
  single("getVacation", "vacation", ({ vacation }) => vacation),
  single("sendAs.list", "sendAs", ({ sendAs }) => ({ sendAs })),
  member("sendAs.get", "sendAs/{sendAsEmail}", ({ sendAs }, id) =>
    sendAs.find(({ sendAsEmail }) => isSameAddress(sendAsEmail, id)),
  ),
  single("filters.list", "filters", ({ filters }) => (filters.length > 0 ? { filter: filters } : {})),
  member("filters.get", "filters/{id}", ({ filters }, id) => filters.find((filter) => filter.id === id)),
  single("forwardingAddresses.list", "forwardingAddresses", ({ forwardingAddresses }) =>
    forwardingAddresses.length > 0 ? { forwardingAddresses } : {},
  ),
  member("forwardingAddresses.get", "forwardingAddresses/{forwardingEmail}", ({ forwardingAddresses }, id) =>
    forwardingAddresses.find(({ forwardingEmail }) => isSameAddress(forwardingEmail, id)),
  ),
  forServiceAccounts(
    single("delegates.list", "delegates", ({ delegates }) => (delegates.length > 0 ? { delegates } : {})),
  ),
  forServiceAccounts(
    member("delegates.get", "delegates/{delegateEmail}", ({ delegates }, id) =>
      delegates.find(({ delegateEmail }) => isSameAddress(delegateEmail, id)),
    ),
  ),
];

function single(name: string, path: string, read: (settings: MailSettings) => unknown): Route {
  return route(name, path, (call) => read(mailboxOf(call).settings));
}

function member(name: string, path: string, read: (settings: MailSettings, id: string) => unknown): Route {
  const [, variable = ""] = /\{(\w+)\}/.exec(path) ?? [];
  return route(name, path, (call) => {
    const found = read(mailboxOf(call).settings, call.path[variable] ?? "");
    if (found === undefined) throw gmailNotFound();
    return found;
  });
}

function route(name: string, path: string, read: (call: ApiCall) => unknown): Route {
  return {
    name: `gmail.users.settings.${name}`,
    method: "GET",
    path: `${at}/${path}`,
    scopes: settingsReaders,
    handle: (call) => ({ json: read(call) }),
  };
}
