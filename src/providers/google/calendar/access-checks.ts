import type { AccessChecks, ProviderContext } from "../../../provider.js";
import { openScopeChecks, type ScopeCall } from "../access-checks.js";
import { calendarApi } from "./api.js";

const read: ScopeCall = {
  title: "Read calendars",
  scope: "https://www.googleapis.com/auth/calendar.readonly",
  request: { path: "/users/me/calendarList", query: { maxResults: 1 } },
};
const change: ScopeCall = {
  title: "Make and change events",
  scope: "https://www.googleapis.com/auth/calendar.events",
  // No event has such an id: w, x, y and z are not among the letters that ids are made of.
  request: { method: "PATCH", path: "/calendars/primary/events/wxyz0000wxyz0000", body: {} },
};
const everything: ScopeCall = {
  title: "Everything, also calendars themselves",
  scope: "https://www.googleapis.com/auth/calendar",
  request: { method: "PATCH", path: "/calendars/nobody%40group.calendar.google.com", body: {} },
};

/** What tries out each of Calendar's permissions, by a call that changes nothing. */
export function openCalendarChecks(context: ProviderContext): Promise<AccessChecks> {
  return openScopeChecks(context, calendarApi, { read: [read], write: [read, change], full: [everything] });
}
