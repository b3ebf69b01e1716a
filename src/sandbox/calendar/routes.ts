import { calendarScopes } from "../oauth/scopes.js";
import { pageOf } from "../paging.js";
import type { Route } from "../routes.js";
import type { StoredCalendar } from "./calendars.js";
import { calendarOf, getEvent, listEvents, listInstances } from "./events-read.js";
import { deleteEvent, insertEvent, patchEvent, updateEvent } from "./events-write.js";
import { queryFreeBusy } from "./freebusy.js";
import { colorRoutes } from "./methods/colors.js";
import { settingsRoutes } from "./methods/settings.js";

const { full, readonly, events, eventsReadonly, listReadonly, freeBusy } = calendarScopes;
const eventReaders = [full, readonly, events, eventsReadonly];
const eventWriters = [full, events];
/** What a new event may be written with; a change takes one more. */
const insertParameters = [
  "conferenceDataVersion",
  "eventLabelVersion",
  "maxAttendees",
  "sendNotifications",
  "sendUpdates",
  "supportsAttachments",
];
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
      const { items, nextPageToken } = pageOf(query, world.calendars.of(user.email), { usual: 100, most: 250 });
      const next = nextPageToken === undefined ? {} : { nextPageToken };
      return { json: { kind: "calendar#calendarList", etag: '"p1"', ...next, items: items.map(listEntry) } };
    },
  },
  {
    name: "calendar.calendarList.get",
    method: "GET",
    path: `${base}/users/me/calendarList/{calendarId}`,
    scopes: [full, readonly, listReadonly],
    handle: (call) => ({ json: listEntry(calendarOf(call)) }),
  },
  {
    name: "calendar.calendars.get",
    method: "GET",
    path: `${base}/calendars/{calendarId}`,
    scopes: [full, readonly],
    handle: (call) => {
      const { id, summary, timeZone } = calendarOf(call);
      return { json: { kind: "calendar#calendar", etag: '"p1"', id, summary, timeZone } };
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
    name: "calendar.events.insert",
    method: "POST",
    path: `${base}/calendars/{calendarId}/events`,
    parameters: insertParameters,
    scopes: eventWriters,
    handle: insertEvent,
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
    name: "calendar.events.update",
    method: "PUT",
    path: `${base}/calendars/{calendarId}/events/{eventId}`,
    parameters: [...insertParameters, "alwaysIncludeEmail"],
    scopes: eventWriters,
    handle: updateEvent,
  },
  {
    name: "calendar.events.patch",
    method: "PATCH",
    path: `${base}/calendars/{calendarId}/events/{eventId}`,
    parameters: [...insertParameters, "alwaysIncludeEmail"],
    scopes: eventWriters,
    handle: patchEvent,
  },
  {
    name: "calendar.events.delete",
    method: "DELETE",
    path: `${base}/calendars/{calendarId}/events/{eventId}`,
    parameters: ["sendNotifications", "sendUpdates"],
    scopes: eventWriters,
    handle: deleteEvent,
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
  ...settingsRoutes,
  ...colorRoutes,
];

function listEntry({ id, summary, timeZone, accessRole, primary }: StoredCalendar): unknown {
  return {
    kind: "calendar#calendarListEntry",
    etag: '"p1"',
    id,
    summary,
    timeZone,
    colorId: "14",
    backgroundColor: "#9fe1e7",
    foregroundColor: "#000000",
    selected: true,
    accessRole,
    defaultReminders: [{ method: "popup", minutes: 10 }],
    ...(primary && { primary: true }),
    conferenceProperties: { allowedConferenceSolutionTypes: ["hangoutsMeet"] },
  };
}
