import { calendarScopes } from "../oauth/scopes.js";
import type { ApiCall, Route } from "../routes.js";
import { accessOf } from "./calendar-access.js";
import { listEvents } from "./events-list.js";
import { getEvent, listInstances } from "./events-read.js";
import { queryFreeBusy } from "./freebusy.js";
import { aclRoutes } from "./methods/acl.js";
import { calendarListRoutes } from "./methods/calendar-list.js";
import { calendarPropertyRoutes } from "./methods/calendars.js";
import { base } from "./methods/call.js";
import { eventWriteRoutes } from "./methods/event-writes.js";
import { colorRoutes } from "./methods/colors.js";
import { settingsRoutes } from "./methods/settings.js";
import { channelRoutes, watchRoute, type Watched } from "./methods/watch.js";
import type { EventCopy } from "./stored-event.js";

const { full, readonly, events, eventsReadonly, freeBusy, freeBusyEvents } = calendarScopes;
const { owned, ownedReadonly, publicReadonly, appCreated } = calendarScopes;
const eventReaders = [
  full,
  readonly,
  events,
  eventsReadonly,
  owned,
  ownedReadonly,
  appCreated,
  publicReadonly,
  freeBusyEvents,
];

const eventList: Route = {
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
};

/** The methods of Google Calendar that the sandbox serves. @see https://developers.google.com/workspace/calendar/api/v3/reference */
export const calendarRoutes: readonly Route[] = [
  ...calendarListRoutes,
  ...calendarPropertyRoutes,
  ...aclRoutes,
  eventList,
  watchRoute(eventList, watchedEvents),
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
    scopes: [full, readonly, freeBusy, freeBusyEvents],
    handle: queryFreeBusy,
  },
  ...eventWriteRoutes,
  ...channelRoutes,
  ...settingsRoutes,
  ...colorRoutes,
];

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/watch */
function watchedEvents(call: ApiCall): Watched {
  const { calendar } = accessOf(call);
  const { world, user, query } = call;
  const types = query.getAll("eventTypes");
  const isMeant = ({ shared }: EventCopy): boolean => {
    const type = shared.fields["eventType"];
    return types.includes(typeof type === "string" ? type : "default");
  };
  const latest = (): number =>
    types.length === 0
      ? calendar.entries.latest
      : [...calendar.entries.values()].filter(isMeant).reduce((most, { etag }) => Math.max(most, etag), 0);
  return {
    name: `events of ${calendar.id}`,
    version: () => (world.calendars.access(user.email, calendar.id) ? String(latest()) : undefined),
  };
}
