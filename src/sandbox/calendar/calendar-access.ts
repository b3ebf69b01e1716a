import { ApiError, calendarNotFound, insufficientScopes } from "../api-error.js";
import { calendarScopes } from "../oauth/scopes.js";
import type { ApiCall } from "../routes.js";
import { accessRoles, isAtLeast, type AccessRole } from "./access-rules.js";
import type { CalendarAccess } from "./calendars.js";

/**
 * The calendar that a call names, with what the caller may do there, which the token's scopes may narrow.
 *
 * @throws ApiError 404 for whoever may do nothing, 403 when only the token may not
 */
export function accessOf(call: ApiCall): CalendarAccess {
  const { world, user, path, scopes } = call;
  const access = world.calendars.access(user.email, path["calendarId"] ?? "");
  if (!access) throw calendarNotFound();
  const roles = [...scopes].map((scope) => opened[scope]?.(access, call) ?? access.role);
  const role = accessRoles.findLast((each) => roles.includes(each));
  // Unsure(google): how it refuses a token that is for other calendars than this one.
  if (role === undefined || role === "none") throw insufficientScopes();
  return role === access.role ? access : { ...access, role };
}

/** What scopes that are not for all of all calendars leave of a role. */
const opened: Readonly<Record<string, (access: CalendarAccess, call: ApiCall) => AccessRole>> = {
  [calendarScopes.owned]: owned,
  [calendarScopes.ownedReadonly]: owned,
  [calendarScopes.publicReadonly]: ({ calendar }) => calendar.rules.find("default")?.role ?? "none",
  [calendarScopes.freeBusyEvents]: () => "freeBusyReader",
  [calendarScopes.appCreated]: ({ calendar, role }, { project }) => (calendar.madeBy === project ? role : "none"),
};

function owned({ role }: CalendarAccess): AccessRole {
  return role === "owner" ? role : "none";
}

/** The same, for whoever may write there. @throws ApiError 404, 403 */
export function requireWriter(call: ApiCall): CalendarAccess {
  return requireRole(call, "writerWithoutPrivateAccess");
}

/** The same, for whoever has at least that role. @throws ApiError 404, 403 `requiredAccessLevel` */
export function requireRole(call: ApiCall, wanted: AccessRole): CalendarAccess {
  const access = accessOf(call);
  if (isAtLeast(access.role, wanted)) return access;
  throw new ApiError({
    code: 403,
    reason: "requiredAccessLevel",
    domain: "calendar",
    message: `You need to have ${wanted.startsWith("writer") ? "writer" : wanted} access to this calendar.`,
  });
}
