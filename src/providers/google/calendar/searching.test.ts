import { describe, expect, it } from "vitest";
import { alice, alicesCalendars, berlin, bob, fromBob, titles } from "../../../../test/support/alices-calendars.js";
import type { CalendarSearchQuery } from "../../../calendar/models.js";
import { timeRange } from "../../../calendar/time-range.js";

const family = "family@group.calendar.google.com";
const week = timeRange.between("2026-11-23", "2026-11-30");

describe("searchEvents", () => {
  const events = [
    berlin("2026-11-24T09:00", { summary: "Budget review", description: "Numbers of the year", ...fromBob() }),
    berlin("2026-11-25T09:00", { summary: "Budget talk", ...fromBob("declined") }),
    berlin("2026-11-26T09:00", { summary: "Lunch", location: "Budget Hotel", status: "tentative" }),
    berlin("2026-11-27T09:00", {
      summary: "Stand-up",
      recurrence: ["RRULE:FREQ=DAILY;COUNT=3"],
      attendees: [{ email: "jimbob@example.com", displayName: "Jim" }],
    }),
    berlin("2026-11-28T09:00", { summary: "Budget gone", status: "cancelled" }),
    berlin("2026-08-20T09:00", { summary: "Budget of long ago" }),
    berlin("2027-11-24T09:00", { summary: "Budget of later" }),
  ];

  it.each<[string, string | CalendarSearchQuery, string[]]>([
    ["words anywhere, in any case", "budget", ["Budget review", "Budget talk", "Lunch"]],
    ["words that all have to be there", "budget numbers", ["Budget review"]],
    ["words with a person", { text: "budget", attendee: "builder" }, ["Budget review", "Budget talk"]],
    ["a whole address, not one that ends so", { attendee: bob }, ["Budget review", "Budget talk"]],
    ["a part of an address", { attendee: "jimb" }, ["Stand-up", "Stand-up", "Stand-up"]],
    ["an organizer", { organizer: "BOB@" }, ["Budget review", "Budget talk"]],
    ["one's own events by their organizer", { organizer: alice, text: "lunch" }, ["Lunch"]],
    ["a status", { status: "tentative" }, ["Lunch"]],
    ["what was cancelled", { status: "cancelled" }, ["Budget gone"]],
    ["one's own answer", { myResponse: "declined" }, ["Budget talk"]],
    ["a range of its own", { range: timeRange.between("2026-08-01", "2026-09-01") }, ["Budget of long ago"]],
    ["nothing that is there", "nowhere", []],
  ])("finds %s", async (_, query, found) => {
    await using c = await alicesCalendars(events);
    const result = await c.calendar.searchEvents(query);
    expect(titles(result.events)).toEqual(found);
    expect(result.failures).toEqual([]);
  });

  it("finds everything from 90 days ago to a year from now when nothing is named", async () => {
    await using c = await alicesCalendars(events);
    expect((await c.calendar.searchEvents({})).events).toHaveLength(6);
    expect((await c.calendar.searchEvents("  ")).events).toHaveLength(6);
  });

  it("gives pages of several calendars in one order, and what could not be searched beside them", async () => {
    const more = [{ id: family, events: [berlin("2026-11-24T12:00", { summary: "Family budget" })] }];
    await using c = await alicesCalendars(events, more);
    const calendarIds = ["primary", family, "gone@group.calendar.google.com"];
    const first = await c.calendar.searchEvents("budget", { calendarIds, limit: 2 });
    expect(titles(first.events)).toEqual(["Budget review", "Family budget"]);
    expect(first.failures).toMatchObject([{ calendarId: calendarIds[2], code: "request.not_found" }]);
    c.clock.advance(120_000);
    const { cursor = "" } = first;
    const second = await c.calendar.searchEvents("budget", { calendarIds, limit: 2, cursor });
    expect(titles(second.events)).toEqual(["Budget talk", "Lunch"]);
    expect(second).not.toHaveProperty("cursor");
    for (const other of [
      c.calendar.searchEvents("lunch", { calendarIds, cursor }),
      c.calendar.searchEvents("budget", { cursor }),
    ]) {
      await expect(other).rejects.toMatchObject({ code: "request.invalid" });
    }
    await expect(c.calendar.searchEvents("budget", { limit: 0 })).rejects.toMatchObject({ code: "request.invalid" });
  });
});

describe("findEventByUid", () => {
  const iCalUID = "planning@elsewhere.example";

  it("finds the series rather than what differs from it", async () => {
    await using c = await alicesCalendars([
      berlin("2026-11-24T09:00", { id: "series001", iCalUID, ...fromBob(), recurrence: ["RRULE:FREQ=DAILY;COUNT=5"] }),
    ]);
    const [, second] = await c.calendar.getOccurrences("series001", week);
    await c.calendar.respondToInvitation(second ?? "", "accepted");
    const found = await c.calendar.findEventByUid(iCalUID, { timeZone: "Asia/Tokyo" });
    expect(found).toMatchObject({
      id: "series001",
      calendarId: "primary",
      iCalUid: iCalUID,
      myResponse: "needsAction",
    });
    expect(found.start.local?.timeZone).toBe("Asia/Tokyo");
  });

  it("takes the first calendar in order that has it, whatever the others answer", async () => {
    const copy = { iCalUID, summary: "Planning" };
    const more = [
      { id: family, events: [berlin("2026-11-24T09:00", copy)] },
      { id: "team@group.calendar.google.com", events: [berlin("2026-11-24T09:00", copy)] },
    ];
    await using c = await alicesCalendars([], more);
    const calendarIds = ["gone@group.calendar.google.com", "team@group.calendar.google.com", family];
    expect(await c.calendar.findEventByUid(iCalUID, { calendarIds })).toMatchObject({ calendarId: calendarIds[1] });
    await expect(c.calendar.findEventByUid(iCalUID)).rejects.toMatchObject({
      code: "request.not_found",
      details: { iCalUid: iCalUID, calendarIds: ["primary"] },
    });
  });

  it("does not find what was cancelled", async () => {
    await using c = await alicesCalendars([berlin("2026-11-24T09:00", { iCalUID, status: "cancelled" })]);
    await expect(c.calendar.findEventByUid(iCalUID)).rejects.toMatchObject({ code: "request.not_found" });
  });

  it("says that it does not know, rather than not found, when a calendar cannot be read", async () => {
    await using c = await alicesCalendars([], [{ id: family }]);
    c.sandbox.failNext({ method: "calendar.events.list", respond: "forbidden" });
    const search = c.calendar.findEventByUid(iCalUID, { calendarIds: ["primary", family] });
    await expect(search).rejects.toMatchObject({ code: "request.forbidden" });
  });
});
