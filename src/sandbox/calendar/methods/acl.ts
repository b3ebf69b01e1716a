import { ApiError, calendarNotFound } from "../../api-error.js";
import { calendarScopes } from "../../oauth/scopes.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { accessRoles, isAtLeast, type AccessRole, type AccessRule, type RuleScope } from "../access-rules.js";
import { requireRole } from "../calendar-access.js";
import type { StoredCalendar } from "../calendars.js";
import { isObject } from "../event-fields.js";
import { bodyOf } from "../event-input.js";
import { booleanOf } from "../event-parameters.js";
import { invalidField, requiredField } from "../event-refusals.js";
import { requireVersion } from "../precondition.js";
import { latestChange, syncedPage } from "../synced-list.js";
import { inTurn } from "../turns.js";
import { base, listParameters } from "./call.js";
import { watchRoute } from "./watch.js";

const { full, readonly, acls, aclsReadonly } = calendarScopes;
const scopes: readonly string[] = [full, acls];
const rules = `${base}/calendars/{calendarId}/acl`;
const rulePath = `${rules}/{ruleId}`;
const parameters: readonly string[] = ["sendNotifications"];

const list: Route = {
  name: "calendar.acl.list",
  method: "GET",
  path: rules,
  parameters: [...listParameters, "showDeleted"],
  scopes: [full, acls, aclsReadonly],
  handle: listRules,
};

/** Who may what with a calendar. @see https://developers.google.com/workspace/calendar/api/v3/reference/acl */
export const aclRoutes: readonly Route[] = [
  list,
  watchRoute(list, (call) => {
    const { calendar } = requireRole(call, "writer");
    const { world, user } = call;
    return {
      name: `rules of ${calendar.id}`,
      version: () => {
        const role = world.calendars.access(user.email, calendar.id)?.role ?? "none";
        return isAtLeast(role, "writer") ? String(latestChange(calendar.rules.all)) : undefined;
      },
    };
  }),
  {
    name: "calendar.acl.get",
    method: "GET",
    path: rulePath,
    scopes: [full, acls, aclsReadonly, readonly],
    handle: (call) => ({ json: show(ruleOf(call, requireRole(call, "writer").calendar)) }),
  },
  { name: "calendar.acl.insert", method: "POST", path: rules, parameters, scopes, handle: inTurn(insertRule) },
  { name: "calendar.acl.patch", method: "PATCH", path: rulePath, parameters, scopes, handle: inTurn(changeRule) },
  { name: "calendar.acl.update", method: "PUT", path: rulePath, parameters, scopes, handle: inTurn(changeRule) },
  {
    name: "calendar.acl.delete",
    method: "DELETE",
    path: rulePath,
    scopes,
    handle: inTurn((call) => {
      const { calendar } = requireRole(call, "owner");
      const rule = ruleOf(call, calendar);
      requireVersion(call, rule.change);
      set(call, calendar, rule.scope, "none");
      return {};
    }),
  },
];

function listRules(call: ApiCall): ApiReply {
  const { calendar } = requireRole(call, "writer");
  const withDeleted = booleanOf(call.query, "showDeleted");
  const isSync = call.query.has("syncToken");
  if (isSync && withDeleted === false) throw invalidField("syncToken cannot be used with showDeleted=false.");
  // Unsure(google): in which order they come. Here that in which they were given.
  const isWanted = ({ role }: AccessRule): boolean => isSync || withDeleted === true || role !== "none";
  const { items, etag, tokens } = syncedPage(call, `rules of ${calendar.id}`, calendar.rules.all, isWanted);
  return { json: { kind: "calendar#acl", etag, ...tokens, items: items.map(show) } };
}

/**
 * The calendar is in nobody's list by that: those whom it is shared with put it there by `calendarList.insert`.
 *
 * @see https://developers.google.com/workspace/calendar/api/concepts/sharing
 */
function insertRule(call: ApiCall): ApiReply {
  const { calendar } = requireRole(call, "owner");
  booleanOf(call.query, "sendNotifications");
  const body = bodyOf(call);
  return { json: show(set(call, calendar, readScope(body["scope"]), readRole(body["role"]))) };
}

function changeRule(call: ApiCall): ApiReply {
  const { calendar } = requireRole(call, "owner");
  booleanOf(call.query, "sendNotifications");
  const rule = ruleOf(call, calendar);
  requireVersion(call, rule.change);
  const { role } = bodyOf(call);
  // Unsure(google): what becomes of another scope in the body; here the rule stays about whom it is.
  const wanted = role === undefined ? rule.role : readRole(role);
  return { json: show(set(call, calendar, rule.scope, wanted)) };
}

function set(call: ApiCall, calendar: StoredCalendar, scope: RuleScope, role: AccessRole): AccessRule {
  const { user, world } = call;
  const isOwn = scope.type === "user" && scope.value.toLowerCase() === user.email;
  if (isOwn && role !== "owner") throw refusal("cannotChangeOwnAcl", "Cannot change your own access level.");
  if (calendar.primary && scope.type === "user" && scope.value.toLowerCase() === calendar.id && role !== "owner")
    throw refusal("cannotRemoveLastCalendarOwnerFromAcl", "Cannot remove the last owner of a calendar.");
  return world.calendars.share(calendar, scope, role);
}

/** Unsure(google): both reasons were met by others; their words and when each comes are not published. */
function refusal(reason: string, message: string): ApiError {
  return new ApiError({ code: 403, reason, domain: "calendar", message });
}

function ruleOf({ path }: ApiCall, calendar: StoredCalendar): AccessRule {
  const id = path["ruleId"] ?? "";
  const rule = calendar.rules.find(id) ?? calendar.rules.find(id.toLowerCase());
  if (!rule || rule.role === "none") throw calendarNotFound();
  return rule;
}

function readRole(value: unknown): AccessRole {
  if (value === undefined || value === null || value === "") throw requiredField("Missing role.");
  const role = accessRoles.find((each) => each === value);
  if (role === undefined) throw invalidField("Invalid value for: role");
  return role;
}

function readScope(value: unknown): RuleScope {
  if (!isObject(value) || typeof value["type"] !== "string") throw requiredField("Missing scope type.");
  const { type, value: about } = value;
  if (type === "default") return { type };
  if (type !== "user" && type !== "group" && type !== "domain") throw invalidField("Invalid scope type.");
  if (typeof about !== "string" || about === "") throw requiredField("Missing scope value.");
  if (about.includes("@") === (type === "domain")) throw invalidField("Invalid scope value.");
  return { type, value: about };
}

function show({ id, scope, role, change }: AccessRule): unknown {
  return { kind: "calendar#aclRule", etag: `"${change}"`, id, scope, role };
}
