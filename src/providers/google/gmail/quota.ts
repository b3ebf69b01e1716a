import type { Cost } from "../../../core/allowance.js";

/**
 * Units a minute that a person may use: projects made since May 2026, and older ones.
 *
 * @see https://developers.google.com/workspace/gmail/api/reference/quota
 */
export const gmailPlans: readonly number[] = [6_000, 15_000];

/** The methods of Gmail that are called here, by Google's names without `users.`; `labels.change` is any change of one. */
type Method =
  | "attachments.get"
  | "drafts.create"
  | "drafts.delete"
  | "drafts.get"
  | "drafts.list"
  | "drafts.send"
  | "drafts.update"
  | "getProfile"
  | "history.list"
  | "labels.change"
  | "labels.get"
  | "labels.list"
  | "messages.batchDelete"
  | "messages.batchModify"
  | "messages.delete"
  | "messages.get"
  | "messages.list"
  | "sendAs.list"
  | "threads.get"
  | "threads.list";

/** What each method costs, in units of newer projects and of older ones. */
export const cost: Readonly<Record<Method, Cost>> = {
  "attachments.get": [20, 5],
  "drafts.create": [10, 10],
  "drafts.delete": [10, 10],
  "drafts.get": [20, 5],
  "drafts.list": [5, 5],
  "drafts.send": [100, 100],
  "drafts.update": [15, 15],
  getProfile: [1, 1],
  "history.list": [2, 2],
  "labels.change": [5, 5],
  "labels.get": [5, 1],
  "labels.list": [1, 1],
  "messages.batchDelete": [50, 50],
  "messages.batchModify": [50, 50],
  "messages.delete": [10, 10],
  "messages.get": [20, 5],
  "messages.list": [5, 5],
  "sendAs.list": [1, 1],
  "threads.get": [40, 10],
  "threads.list": [10, 10],
};
