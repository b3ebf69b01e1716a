import { ApiError, calendarNotFound } from "../api-error.js";
import { calendarScopes } from "../oauth/scopes.js";
import type { ApiCall } from "../routes.js";
import { isAtLeast, type AccessRole } from "./access-rules.js";
import type { CalendarAccess } from "./calendars.js";

/** The calendar that a call names, with what the caller may do there. @throws ApiError 404 for whoever may do nothing */
export function accessOf({ world, user, path }: ApiCall): CalendarAccess {
  const access = world.calendars.access(user.email, path["calendarId"] ?? "");
  if (!access) throw calendarNotFound();
  return access;
}

/**
 * The same, for whoever may write there: a token may be for calendars that the person owns alone.
 *
 * @throws ApiError 404, 403
 */
export function requireWriter(call: ApiCall): CalendarAccess {
  const forAll = [calendarScopes.full, calendarScopes.events].some((scope) => call.scopes.has(scope));
  return requireRole(call, forAll ? "writerWithoutPrivateAccess" : "owner");
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
