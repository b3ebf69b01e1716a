import { integrationError } from "maigic-integrations";
import type { PermissionInfo } from "maigic-integrations/calendar";
import type { MemoryService } from "./service.js";
import type { Stored } from "./store.js";

/** What the account may do with an event. */
export function permissionsOf({ account }: MemoryService, stored: Stored, calendarId: string): PermissionInfo {
  const { store, address } = account;
  const { role: calendarRole } = store.access(calendarId, address);
  const organizer = store.ownerOf(stored.calendarId);
  const isOrganizer = organizer === address;
  const invited = calendarRole === "owner" && stored.guests.some(({ email }) => email === address);
  const mayChange = isOrganizer || (invited && stored.guestsCanModify);
  const guests = stored.guestsCanModify ? stored.guests.map(({ email }) => email) : [];
  return {
    role: isOrganizer ? "organizer" : invited ? "attendee" : "viewer",
    calendarRole,
    canEdit: mayChange,
    canDelete: isOrganizer,
    canMove: isOrganizer,
    canInvite: mayChange || (invited && stored.guestsCanInvite),
    canRespond: invited,
    canSeeAttendees: isOrganizer || stored.guestsCanSeeGuests,
    organizer: { email: organizer, self: isOrganizer },
    editors: [...new Set([organizer, ...guests])],
    reasons: isOrganizer ? [] : [`${organizer} organizes the event.`],
  };
}

/** @throws RequestError `request.forbidden` naming who may */
export function requireMay(
  service: MemoryService,
  { stored, calendarId }: { stored: Stored; calendarId: string },
  may: "canEdit" | "canDelete" | "canMove",
): void {
  const { [may]: allowed, reasons, organizer } = permissionsOf(service, stored, calendarId);
  if (allowed) return;
  throw integrationError("request.forbidden", { message: reasons.join(" "), hint: `Ask ${organizer.email ?? ""}.` });
}
