import { calendarNotFound, invalidParameter } from "../../api-error.js";
import { calendarScopes } from "../../oauth/scopes.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { accessOf } from "../calendar-access.js";
import { isAtLeast } from "../access-rules.js";
import { usualListSettings, type ListEntry, type ListSettings } from "../calendar-lists.js";
import type { CalendarAccess } from "../calendars.js";
import { bodyOf } from "../event-input.js";
import { booleanOf } from "../event-parameters.js";
import { invalidField, requiredField } from "../event-refusals.js";
import { readListSettings } from "../list-settings.js";
import { requireVersion } from "../precondition.js";
import { latestChange, syncedPage } from "../synced-list.js";
import { inTurn } from "../turns.js";
import { base, conferenceProperties } from "./call.js";
import { watchRoute } from "./watch.js";

const { full, readonly, list: allLists, listReadonly, appCreated } = calendarScopes;
const readers: readonly string[] = [full, readonly, allLists, listReadonly];
const writers: readonly string[] = [full, allLists];
const path = `${base}/users/me/calendarList`;
const entryPath = `${path}/{calendarId}`;
const parameters: readonly string[] = ["colorRgbFormat"];
/** What `minAccessRole` takes. */
const listRoles = ["freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner"] as const;

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
  handle: listEntries,
};

/** People's lists of calendars. @see https://developers.google.com/workspace/calendar/api/v3/reference/calendarList */
export const calendarListRoutes: readonly Route[] = [
  list,
  watchRoute(list, ({ world, user }) => ({
    name: `calendars of ${user.email}`,
    version: () => String(latestChange(world.calendars.lists.of(user.email))),
  })),
  {
    name: "calendar.calendarList.get",
    method: "GET",
    path: entryPath,
    scopes: [...readers, appCreated],
    handle: (call) => {
      const { entry, access } = entryOf(call);
      return { json: showEntry(entry, access) };
    },
  },
  {
    name: "calendar.calendarList.insert",
    method: "POST",
    path,
    parameters,
    scopes: writers,
    handle: inTurn(insertEntry),
  },
  {
    name: "calendar.calendarList.patch",
    method: "PATCH",
    path: entryPath,
    parameters,
    scopes: [...writers, appCreated],
    handle: inTurn((call) => changeEntry(call, {})),
  },
  {
    name: "calendar.calendarList.update",
    method: "PUT",
    path: entryPath,
    parameters,
    scopes: [...writers, appCreated],
    handle: inTurn((call) => changeEntry(call, { ...usualListSettings, selected: false })),
  },
  {
    name: "calendar.calendarList.delete",
    method: "DELETE",
    path: entryPath,
    scopes: [...writers, appCreated],
    handle: inTurn(deleteEntry),
  },
];

function listEntries(call: ApiCall): ApiReply {
  const { world, user, query } = call;
  const filter = filterOf(query);
  const accessTo = ({ calendarId }: ListEntry): CalendarAccess | undefined =>
    world.calendars.access(user.email, calendarId);
  const all = world.calendars.lists.of(user.email);
  const { items, etag, tokens } = syncedPage(call, `calendars of ${user.email}`, all, (entry) =>
    filter(entry, accessTo(entry)),
  );
  const shown = items.map((entry) => {
    const access = accessTo(entry);
    return access ? showEntry(entry, access) : showGone(entry);
  });
  return { json: { kind: "calendar#calendarList", etag, ...tokens, items: shown } };
}

/** Which entries a query wants. After a sync token all that is deleted or hidden is told. @throws ApiError 400 */
function filterOf(query: URLSearchParams): (entry: ListEntry, access: CalendarAccess | undefined) => boolean {
  const isSync = query.has("syncToken");
  const [deleted, hidden] = [booleanOf(query, "showDeleted"), booleanOf(query, "showHidden")];
  const least = query.get("minAccessRole");
  const role = listRoles.find((each) => each === least);
  if (least !== null && role === undefined) throw invalidParameter(`Invalid value '${least}'`, "minAccessRole");
  if (isSync && (role !== undefined || deleted === false || hidden === false)) {
    throw invalidParameter("syncToken cannot be used with minAccessRole, showDeleted=false and showHidden=false.");
  }
  return (entry, access) => {
    if (entry.deleted || !access) return isSync || deleted === true;
    return (isSync || hidden === true || !entry.hidden) && (role === undefined || isAtLeast(access.role, role));
  };
}

function entryOf(call: ApiCall): { entry: ListEntry; access: CalendarAccess } {
  const access = accessOf(call);
  const entry = call.world.calendars.lists.find(call.user.email, access.calendar.id);
  if (!entry || entry.deleted) throw calendarNotFound();
  return { entry, access };
}

/** Unsure(google): one that is in the list already is changed there. */
function insertEntry(call: ApiCall): ApiReply {
  const { world, user, query } = call;
  const body = bodyOf(call);
  const { id } = body;
  if (typeof id !== "string" || id === "") throw requiredField("Missing calendar id.");
  const access = world.calendars.access(user.email, id);
  if (!access) throw calendarNotFound();
  const settings = readListSettings(body, booleanOf(query, "colorRgbFormat") ?? false);
  const existing = world.calendars.lists.find(user.email, access.calendar.id);
  const usual = existing && !existing.deleted ? {} : { selected: false };
  return {
    json: showEntry(world.calendars.lists.set(user.email, access.calendar.id, { ...usual, ...settings }), access),
  };
}

/** @param unnamed - what becomes of settings that the client does not name */
function changeEntry(call: ApiCall, unnamed: Partial<ListSettings>): ApiReply {
  const { world, user, query } = call;
  const { entry, access } = entryOf(call);
  requireVersion(call, entry.change);
  const settings = readListSettings(bodyOf(call), booleanOf(query, "colorRgbFormat") ?? false);
  const changed = world.calendars.lists.set(user.email, entry.calendarId, { ...unnamed, ...settings });
  return { json: showEntry(changed, access) };
}

function deleteEntry(call: ApiCall): ApiReply {
  const { world, user } = call;
  const { entry } = entryOf(call);
  // Unsure(google): how it refuses to take somebody's main calendar from the list.
  if (entry.calendarId === user.email) throw invalidField("Invalid Value");
  requireVersion(call, entry.change);
  world.calendars.lists.remove(user.email, entry.calendarId);
  return {};
}

/** Unsure(google): what is still told of a calendar that one may not see any more. */
function showGone({ calendarId, change }: ListEntry): unknown {
  return { kind: "calendar#calendarListEntry", etag: `"${change}"`, id: calendarId, deleted: true };
}

function showEntry(entry: ListEntry, { calendar, role, user }: CalendarAccess): unknown {
  return {
    kind: "calendar#calendarListEntry",
    etag: `"${entry.change}"`,
    id: calendar.id,
    ...calendar.properties,
    ...(entry.summaryOverride !== undefined && { summaryOverride: entry.summaryOverride }),
    ...(entry.deleted && { deleted: true }),
    ...(entry.hidden && { hidden: true }),
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
