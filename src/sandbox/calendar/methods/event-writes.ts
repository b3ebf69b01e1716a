import { calendarScopes } from "../../oauth/scopes.js";
import type { Route } from "../../routes.js";
import { importEvent, quickAddEvent } from "../events-add.js";
import { moveEvent } from "../events-move.js";
import { deleteEvent, insertEvent, patchEvent, updateEvent } from "../events-write.js";
import { inTurn } from "../turns.js";
import { base } from "./call.js";

const { full, events: allEvents, owned, appCreated } = calendarScopes;
const movers: readonly string[] = [full, allEvents, owned];
const scopes: readonly string[] = [...movers, appCreated];
const events = `${base}/calendars/{calendarId}/events`;
const event = `${events}/{eventId}`;
const notices: readonly string[] = ["sendNotifications", "sendUpdates"];
/** What a client says it knows of. */
const abilities: readonly string[] = ["conferenceDataVersion", "eventLabelVersion", "supportsAttachments"];
const insertParameters: readonly string[] = [...notices, ...abilities, "maxAttendees"];

/** Writes of events. @see https://developers.google.com/workspace/calendar/api/v3/reference/events */
export const eventWriteRoutes: readonly Route[] = [
  {
    name: "calendar.events.insert",
    method: "POST",
    path: events,
    parameters: insertParameters,
    scopes,
    handle: inTurn(insertEvent),
  },
  {
    name: "calendar.events.import",
    method: "POST",
    path: `${events}/import`,
    parameters: abilities,
    scopes,
    handle: inTurn(importEvent),
  },
  {
    name: "calendar.events.quickAdd",
    method: "POST",
    path: `${events}/quickAdd`,
    parameters: [...notices, "text"],
    scopes,
    handle: inTurn(quickAddEvent),
  },
  {
    name: "calendar.events.update",
    method: "PUT",
    path: event,
    parameters: [...insertParameters, "alwaysIncludeEmail"],
    scopes,
    handle: inTurn(updateEvent),
  },
  {
    name: "calendar.events.patch",
    method: "PATCH",
    path: event,
    parameters: [...insertParameters, "alwaysIncludeEmail"],
    scopes,
    handle: inTurn(patchEvent),
  },
  {
    name: "calendar.events.move",
    method: "POST",
    path: `${event}/move`,
    parameters: [...notices, "destination"],
    scopes: movers,
    handle: inTurn(moveEvent),
  },
  {
    name: "calendar.events.delete",
    method: "DELETE",
    path: event,
    parameters: notices,
    scopes,
    handle: inTurn(deleteEvent),
  },
];
