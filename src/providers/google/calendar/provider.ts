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
  packages: ["temporal-polyfill", "rrule-temporal"],
  capabilities: {
    read: true,
    search: true,
    freeBusy: true,
    create: true,
    recurrence: true,
    move: true,
    conference: true,
    respond: true,
    proposals: false,
    cancellationMessage: false,
    changes: "sync tokens",
  },
  setup: googleSetup({
    title: "Google Calendar",
    api: "calendar-json.googleapis.com",
    scopes: {
      read: ["https://www.googleapis.com/auth/calendar.readonly"],
      write: ["https://www.googleapis.com/auth/calendar.readonly", "https://www.googleapis.com/auth/calendar.events"],
      full: ["https://www.googleapis.com/auth/calendar"],
    },
  }),
  quirks: [
    "Google has no call for proposing another time: `suggestReschedule` answers tentatively, with the proposal in the comment, and says so in `delivery`.",
    "A cancellation carries no message of one's own: `deleteMyEvent` with `message` is refused.",
    "An event is always written back whole, over the version that was read; what this package does not know of survives.",
    "This and the following occurrences become a series of their own with another id: the new series is written first, then the old one is ended. Exceptions go along.",
    "Exceptions of a series keep what they have for themselves when the series is changed; Google does not document what becomes of them, so they are carried over one by one.",
    '`notify: "external"` writes to those who do not use Google Calendar; only Google knows who they are, so that the result lists nobody.',
    "Guests may set reminders, whether they are busy and their answer; title, time and place belong to the organizer, unless `guestsCanModify` is set.",
    "Free/busy tells of at most 50 calendars a request, more are asked side by side. A calendar that is not shared is `unknown`.",
    "Busy times of other people are merged by Google: whether one of them is this very event is found out where their calendar is shared, else the message says that it may be.",
    "What changed is remembered by Google for a limited time: then `getChanges` says `reset` and which calendars it means.",
    "Events created in a calendar have ids made here, so that a repeat after a lost answer finds the event that is there.",
    "A person may make 600 requests a minute; what has to wait then waits by itself.",
  ],
  makeClient: (context) =>
    lazyClient(context, calendarClientShape, async () =>
      (await import("./client.js")).createGoogleCalendarClient(context),
    ),
  openAccessChecks: async (context) => (await import("./access-checks.js")).openCalendarChecks(context),
});
