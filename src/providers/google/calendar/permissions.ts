import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { CalendarInfo, EventRef, PermissionInfo } from "../../../calendar/models.js";
import { toAccessRole, type Calendars } from "./calendars.js";
import { placeOf } from "./events.js";
import { asSeenBy, toPerson } from "./map-event.js";
import { eventsPath } from "./read-calendars.js";
import { eventList, type RawEvent } from "./wire.js";
import { readRaw } from "./writing.js";

/** What this account may do with an event. */
export async function getEventPermissions(
  calendars: Calendars,
  ref: EventRef,
  deadline: Deadline,
): Promise<PermissionInfo> {
  const { calendarId, id } = placeOf(ref);
  const [event, role] = await Promise.all([
    readRaw(calendars, calendarId, id, deadline),
    calendarRole(calendars, calendarId, deadline),
  ]);
  return permissionsIn(event, role, asSeenBy(event, calendarId, calendars.account));
}

/** This account's access to a calendar, also to one that is not on its list. */
export async function calendarRole(
  calendars: Calendars,
  calendarId: string,
  deadline: Deadline,
): Promise<CalendarInfo["accessRole"]> {
  const facts = await calendars.facts(calendarId, deadline);
  if (facts) return facts.accessRole;
  const path = eventsPath(calendarId);
  const query = { maxResults: 1, fields: "accessRole" };
  return toAccessRole((await calendars.api.call({ path, query, answer: eventList }, deadline)).accessRole);
}

/** Whether an account of some access to a calendar may write to it at all. */
export function isWriter(role: CalendarInfo["accessRole"]): boolean {
  return role === "owner" || role === "writer";
}

/**
 * What an account of some access to the calendar may do with an event of it.
 *
 * @param seen - the same event with `self` set on this account
 */
export function permissionsIn(
  event: RawEvent,
  role: CalendarInfo["accessRole"],
  seen: RawEvent = event,
): PermissionInfo {
  const mayWrite = isWriter(role);
  // Quirk(google): "organizer" is missing on events that the calendar's owner made for themselves.
  const organizer = toPerson(seen.organizer ?? seen.creator ?? { self: true });
  const invited = (seen.attendees ?? []).some(({ self }) => self === true);
  const open = event.status !== "cancelled";
  // Whoever may write to the calendar that organizes the event does so for it.
  const calendarOrganizes = (event.organizer ?? event.creator ?? { self: true }).self === true;
  const isOrganizer = mayWrite && (calendarOrganizes || event["privateCopy"] === true);
  const isLocked = event["locked"] === true;
  const canEdit = open && mayWrite && !isLocked && (isOrganizer || event.guestsCanModify === true);
  const guests = (event.attendees ?? []).flatMap(({ email }) => email ?? []);
  const others = event.guestsCanModify === true ? guests : [];
  const permissions = {
    role: isOrganizer ? ("organizer" as const) : invited ? ("attendee" as const) : ("viewer" as const),
    calendarRole: role,
    canEdit,
    canDelete: open && mayWrite && isOrganizer,
    canMove: open && mayWrite && isOrganizer && event.recurringEventId === undefined,
    canInvite: canEdit || (open && mayWrite && invited && event.guestsCanInviteOthers !== false),
    canRespond: open && mayWrite && invited,
    canSeeAttendees: isOrganizer || (event.guestsCanSeeOtherGuests !== false && event.attendeesOmitted !== true),
    organizer,
    editors: [...new Set([...(organizer.email === undefined ? [] : [organizer.email]), ...others])],
  } satisfies Omit<PermissionInfo, "reasons">;
  return { ...permissions, reasons: reasonsOf(permissions, { open, mayWrite, isLocked, invited }) };
}

interface Circumstances {
  readonly open: boolean;
  readonly mayWrite: boolean;
  readonly isLocked: boolean;
  readonly invited: boolean;
}

function reasonsOf(permissions: Omit<PermissionInfo, "reasons">, circumstances: Circumstances): string[] {
  const { role, calendarRole, canEdit, canMove, canSeeAttendees, organizer } = permissions;
  const { open, mayWrite, isLocked, invited } = circumstances;
  if (!open) return ["The event was cancelled."];
  const who = nameOf(organizer);
  return [
    ...(mayWrite ? [] : [`The calendar can only be read: this account's access to it is ${calendarRole}.`]),
    ...(isLocked ? ["The event is locked: its main fields cannot be changed."] : []),
    ...(role !== "organizer" && !canEdit ? [`${who} organizes the event, and guests may not change it.`] : []),
    ...(role !== "organizer" ? [`Only ${who} may delete or move it for everybody.`] : []),
    ...(role === "organizer" && mayWrite && !canMove ? ["One occurrence cannot be moved away from its series."] : []),
    ...(invited ? [] : ["This account is not among the attendees, so that there is nothing to answer."]),
    ...(canSeeAttendees ? [] : ["The organizer does not show the attendees to each other."]),
  ];
}

/** @throws RequestError `request.forbidden` naming who may, before anything is written */
export function requirePermission(
  permissions: PermissionInfo,
  may: "canEdit" | "canDelete" | "canMove" | "canInvite",
): void {
  if (permissions[may]) return;
  const { organizer, editors, role, reasons, calendarRole } = permissions;
  const what = { canEdit: "changed", canDelete: "deleted", canMove: "moved", canInvite: "added to" }[may];
  throw integrationError("request.forbidden", {
    message: `The event cannot be ${what} by this account. ${reasons.join(" ")}`.trim(),
    hint: !isWriter(calendarRole)
      ? "Ask the calendar's owner for the right to change events."
      : role === "attendee"
        ? `Propose another time, answer the invitation, or ask ${nameOf(organizer)}.`
        : `Ask ${nameOf(organizer)}.`,
    details: { organizer, editors, role, calendarRole },
  });
}

function nameOf({ name, email }: PermissionInfo["organizer"]): string {
  if (name !== undefined && email !== undefined) return `${name} <${email}>`;
  return email ?? name ?? "the organizer";
}
