import { calendarScopes } from "../../oauth/scopes.js";
import type { Route } from "../../routes.js";
import { calendarColors, colorsUpdated, eventColors } from "../colors.js";
import { base } from "./call.js";

const { full, readonly, list, listReadonly, freeBusyEvents, owned, ownedReadonly, publicReadonly } = calendarScopes;
const { appCreated } = calendarScopes;

/** The palette. @see https://developers.google.com/workspace/calendar/api/v3/reference/colors */
export const colorRoutes: readonly Route[] = [
  {
    name: "calendar.colors.get",
    method: "GET",
    path: `${base}/colors`,
    scopes: [full, readonly, list, listReadonly, freeBusyEvents, owned, ownedReadonly, publicReadonly, appCreated],
    handle: () => ({
      json: { kind: "calendar#colors", updated: colorsUpdated, calendar: calendarColors, event: eventColors },
    }),
  },
];
