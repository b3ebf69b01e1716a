import { calendarClientShape, type CalendarClient } from "../../../calendar/client.js";
import { lazyClient } from "../../../core/lazy-client.js";
import type { IntegrationProvider } from "../../../provider.js";
import { defineProvider } from "../../define-provider.js";
import { googleSetup } from "../auth.js";

/** Google Calendar as a calendar provider. @see https://developers.google.com/workspace/calendar/api/auth */
export const googleCalendar: IntegrationProvider<CalendarClient> = defineProvider({
  name: "google_calendar",
  kind: "calendar",
  aliases: ["calendar"],
  enableVariable: "GOOGLE_CALENDAR_ENABLED",
  packages: ["temporal-polyfill"],
  capabilities: { read: true, create: true, respond: true, conference: true },
  setup: googleSetup({
    title: "Google Calendar",
    api: "calendar-json.googleapis.com",
    scopes: {
      read: ["https://www.googleapis.com/auth/calendar.readonly"],
      write: ["https://www.googleapis.com/auth/calendar.readonly", "https://www.googleapis.com/auth/calendar.events"],
      full: ["https://www.googleapis.com/auth/calendar"],
    },
  }),
  makeClient: (context) =>
    lazyClient(context, calendarClientShape, async () =>
      (await import("./client.js")).createGoogleCalendarClient(context),
    ),
});
