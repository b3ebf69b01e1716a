import type { Clock } from "../../../core/clock.js";
import type { Deadline } from "../../../core/deadline.js";
import { allItems, collect } from "../../../core/pages.js";
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
  /** The zone of times that callers give without one: the profile's, else the main calendar's. IANA name. */
  readonly timeZone: (deadline: Deadline) => Promise<string>;
  /** Names the account in cursors. */
  readonly cursorScope: readonly string[];
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

/** Reads the main calendar's zone when it is first needed: it hardly ever changes, and not within a client's life. */
export function primaryTimeZone(api: GoogleApi): (deadline: Deadline) => Promise<string> {
  let known: string | undefined;
  return async (deadline) => {
    known ??= (await api.call({ path: "/users/me/calendarList/primary", answer: calendar }, deadline)).timeZone;
    return known ?? "UTC";
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

function toAccessRole(role: string | undefined): CalendarInfo["accessRole"] {
  return role === "owner" || role === "writer" || role === "reader" ? role : "freeBusyReader";
}
