import { describe, expect, it } from "vitest";
import { alicesCalendars, berlin, bob } from "../../../../test/support/alices-calendars.js";
import type { CalendarClient } from "../../../calendar/client.js";
import { timeRange } from "../../../calendar/time-range.js";
import type { SeedEvent } from "../../../sandbox/index.js";

const autumn = timeRange.between("2026-10-01", "2027-01-01");
/** Every Monday at nine from the 12th of October on: the clocks go back on the 25th. */
const weekly = (more: Partial<SeedEvent> = {}): SeedEvent =>
  berlin("2026-10-12T09:00", {
    id: "weekly01",
    summary: "Weekly",
    attendees: [{ email: bob, responseStatus: "accepted" }],
    recurrence: ["RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE;TZID=Europe/Berlin:20261109T090000"],
    ...more,
  });

/** What is in the calendar: local start and title, and how many series there are. */
async function shown(calendar: CalendarClient): Promise<string[]> {
  const events = await calendar.getEvents(autumn);
  return events.map(({ start, title }) => `${(start.date ?? start.dateTime.slice(0, 16)).slice(5)} ${title}`);
}

async function occurrence(calendar: CalendarClient, index: number): Promise<string> {
  return (await calendar.getEvents(autumn))[index]?.id ?? "";
}

describe("a series", () => {
  it("changes one occurrence", async () => {
    await using c = await alicesCalendars([weekly()]);
    const id = await occurrence(c.calendar, 1);
    await c.calendar.updateMyEvent(id, { title: "Other", start: "2026-10-20T11:00" });
    expect(await shown(c.calendar)).toEqual([
      "10-12T09:00 Weekly",
      "10-20T11:00 Other",
      "10-26T09:00 Weekly",
      "11-02T09:00 Weekly",
      "11-16T09:00 Weekly",
    ]);
    const recurrence = { lines: ["RRULE:FREQ=DAILY"] };
    await expect(c.calendar.updateMyEvent(id, { recurrence })).rejects.toMatchObject({ code: "request.invalid" });
  });

  it("changes all occurrences, named by the series or by one of them; what single ones have for themselves stays", async () => {
    await using c = await alicesCalendars([weekly()]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 1), { title: "Other" });
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 2), { start: "2026-10-27T15:00" });
    await c.calendar.deleteMyEvent(await occurrence(c.calendar, 3));
    await c.calendar.updateMyEvent("weekly01", { title: "Renamed", location: "Roof" }, { scope: "all" });
    expect(await shown(c.calendar)).toEqual([
      "10-12T09:00 Renamed",
      "10-19T09:00 Other",
      "10-27T15:00 Renamed",
      "11-16T09:00 Renamed",
    ]);
    expect((await c.calendar.getEvents(autumn)).map(({ location }) => location)).toEqual([
      "Roof",
      "Roof",
      "Roof",
      "Roof",
    ]);
    // One day and two hours later, by the second occurrence.
    const id = await occurrence(c.calendar, 1);
    const { event } = await c.calendar.updateMyEvent(
      id,
      { start: "2026-10-20T11:00", durationMinutes: 30 },
      { scope: "all" },
    );
    expect(event.start.dateTime).toBe("2026-10-13T11:00:00+02:00");
    expect(await shown(c.calendar)).toEqual([
      "10-13T11:00 Renamed",
      "10-20T11:00 Other",
      "10-27T15:00 Renamed",
      "11-17T11:00 Renamed",
    ]);
  });

  it("changes an occurrence and the following ones, which become a series with what is left", async () => {
    await using c = await alicesCalendars([weekly()]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 3), { title: "Other" });
    const id = await occurrence(c.calendar, 2);
    const result = await c.calendar.updateMyEvent(id, { start: "2026-10-26T10:00" }, { scope: "following" });
    expect(await shown(c.calendar)).toEqual([
      "10-12T09:00 Weekly",
      "10-19T09:00 Weekly",
      "10-26T10:00 Weekly",
      "11-02T10:00 Other",
      "11-16T10:00 Weekly",
    ]);
    expect(result.event).toMatchObject({
      start: { dateTime: "2026-10-26T10:00:00+01:00" },
      attendees: [{ email: bob, response: "accepted" }],
    });
    expect(result.endedSeries?.id).toBe("weekly01");
    expect(result.event.id).not.toBe("weekly01");
    expect(new Set((await c.calendar.getEvents(autumn)).map(({ seriesId }) => seriesId)).size).toBe(2);
  });

  it("keeps its weeks when it is split at a date between them", async () => {
    const lines = ["RRULE:FREQ=WEEKLY;INTERVAL=3;COUNT=4", "RDATE;TZID=Europe/Berlin:20261020T150000"];
    await using c = await alicesCalendars([weekly({ recurrence: lines })]);
    const id = await occurrence(c.calendar, 1);
    await c.calendar.updateMyEvent(id, { title: "New", start: "2026-10-21T16:00" }, { scope: "following" });
    expect(await shown(c.calendar)).toEqual([
      "10-12T09:00 Weekly",
      "10-21T16:00 New",
      "11-03T10:00 New",
      "11-24T10:00 New",
      "12-15T10:00 New",
    ]);
  });

  it("that is moved twice keeps what single ones have for themselves, and what was deleted", async () => {
    await using c = await alicesCalendars([weekly()]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 2), { title: "Other" });
    await c.calendar.deleteMyEvent(await occurrence(c.calendar, 1));
    for (const start of ["2026-10-12T10:00", "2026-10-12T11:00"]) {
      await c.calendar.updateMyEvent("weekly01", { start }, { scope: "all" });
    }
    expect(await shown(c.calendar)).toEqual([
      "10-12T11:00 Weekly",
      "10-26T11:00 Other",
      "11-02T11:00 Weekly",
      "11-16T11:00 Weekly",
    ]);
  });

  it("has a date again where it had lost another one before it moved", async () => {
    await using c = await alicesCalendars([weekly({ recurrence: ["RRULE:FREQ=WEEKLY;COUNT=6"] })]);
    await c.calendar.deleteMyEvent(await occurrence(c.calendar, 1));
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 2), { title: "Other", location: "Roof" });
    await c.calendar.updateMyEvent("weekly01", { start: "2026-10-19T09:00" }, { scope: "all" });
    expect(await shown(c.calendar)).toEqual([
      "10-19T09:00 Weekly",
      "11-02T09:00 Weekly",
      "11-09T09:00 Other",
      "11-16T09:00 Weekly",
      "11-23T09:00 Weekly",
    ]);
    const locations = (await c.calendar.getEvents(autumn)).map(({ location }) => location);
    expect(locations).toEqual([undefined, undefined, "Roof", undefined, undefined]);
    await c.calendar.updateMyEvent("weekly01", { start: "2026-10-12T09:00" }, { scope: "all" });
    await c.calendar.updateMyEvent("weekly01", { title: "New" }, { scope: "all" });
    expect(await shown(c.calendar)).toEqual([
      "10-12T09:00 New",
      "10-26T09:00 New",
      "11-02T09:00 Other",
      "11-09T09:00 New",
      "11-16T09:00 New",
    ]);
  });

  it("leaves nothing of one occurrence to another that comes to its date", async () => {
    await using c = await alicesCalendars([weekly({ recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] })]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 0), { title: "Other" });
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 1), { location: "Roof" });
    await c.calendar.updateMyEvent("weekly01", { start: "2026-10-19T09:00" }, { scope: "all" });
    const events = await c.calendar.getEvents(autumn);
    expect(events.map(({ title, location }) => [title, location])).toEqual([
      ["Other", undefined],
      ["Weekly", "Roof"],
      ["Weekly", undefined],
    ]);
  });

  it("of a counted weekday keeps what single ones have when it moves to another", async () => {
    await using c = await alicesCalendars([weekly({ recurrence: ["RRULE:FREQ=MONTHLY;BYDAY=2MO;COUNT=4"] })]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 2), { title: "Other" });
    await c.calendar.deleteMyEvent(await occurrence(c.calendar, 1));
    await c.calendar.updateMyEvent("weekly01", { start: "2026-10-13T09:00" }, { scope: "all" });
    // The second Monday of December is the 14th, the second Tuesday the 8th.
    expect(await shown(c.calendar)).toEqual(["10-13T09:00 Weekly", "12-08T09:00 Other"]);
  });

  it("moves by as much as one of its occurrences does, whatever that one's time is", async () => {
    const recurrence = ["RRULE:FREQ=WEEKLY;COUNT=2;BYHOUR=9,15"];
    await using c = await alicesCalendars([weekly({ recurrence })]);
    const afternoon = await occurrence(c.calendar, 1);
    await c.calendar.updateMyEvent(afternoon, { start: "2026-10-13T16:00" }, { scope: "all" });
    expect(await shown(c.calendar)).toEqual(["10-13T10:00 Weekly", "10-13T16:00 Weekly"]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 1), { start: "2026-10-14T18:00" });
    const id = await occurrence(c.calendar, 1);
    await c.calendar.updateMyEvent(id, { durationMinutes: 30 }, { scope: "all" });
    expect(await shown(c.calendar)).toEqual(["10-13T10:00 Weekly", "10-14T18:00 Weekly"]);
  });

  it("that moves onto its own dates loses none of them: what was an exception there is one no more", async () => {
    const recurrence = ["RRULE:FREQ=DAILY;COUNT=5"];
    await using c = await alicesCalendars([weekly({ recurrence })]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 1), { title: "Other", location: "Roof" });
    await c.calendar.deleteMyEvent(await occurrence(c.calendar, 3));
    await c.calendar.updateMyEvent("weekly01", { start: "2026-10-13T09:00" }, { scope: "all" });
    expect(await shown(c.calendar)).toEqual([
      "10-13T09:00 Weekly",
      "10-14T09:00 Other",
      "10-15T09:00 Weekly",
      "10-17T09:00 Weekly",
    ]);
    expect((await c.calendar.getEvents(autumn)).map(({ location }) => location)).toEqual([
      ...[undefined, "Roof"],
      ...[undefined, undefined],
    ]);
  });

  it("changes all when nothing is before the occurrence", async () => {
    await using c = await alicesCalendars([weekly()]);
    const first = await occurrence(c.calendar, 0);
    const { event, endedSeries } = await c.calendar.updateMyEvent(first, { title: "New" }, { scope: "following" });
    expect([event.id, endedSeries]).toEqual(["weekly01", undefined]);
    expect((await shown(c.calendar)).every((line) => line.endsWith("New"))).toBe(true);
  });

  it("ends before an occurrence that is deleted with the following ones", async () => {
    await using c = await alicesCalendars([weekly()]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 3), { title: "Other", start: "2026-11-03T09:00" });
    const id = await occurrence(c.calendar, 2);
    const preview = await c.calendar.deleteMyEvent(id, { scope: "following", dryRun: true });
    expect(preview.occurrences).toBe(3);
    const { event, endedSeries } = await c.calendar.deleteMyEvent(id, { scope: "following" });
    expect(await shown(c.calendar)).toEqual(["10-12T09:00 Weekly", "10-19T09:00 Weekly"]);
    expect([event.start.dateTime, endedSeries?.id]).toEqual(["2026-10-26T09:00:00+01:00", "weekly01"]);
  });

  it("is as it was when the second half of a split fails", async () => {
    await using c = await alicesCalendars([weekly()]);
    const before = await shown(c.calendar);
    const id = await occurrence(c.calendar, 2);
    c.sandbox.failNext({ method: "calendar.events.update", respond: "quotaExceeded" });
    const splitting = c.calendar.updateMyEvent(id, { title: "New" }, { scope: "following" });
    await expect(splitting).rejects.toMatchObject({ code: "connection.quota_exceeded" });
    expect(await shown(c.calendar)).toEqual(before);
  });

  it("is as it was when one of its exceptions cannot be carried along", async () => {
    await using c = await alicesCalendars([weekly()]);
    await c.calendar.updateMyEvent(await occurrence(c.calendar, 1), { title: "Other" });
    const before = await shown(c.calendar);
    c.sandbox.failNext({ method: "calendar.events.update", after: 1, respond: "quotaExceeded" });
    const moving = c.calendar.updateMyEvent("weekly01", { start: "2026-10-12T11:00" }, { scope: "all" });
    await expect(moving).rejects.toMatchObject({ code: "connection.quota_exceeded" });
    expect(await shown(c.calendar)).toEqual(before);
  });

  it("says what is done in part when it cannot be taken back", async () => {
    await using c = await alicesCalendars([weekly()]);
    const id = await occurrence(c.calendar, 2);
    c.sandbox.failNext({ method: "calendar.events.update", respond: "quotaExceeded" });
    c.sandbox.failNext({ method: "calendar.events.delete", respond: "quotaExceeded" });
    await expect(c.calendar.updateMyEvent(id, { title: "New" }, { scope: "following" })).rejects.toMatchObject({
      code: "request.partial_failure",
      details: { written: [{ calendarId: "primary", eventId: expect.stringMatching(/^mi/) as string }] },
    });
  });

  it("becomes a single event, or one that repeats otherwise", async () => {
    await using c = await alicesCalendars([weekly()]);
    await c.calendar.updateMyEvent(
      "weekly01",
      { recurrence: { lines: ["RRULE:FREQ=DAILY;COUNT=2"] } },
      { scope: "all" },
    );
    expect(await shown(c.calendar)).toEqual(["10-12T09:00 Weekly", "10-13T09:00 Weekly"]);
    const { event } = await c.calendar.updateMyEvent("weekly01", { recurrence: null }, { scope: "all" });
    expect(event.recurrence).toBeUndefined();
    expect(await shown(c.calendar)).toEqual(["10-12T09:00 Weekly"]);
  });

  it("tells how many occurrences a change is about", async () => {
    await using c = await alicesCalendars([weekly()]);
    const id = await occurrence(c.calendar, 2);
    const counts = await Promise.all(
      (["this", "following", "all"] as const).map(
        async (scope) => (await c.calendar.updateMyEvent(id, { title: "New" }, { scope, dryRun: true })).occurrences,
      ),
    );
    expect(counts).toEqual([1, 3, 5]);
  });
});
