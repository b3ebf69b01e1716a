import { calendarNotFound } from "../../api-error.js";
import { calendarScopes } from "../../oauth/scopes.js";
import { pageOf } from "../../paging.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import type { World } from "../../world.js";
import { accessOf } from "../calendar-access.js";
import type { ListEntry } from "../calendar-lists.js";
import type { CalendarAccess } from "../calendars.js";
import { base, conferenceProperties } from "./call.js";
import { watchRoute } from "./watch.js";

const { full, readonly, listReadonly } = calendarScopes;
const readers: readonly string[] = [full, readonly, listReadonly];
const path = `${base}/users/me/calendarList`;

const list: Route = {
  name: "calendar.calendarList.list",
  method: "GET",
  path,
  parameters: [
    "maxResults",
    "minAccessRole",
    "pageToken",
    "showDeleted",
    "showHidden",
    "showOwnOrganizationOnly",
    "syncToken",
  ],
  scopes: readers,
  handle: ({ world, user, query }) => {
    const { items, nextPageToken } = pageOf(query, listed(world, user.email), { usual: 100, most: 250 });
    const next = nextPageToken === undefined ? {} : { nextPageToken };
    return { json: { kind: "calendar#calendarList", etag: '"p1"', ...next, items } };
  },
};

/** People's lists of calendars. @see https://developers.google.com/workspace/calendar/api/v3/reference/calendarList */
export const calendarListRoutes: readonly Route[] = [
  list,
  watchRoute(list, ({ world, user }) => ({
    name: `calendars of ${user.email}`,
    version: () => String(Math.max(...world.calendars.lists.of(user.email).map(({ change }) => change))),
  })),
  {
    name: "calendar.calendarList.get",
    method: "GET",
    path: `${path}/{calendarId}`,
    scopes: readers,
    handle: getEntry,
  },
];

function getEntry(call: ApiCall): ApiReply {
  const access = accessOf(call);
  const entry = call.world.calendars.lists.find(call.user.email, access.calendar.id);
  if (!entry || entry.deleted) throw calendarNotFound();
  return { json: showEntry(entry, access) };
}

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
