import { gmailInvalid, gmailNotFound } from "../../api-error.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import type { FilterAction, FilterCriteria } from "../settings.js";
import { base, bodyOf, mailboxOf, objectIn, textIn, textsIn } from "./call.js";
import { basicWriters, choiceIn, failedPrecondition } from "./settings-call.js";
import { requireForwarding } from "./settings-update.js";

const at = `${base}/settings/filters`;
const maxFilters = 1000;

/** Filters: made and deleted, never changed. @see https://developers.google.com/workspace/gmail/api/guides/filter_settings */
export const filterRoutes: readonly Route[] = [
  { name: "gmail.users.settings.filters.create", method: "POST", path: at, scopes: basicWriters, handle: createFilter },
  {
    name: "gmail.users.settings.filters.delete",
    method: "DELETE",
    path: `${at}/{id}`,
    scopes: basicWriters,
    handle: (call) => {
      const { settings } = mailboxOf(call);
      const rest = settings.filters.filter(({ id }) => id !== call.path["id"]);
      if (rest.length === settings.filters.length) throw gmailNotFound();
      settings.filters = rest;
      return {};
    },
  },
];

/** Works on mail that arrives from now on. */
function createFilter(call: ApiCall): ApiReply {
  const { settings } = mailboxOf(call);
  const body = bodyOf(call);
  const criteria = criteriaIn(objectIn(body, "criteria"));
  const action = actionIn(call, objectIn(body, "action"));
  const same = JSON.stringify({ criteria, action });
  if (settings.filters.some((each) => JSON.stringify({ criteria: each.criteria, action: each.action }) === same)) {
    throw failedPrecondition("Filter already exists");
  }
  if (settings.filters.length >= maxFilters) throw failedPrecondition("Too many filters");
  const filter = { id: call.world.identifiers.token("ANe1Bm", 32), criteria, action };
  settings.filters = [...settings.filters, filter];
  return { json: filter };
}

/**
 * Unsure(google): what says nothing, such as an empty text, counts as left out.
 *
 * @throws ApiError 400 for a filter that would be for every mail
 */
function criteriaIn(given: Readonly<Record<string, unknown>>): FilterCriteria {
  const says = (value: unknown): boolean => (typeof value === "string" ? value.trim() !== "" : value !== false);
  const criteria = Object.fromEntries(Object.entries(given).filter(([, value]) => says(value)));
  if (Object.keys(criteria).every((name) => name === "sizeComparison")) {
    throw gmailInvalid("Filter criteria must not be empty");
  }
  const sizeComparison = choiceIn(criteria, "sizeComparison", ["unspecified", "smaller", "larger"]);
  const isCompared = sizeComparison !== undefined && sizeComparison !== "unspecified";
  if (criteria["size"] !== undefined && !isCompared) throw gmailInvalid("Missing sizeComparison");
  // Sorted, so that two that say the same are known as such.
  return Object.fromEntries(Object.entries(criteria).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Labels that a filter may not give: only Gmail itself does. */
const unsettable = ["SENT", "DRAFT", "CHAT"];

/** @throws ApiError 400 for a filter that would do nothing, for unknown labels and addresses */
function actionIn(call: ApiCall, action: Readonly<Record<string, unknown>>): FilterAction {
  const { labels } = mailboxOf(call);
  const [add, remove] = [textsIn(action, "addLabelIds"), textsIn(action, "removeLabelIds")];
  const forward = (textIn(action, "forward") ?? "").toLowerCase();
  if (add.length + remove.length === 0 && forward === "") throw gmailInvalid("Filter action must not be empty");
  for (const id of [...add, ...remove]) {
    if (!labels.has(id) || unsettable.includes(id)) throw gmailInvalid(`Invalid label: ${id}`);
  }
  if (add.filter((id) => labels.get(id).type === "user").length > 1) {
    throw gmailInvalid("A filter can add one label of the user's own");
  }
  if (forward !== "") requireForwarding(call, forward);
  return {
    ...(add.length > 0 && { addLabelIds: add }),
    ...(remove.length > 0 && { removeLabelIds: remove }),
    ...(forward !== "" && { forward }),
  };
}
