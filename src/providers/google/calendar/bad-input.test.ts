import { describe, expect, it } from "vitest";
import { openWorld, withClient } from "../../../../test/support/world.js";
import type { CalendarClient } from "../../../calendar/client.js";
import type { EventsOptions } from "../../../calendar/options.js";
import { timeRange } from "../../../calendar/time-range.js";
import { createCalendarClient } from "../../../integrations.js";

const alice = "alice@example.com";
const week = timeRange.between("2026-11-23", "2026-11-30");
const newEvent = { title: "x", start: "2026-11-24T10:00", durationMinutes: 30 };

async function calendars() {
  const world = await openWorld({ seed: { users: [{ email: alice }] } });
  const calendar = createCalendarClient("google_calendar", await world.signIn("google_calendar", alice));
  await calendar.connect();
  world.sandbox.clearRequests();
  return withClient(world, calendar, { calendar });
}

describe("a calendar client", () => {
  it.each<[string, string, (calendar: CalendarClient) => Promise<unknown>]>([
    [
      "a scope that it does not know",
      "scope",
      (c) => c.respondToInvitation("e1", "accepted", { scope: "following" as "all" }),
    ],
    [
      "one calendar where a list belongs",
      "calendarIds",
      (c) => c.getEvents(week, { calendarIds: "primary" } as unknown as EventsOptions),
    ],
    ["no zone at all", "timeZone", (c) => c.getEvents(week, { timeZone: null } as unknown as EventsOptions)],
    ["a field that is none", "expandRecuring", (c) => c.getEvents(week, { expandRecuring: false } as EventsOptions)],
    ["a word for whom to tell", "notify", (c) => c.createMyEvent(newEvent, { notify: false as unknown as "none" })],
    ["an empty idempotency key", "idempotencyKey", (c) => c.createMyEvent(newEvent, { idempotencyKey: "" })],
    ["an id that leads elsewhere", "id", (c) => c.getEvent({ id: ".." })],
    ["a calendar that leads elsewhere", "calendarId", (c) => c.getEvent({ id: "e1", calendarId: "." })],
    ["an id that is no text", "calendarId", (c) => c.createMyEvent(newEvent, { calendarId: "\ud800" })],
    ["more minutes than there are", "durationMinutes", (c) => c.createMyEvent({ ...newEvent, durationMinutes: 1e15 })],
  ])("refuses %s, naming the field, before any network", async (_, field, call) => {
    await using c = await calendars();
    await expect(call(c.calendar)).rejects.toMatchObject({
      code: "request.invalid",
      message: expect.stringContaining(field) as string,
    });
    expect(c.sandbox.requests).toEqual([]);
  });

  it("shows times in UTC when it knows neither the event's zone nor the calendar's", async () => {
    await using c = await calendars();
    const body = {
      timeZone: "Mars/Base",
      items: [
        {
          id: "a",
          start: { dateTime: "2026-11-23T10:00:00Z", timeZone: "Mars/Base" },
          end: { dateTime: "2026-11-23T11:00:00Z" },
        },
        { id: "b", start: { date: "2026-11-24" }, end: { date: "2026-11-25" } },
      ],
    };
    c.sandbox.failNext({ method: "calendar.events.list", respond: { status: 200, body } });
    expect((await c.calendar.getEvents(week)).map(({ start }) => start)).toEqual([
      { dateTime: "2026-11-23T10:00:00+00:00", timeZone: "UTC", weekday: "Monday" },
      { date: "2026-11-24", weekday: "Tuesday" },
    ]);
  });

  it("reports the calendar whose times cannot be read beside the others' events", async () => {
    await using c = await calendars();
    const items = [{ id: "a", start: { dateTime: "at dawn" }, end: { dateTime: "at noon" } }];
    c.sandbox.failNext({ method: "calendar.events.list", respond: { status: 200, body: { items } } });
    const { failures } = await c.calendar.listEvents(week);
    expect(failures).toMatchObject([{ calendarId: "primary", code: "connection.unavailable" }]);
  });
});
