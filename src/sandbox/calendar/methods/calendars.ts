import { ApiError } from "../../api-error.js";
import { calendarScopes } from "../../oauth/scopes.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { accessOf, requireRole } from "../calendar-access.js";
import type { CalendarProperties, StoredCalendar } from "../calendars.js";
import { bodyOf } from "../event-input.js";
import { invalidField, requiredField } from "../event-refusals.js";
import { readText } from "../input-values.js";
import { requireVersion } from "../precondition.js";
import { isTimeZone } from "../time-text.js";
import { inTurn } from "../turns.js";
import { base, conferenceProperties } from "./call.js";

const { full, readonly, calendars, calendarsReadonly, appCreated } = calendarScopes;
const scopes: readonly string[] = [full, calendars, appCreated];
const calendarPath = `${base}/calendars/{calendarId}`;

/** Calendars by themselves. @see https://developers.google.com/workspace/calendar/api/v3/reference/calendars */
export const calendarPropertyRoutes: readonly Route[] = [
  {
    name: "calendar.calendars.get",
    method: "GET",
    path: calendarPath,
    scopes: [full, readonly, calendars, calendarsReadonly, appCreated],
    // Unsure(google): whether it is told to those who may only see when it is busy.
    handle: (call) => show(accessOf(call).calendar),
  },
  {
    name: "calendar.calendars.insert",
    method: "POST",
    path: `${base}/calendars`,
    scopes,
    handle: inTurn(insertCalendar),
  },
  {
    name: "calendar.calendars.patch",
    method: "PATCH",
    path: calendarPath,
    scopes,
    handle: inTurn((call) => change(call, (body) => readProperties(body))),
  },
  {
    name: "calendar.calendars.update",
    method: "PUT",
    path: calendarPath,
    scopes,
    handle: inTurn((call) =>
      change(call, (body, { timeZone }) => {
        // Unsure(google): whether a calendar that is written whole without a zone keeps its own.
        return { description: undefined, location: undefined, timeZone, ...requireSummary(readProperties(body)) };
      }),
    ),
  },
  { name: "calendar.calendars.delete", method: "DELETE", path: calendarPath, scopes, handle: inTurn(deleteCalendar) },
  {
    name: "calendar.calendars.clear",
    method: "POST",
    path: `${calendarPath}/clear`,
    scopes: [full, calendars],
    handle: inTurn(clearCalendar),
  },
];

function insertCalendar(call: ApiCall): ApiReply {
  const { world, user, project } = call;
  const properties = requireSummary(readProperties(bodyOf(call)));
  const usual = { description: undefined, location: undefined, timeZone: "UTC" };
  const calendar = world.calendars.create({ ...usual, ...properties }, { dataOwner: user.email, madeBy: project });
  world.calendars.share(calendar, { type: "user", value: user.email }, "owner");
  world.calendars.lists.set(user.email, calendar.id);
  return show(calendar);
}

function change(
  call: ApiCall,
  read: (body: Readonly<Record<string, unknown>>, before: CalendarProperties) => Partial<CalendarProperties>,
): ApiReply {
  const { calendar } = requireRole(call, "owner");
  requireVersion(call, calendar.change);
  call.world.calendars.describe(calendar, read(bodyOf(call), calendar.properties));
  return show(calendar);
}

function deleteCalendar(call: ApiCall): ApiReply {
  const { calendar } = requireRole(call, "owner");
  if (calendar.primary) {
    // Unsure(google): that it cannot be is documented; the words of the refusal are not.
    const message = "Cannot delete a primary calendar.";
    throw new ApiError({ code: 403, reason: "cannotDeletePrimaryCalendar", domain: "calendar", message });
  }
  requireVersion(call, calendar.change);
  call.world.calendars.remove(calendar);
  return {};
}

function clearCalendar(call: ApiCall): ApiReply {
  const { calendar } = requireRole(call, "owner");
  if (!calendar.primary) throw invalidField("Invalid Value");
  call.world.calendars.clear(calendar);
  return {};
}

function requireSummary(properties: Partial<CalendarProperties>): Partial<CalendarProperties> & { summary: string } {
  const { summary } = properties;
  if (summary === undefined) throw requiredField("Missing summary.");
  return { ...properties, summary };
}

/** What a client names; with null or nothing in it, a text is taken away. @throws ApiError 400 */
function readProperties(body: Readonly<Record<string, unknown>>): Partial<CalendarProperties> {
  const { timeZone } = body;
  const title = readText(body["summary"], "summary");
  if ("summary" in body && title === undefined) throw requiredField("Missing summary.");
  const hasZone = timeZone !== undefined && timeZone !== null;
  if (hasZone && !isTimeZone(timeZone)) throw invalidField("Invalid time zone.");
  return {
    ...(title !== undefined && { summary: title }),
    ...("description" in body && { description: readText(body["description"], "description") }),
    ...("location" in body && { location: readText(body["location"], "location") }),
    ...(hasZone && { timeZone }),
  };
}

function show({ id, dataOwner, properties, change: version }: StoredCalendar): ApiReply {
  const owner = dataOwner !== undefined && { dataOwner };
  const etag = `"${version}"`;
  return { json: { kind: "calendar#calendar", etag, id, ...properties, conferenceProperties, ...owner } };
}
