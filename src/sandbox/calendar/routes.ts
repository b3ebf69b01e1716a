import { calendarScopes } from "../oauth/scopes.js";
import { pageOf } from "../paging.js";
import type { Route } from "../routes.js";
import type { World } from "../world.js";
import { accessOf } from "./calendar-access.js";
import { calendarNotFound } from "../api-error.js";
import type { ListEntry } from "./calendar-lists.js";
import type { CalendarAccess } from "./calendars.js";
import { listEvents } from "./events-list.js";
import { getEvent, listInstances } from "./events-read.js";
import { queryFreeBusy } from "./freebusy.js";
import { eventWriteRoutes } from "./methods/event-writes.js";
import { colorRoutes } from "./methods/colors.js";
import { settingsRoutes } from "./methods/settings.js";

const { full, readonly, events, eventsReadonly, listReadonly, freeBusy } = calendarScopes;
const eventReaders = [full, readonly, events, eventsReadonly];
const base = "/calendar/v3";

/** The methods of Google Calendar that the sandbox serves. @see https://developers.google.com/workspace/calendar/api/v3/reference */
export const calendarRoutes: readonly Route[] = [
  {
    name: "calendar.calendarList.list",
    method: "GET",
    path: `${base}/users/me/calendarList`,
    parameters: [
      "maxResults",
      "minAccessRole",
      "pageToken",
      "showDeleted",
      "showHidden",
      "showOwnOrganizationOnly",
      "syncToken",
    ],
    scopes: [full, readonly, listReadonly],
    handle: ({ world, user, query }) => {
      const { items, nextPageToken } = pageOf(query, listed(world, user.email), { usual: 100, most: 250 });
      const next = nextPageToken === undefined ? {} : { nextPageToken };
      return { json: { kind: "calendar#calendarList", etag: '"p1"', ...next, items } };
    },
  },
  {
    name: "calendar.calendarList.get",
    method: "GET",
    path: `${base}/users/me/calendarList/{calendarId}`,
    scopes: [full, readonly, listReadonly],
    handle: (call) => {
      const access = accessOf(call);
      const entry = call.world.calendars.lists.find(call.user.email, access.calendar.id);
      if (!entry || entry.deleted) throw calendarNotFound();
      return { json: showEntry(entry, access) };
    },
  },
  {
    name: "calendar.calendars.get",
    method: "GET",
    path: `${base}/calendars/{calendarId}`,
    scopes: [full, readonly],
    handle: (call) => {
      // Unsure(google): whether it is told to those who may only see when it is busy.
      const { calendar } = accessOf(call);
      const { id, dataOwner, properties, change } = calendar;
      const owner = dataOwner !== undefined && { dataOwner };
      return {
        json: { kind: "calendar#calendar", etag: `"${change}"`, id, ...properties, conferenceProperties, ...owner },
      };
    },
  },
  {
    name: "calendar.events.list",
    method: "GET",
    path: `${base}/calendars/{calendarId}/events`,
    parameters: [
      "alwaysIncludeEmail",
      "eventTypes",
      "iCalUID",
      "maxAttendees",
      "maxResults",
      "orderBy",
      "pageToken",
      "privateExtendedProperty",
      "q",
      "sharedExtendedProperty",
      "showDeleted",
      "showHiddenInvitations",
      "singleEvents",
      "syncToken",
      "timeMax",
      "timeMin",
      "timeZone",
      "updatedMin",
    ],
    scopes: eventReaders,
    handle: listEvents,
  },
  {
    name: "calendar.events.get",
    method: "GET",
    path: `${base}/calendars/{calendarId}/events/{eventId}`,
    parameters: ["alwaysIncludeEmail", "maxAttendees", "timeZone"],
    scopes: eventReaders,
    handle: getEvent,
  },
  {
    name: "calendar.events.instances",
    method: "GET",
    path: `${base}/calendars/{calendarId}/events/{eventId}/instances`,
    parameters: [
      "alwaysIncludeEmail",
      "maxAttendees",
      "maxResults",
      "originalStart",
      "pageToken",
      "showDeleted",
      "timeMax",
      "timeMin",
      "timeZone",
    ],
    scopes: eventReaders,
    handle: listInstances,
  },
  {
    name: "calendar.freebusy.query",
    method: "POST",
    path: `${base}/freeBusy`,
    scopes: [full, readonly, freeBusy],
    handle: queryFreeBusy,
  },
  ...eventWriteRoutes,
  ...settingsRoutes,
  ...colorRoutes,
];

const conferenceProperties = { allowedConferenceSolutionTypes: ["hangoutsMeet"] };

function listed(world: World, user: string): unknown[] {
  return world.calendars.lists.of(user).flatMap((entry) => {
    const access = world.calendars.access(user, entry.calendarId);
    return access && !entry.deleted ? [showEntry(entry, access)] : [];
  });
}

function showEntry(entry: ListEntry, { calendar, role, user }: CalendarAccess): unknown {
  return {
    kind: "calendar#calendarListEntry",
    etag: `"${entry.change}"`,
    id: calendar.id,
    ...calendar.properties,
    colorId: entry.colorId,
    backgroundColor: entry.backgroundColor,
    foregroundColor: entry.foregroundColor,
    selected: entry.selected,
    accessRole: role,
    defaultReminders: entry.defaultReminders,
    ...(entry.notifications.length > 0 && { notificationSettings: { notifications: entry.notifications } }),
    ...(calendar.id === user && { primary: true }),
    ...(calendar.dataOwner !== undefined && { dataOwner: calendar.dataOwner }),
    conferenceProperties,
  };
}
