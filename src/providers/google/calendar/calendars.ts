import type { Clock } from "../../../core/clock.js";
import type { Deadline } from "../../../core/deadline.js";
import type { Mutex } from "../../../core/mutex.js";
import { allItems, collect } from "../../../core/pages.js";
import { isIntegrationError } from "../../../core/errors.js";
import type { ZonedTime } from "../../../core/zoned-time.js";
import type { CalendarInfo } from "../../../calendar/models.js";
import type { AccessLevel } from "../../../credentials/types.js";
import type { GoogleApi } from "../http.js";
import { calendar, calendarList, type WireCalendar } from "./wire.js";

/** What every Google Calendar operation works with: one profile's calendars. */
export interface Calendars {
  readonly api: GoogleApi;
  readonly clock: Clock;
  readonly time: ZonedTime;
  readonly access: AccessLevel | undefined;
  /** The account's address, if known; also its main calendar's id. */
  readonly account: string | undefined;
  /** What is known of a calendar on the account's list, such as `primary`; read once. */
  readonly facts: (calendarId: string, deadline: Deadline) => Promise<CalendarInfo | undefined>;
  /** The zone of times that callers give without one: the profile's, else the calendar's (default the main one's). IANA name. */
  readonly timeZone: (deadline: Deadline, calendarId?: string) => Promise<string>;
  /** For what is finished or taken back even when its call has ended. */
  readonly shared: Deadline;
  /** Calls that write on the same event wait for each other. */
  readonly turns: Mutex;
  /** Names the account in cursors. */
  readonly cursorScope: readonly string[];
}

/** The account's own address, which is its main calendar's id too. */
export async function ownAddress({ account, facts }: Calendars, deadline: Deadline): Promise<string> {
  return account ?? (await facts("primary", deadline))?.id ?? "";
}

/** All calendars of the account, the main one first. @see https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list */
export async function getCalendars({ api }: Calendars, deadline: Deadline): Promise<CalendarInfo[]> {
  const calendars = await collect(
    allItems(async (pageToken) => {
      const query = { maxResults: 250, pageToken };
      const page = await api.call({ path: "/users/me/calendarList", query, answer: calendarList }, deadline);
      return { items: page.items ?? [], next: page.nextPageToken };
    }),
  );
  return calendars.map(toCalendarInfo).sort((a, b) => Number(b.primary) - Number(a.primary));
}

/**
 * Reads what is known of single calendars when it is first needed: it hardly ever changes, and not within a client's life.
 *
 * @returns undefined for a calendar that is not on the account's list
 */
export function calendarFacts(api: GoogleApi): Calendars["facts"] {
  const known = new Map<string, CalendarInfo | undefined>();
  return async (calendarId, deadline) => {
    if (known.has(calendarId)) return known.get(calendarId);
    const path = `/users/me/calendarList/${encodeURIComponent(calendarId)}`;
    const found = await api.call({ path, answer: calendar }, deadline).catch((error: unknown) => {
      if (calendarId !== "primary" && isIntegrationError(error, "request.not_found")) return undefined;
      throw error;
    });
    const facts = found && toCalendarInfo(found);
    known.set(calendarId, facts);
    return facts;
  };
}

function toCalendarInfo(wire: WireCalendar): CalendarInfo {
  return {
    id: wire.id,
    name: wire.summaryOverride ?? wire.summary ?? wire.id,
    ...(wire.description !== undefined && { description: wire.description }),
    timeZone: wire.timeZone ?? "UTC",
    accessRole: toAccessRole(wire.accessRole),
    primary: wire.primary ?? false,
    selected: wire.selected ?? false,
  };
}

/** This account's access to a calendar. */
export function toAccessRole(role: string | undefined): CalendarInfo["accessRole"] {
  if (role === "owner" || role === "writer" || role === "reader") return role;
  // Quirk(google): who may write, but sees no details of private events.
  return role === "writerWithoutPrivateAccess" ? "writer" : "freeBusyReader";
}
