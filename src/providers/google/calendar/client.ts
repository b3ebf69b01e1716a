import {
  calendarOptions,
  requireEventInput,
  requireRange,
  requireRef,
  requireResponse,
} from "../../../calendar/inputs.js";
import type { CalendarClient } from "../../../calendar/client.js";
import { createCalls } from "../../../core/call.js";
import { loadZonedTime } from "../../../core/zoned-time.js";
import type { ProviderContext } from "../../../provider.js";
import { openGoogleApi } from "../http.js";
import { getCalendars, primaryTimeZone, type Calendars } from "./calendars.js";
import { createMyEvent } from "./create-event.js";
import { getEvent, getEvents, listEvents } from "./events.js";
import { respondToInvitation } from "./respond.js";
import { calendar } from "./wire.js";

const origin = "https://www.googleapis.com";
/** Requests a minute that a person may make. @see https://developers.google.com/workspace/calendar/api/guides/quota */
const plans = [600];

/** A Google account's calendars as a `CalendarClient`. */
export async function createGoogleCalendarClient(context: ProviderContext): Promise<CalendarClient> {
  const { service, userId } = context;
  const calls = createCalls({ ...context, options: calendarOptions });
  const calendars = await openCalendars(context);
  const close = async (): Promise<void> => {
    calls.end();
    await calendars.api.close();
  };
  return {
    service,
    userId,
    close,
    [Symbol.asyncDispose]: close,
    connect: (options = {}) =>
      calls.run("connect", options, async (deadline) => {
        await calendars.api.call({ path: "/users/me/calendarList/primary", answer: calendar }, deadline);
      }),
    getEvents: (range, options = {}) =>
      calls.run("getEvents", options, (deadline) => getEvents(calendars, requireRange(range), options, deadline)),
    listEvents: (range, options = {}) =>
      calls.run("listEvents", options, (deadline) => listEvents(calendars, requireRange(range), options, deadline)),
    getEvent: (ref, options = {}) =>
      calls.run("getEvent", options, (deadline) => getEvent(calendars, requireRef(ref), deadline)),
    getCalendars: (options = {}) => calls.run("getCalendars", options, (deadline) => getCalendars(calendars, deadline)),
    createMyEvent: (event, options = {}) =>
      calls.run("createMyEvent", options, (deadline) =>
        createMyEvent(calendars, requireEventInput(event), options, deadline),
      ),
    respondToInvitation: (ref, response, options = {}) =>
      calls.run("respondToInvitation", options, (deadline) =>
        respondToInvitation(calendars, requireRef(ref), requireResponse(response), options, deadline),
      ),
  };
}

async function openCalendars(context: ProviderContext): Promise<Calendars> {
  const { service, userId, credentials, clock, config, access } = context;
  const [time, record] = await Promise.all([loadZonedTime(clock), credentials.getCredentials(service, userId)]);
  const api = openGoogleApi(context, { origin, basePath: "/calendar/v3", plans, account: record?.account });
  const profileZone = record?.userTimezone;
  return {
    api,
    clock,
    time,
    access: access ?? (record?.readOnly === true ? "read" : undefined),
    account: record?.account,
    timeZone: profileZone === undefined ? primaryTimeZone(api) : () => Promise.resolve(profileZone),
    cursorScope: [service, context.endpoints ?? origin, config.credentialsDir, userId, record?.account ?? ""],
  };
}
