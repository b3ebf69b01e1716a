import { describe, expect, it } from "vitest";
import { alice, alicesCalendars, berlin, titles } from "../../../../test/support/alices-calendars.js";
import { calendarClient } from "../../../../test/support/google-clients.js";
import type { CalendarClient } from "../../../calendar/client.js";
import type { ListEventsOptions } from "../../../calendar/options.js";
import { timeRange } from "../../../calendar/time-range.js";

const family = "family@group.calendar.google.com";
const week = timeRange.between("2026-11-23", "2026-11-30");
const instants = timeRange.between("2026-11-23T00:00:00+01:00", "2026-11-30T00:00:00+01:00");
const list = "calendar.events.list";

/** The titles of all pages. */
async function allPages(calendar: CalendarClient, options: ListEventsOptions, between = () => Promise.resolve()) {
  const pages: string[][] = [];
  for (let cursor: string | undefined; ;) {
    const page = await calendar.listEvents(week, { ...options, ...(cursor !== undefined && { cursor }) });
    pages.push(titles(page.events));
    cursor = page.cursor;
    if (cursor === undefined) return pages;
    await between();
  }
}

describe("getEvents", () => {
  it("gives with a series the dates that it does not have any more, where series are not expanded", async () => {
    await using c = await alicesCalendars([
      berlin("2026-11-23T09:00", { id: "daily0001", recurrence: ["RRULE:FREQ=DAILY;COUNT=5"] }),
      berlin("2026-11-23T11:00", { id: "weekly001", recurrence: ["RRULE:FREQ=WEEKLY;COUNT=5"] }),
    ]);
    const { events: google } = calendarClient(c.sandbox, alice);
    await google.delete({ calendarId: "primary", eventId: "daily0001_20261124T080000Z" });
    await google.delete({ calendarId: "primary", eventId: "weekly001" });
    const found = await c.calendar.getEvents(week, { expandRecurring: false });
    expect(found).toMatchObject([
      { id: "daily0001", recurrence: { lines: ["RRULE:FREQ=DAILY;COUNT=5"] } },
      {
        id: "daily0001_20261124T080000Z",
        status: "cancelled",
        seriesId: "daily0001",
        start: { dateTime: "2026-11-24T09:00:00+01:00" },
        originalStart: { dateTime: "2026-11-24T09:00:00+01:00" },
      },
    ]);
    expect(found).toHaveLength(2);
    expect(await c.calendar.getEvents(week)).toHaveLength(4);
  });

  it("reads a calendar once that is named twice, also by the account's address", async () => {
    await using c = await alicesCalendars([berlin("2026-11-24T09:00")]);
    const events = await c.calendar.getEvents(week, { calendarIds: ["primary", alice, "primary"] });
    expect(events).toMatchObject([{ calendarId: "primary" }]);
    expect(c.sandbox.findRequests({ method: list })).toHaveLength(1);
  });

  it("asks for nothing but the events when the range says itself which instants it means", async () => {
    await using c = await alicesCalendars([berlin("2026-11-24T09:00")]);
    c.sandbox.clearRequests();
    expect(await c.calendar.getEvents(instants)).toHaveLength(1);
    expect(c.sandbox.findRequests({ method: "calendar.*" }).map(({ method }) => method)).toEqual([list]);
  });
});

describe("listEvents", () => {
  const events = ["24T09", "24T10", "25T09", "26T09", "27T09"].map((time) => berlin(`2026-11-${time}:00`));

  it("goes on from where a page ended when events come, go and move meanwhile", async () => {
    await using c = await alicesCalendars(events.map((event, index) => ({ ...event, id: `event000${index}` })));
    const { events: google } = calendarClient(c.sandbox, alice);
    const changes = [
      () => google.delete({ calendarId: "primary", eventId: "event0001" }),
      () => google.insert({ calendarId: "primary", requestBody: berlin("2026-11-23T09:00") as object }),
    ];
    const pages = await allPages(c.calendar, { limit: 2 }, async () => {
      await changes.shift()?.();
    });
    expect(pages).toEqual([
      ["2026-11-24T09:00", "2026-11-24T10:00"],
      ["2026-11-25T09:00", "2026-11-26T09:00"],
      ["2026-11-27T09:00"],
    ]);
  });

  it("gives the same in pages as at once, whatever zone places the whole days", async () => {
    const days = ["24", "25", "26"].map((day, index) => ({
      ...{ summary: `day ${day}`, start: { date: `2026-11-${day}` } },
      end: { date: `2026-11-${27 + index}` },
    }));
    const series = berlin("2026-11-20T09:30", { summary: "daily", recurrence: ["RRULE:FREQ=DAILY"] });
    await using c = await alicesCalendars([...events, ...days, series], [{ id: family, events: [...days, series] }]);
    for (const timeZone of ["Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"]) {
      for (const expandRecurring of [true, false]) {
        const options = { timeZone, expandRecurring, calendarIds: ["primary", family] };
        const whole = await allPages(c.calendar, options);
        for (const limit of [1, 3, 4]) {
          expect((await allPages(c.calendar, { ...options, limit })).flat()).toEqual(whole.flat());
        }
      }
    }
  });

  it("keeps the days that its first page was about past midnight", async () => {
    await using c = await alicesCalendars([berlin("2026-11-23T09:00"), berlin("2026-11-23T10:00"), ...events]);
    const { cursor = "" } = await c.calendar.listEvents(timeRange.today(), { limit: 1 });
    c.clock.advance(17 * 3_600_000);
    const second = await c.calendar.listEvents(timeRange.today(), { limit: 1, cursor });
    expect(titles(second.events)).toEqual(["2026-11-23T10:00"]);
    expect(second).not.toHaveProperty("cursor");
    await expect(c.calendar.listEvents(week, { cursor })).rejects.toMatchObject({ code: "request.invalid" });
  });

  it("does not read from the beginning again for each page", async () => {
    const many = Array.from({ length: 70 }, (_, index) => berlin(`2026-11-2${3 + (index % 5)}T09:00`));
    await using c = await alicesCalendars(many);
    await allPages(c.calendar, { limit: 10 });
    const from = c.sandbox
      .findRequests({ method: list })
      .map(({ path }) => new URL(path, c.sandbox.url).searchParams.get("timeMin"));
    expect(from).toHaveLength(7);
    expect([from[0], from[6]]).toEqual(["2026-11-22T23:00:00.000Z", "2026-11-26T08:00:00.000Z"]);
  });
});
