import { describe, expect, it } from "vitest";
import { alicesCalendars, berlin, fromBob, titles } from "../../../../test/support/alices-calendars.js";
import { timeRange } from "../../../calendar/time-range.js";
import type { SeedEvent } from "../../../sandbox/index.js";

const family = "family@group.calendar.google.com";

/** A daily series of Bob's since the 20th; each of the dates may have an answer of its own. */
function daily(answer: string, answers: Record<string, string> = {}): SeedEvent[] {
  const one = (day: string): object => ({ dateTime: `2026-11-${day}T09:00:00`, timeZone: "Europe/Berlin" });
  return [
    berlin("2026-11-20T09:00", {
      ...{ id: "daily0001", iCalUID: "daily@example.com", summary: "Daily", ...fromBob(answer) },
      recurrence: ["RRULE:FREQ=DAILY;COUNT=8"],
    }),
    ...Object.entries(answers).map(([day, own]) =>
      berlin(`2026-11-${day}T09:00`, {
        ...{
          id: `daily0001_202611${day}T080000Z`,
          iCalUID: "daily@example.com",
          summary: `Daily ${day}`,
          ...fromBob(own),
        },
        ...{ recurringEventId: "daily0001", originalStartTime: one(day) },
      }),
    ),
  ];
}

describe("getPendingInvitations", () => {
  it("lists what waits for an answer, soonest first, and nothing else", async () => {
    await using c = await alicesCalendars([
      berlin("2026-12-24T09:00", { summary: "later", ...fromBob() }),
      { summary: "whole day", ...fromBob(), start: { date: "2026-11-25" }, end: { date: "2026-11-26" } },
      berlin("2026-11-24T09:00", { summary: "soon", ...fromBob() }),
      berlin("2026-11-23T09:00", { summary: "under way", ...fromBob() }),
      berlin("2026-11-20T09:00", { summary: "over", ...fromBob() }),
      berlin("2027-12-24T09:00", { summary: "in two years", ...fromBob() }),
      berlin("2026-11-24T10:00", { summary: "accepted", ...fromBob("accepted") }),
      berlin("2026-11-24T11:00", { summary: "cancelled", ...fromBob(), status: "cancelled" }),
      berlin("2026-11-24T12:00", { summary: "own", attendees: [{ email: "bob@example.com" }] }),
      berlin("2026-11-24T13:00", { summary: "alone" }),
    ]);
    const pending = await c.calendar.getPendingInvitations();
    expect(titles(pending)).toEqual(["under way", "soon", "whole day", "later"]);
    const december = timeRange.between("2026-12-01", "2027-01-01");
    expect(titles(await c.calendar.getPendingInvitations(december))).toEqual(["later"]);
    expect(await c.calendar.getPendingInvitations(timeRange.between("2026-11-01", "2026-11-22"))).toEqual([]);
    const fromThePast = timeRange.between("2026-11-01", "2026-11-24");
    expect(titles(await c.calendar.getPendingInvitations(fromThePast))).toEqual(["under way"]);
  });

  it("gives a series once, as such, in the place of its next occurrence that waits", async () => {
    await using c = await alicesCalendars([
      ...daily("needsAction", { "23": "declined", "24": "accepted", "26": "needsAction" }),
      berlin("2026-11-24T12:00", { summary: "before", ...fromBob() }),
      berlin("2026-11-25T12:00", { summary: "after", ...fromBob() }),
    ]);
    const pending = await c.calendar.getPendingInvitations(undefined, { timeZone: "Asia/Tokyo" });
    expect(titles(pending)).toEqual(["before", "Daily", "after"]);
    expect(pending[1]).toMatchObject({
      id: "daily0001",
      start: { dateTime: "2026-11-20T09:00:00+01:00" },
      nextOccurrence: { start: { dateTime: "2026-11-25T09:00:00+01:00", local: { timeZone: "Asia/Tokyo" } } },
    });
    await c.calendar.respondToInvitation(pending[1] ?? "", "accepted");
    expect(titles(await c.calendar.getPendingInvitations())).toEqual(["before", "after"]);
  });

  it("gives the occurrences that wait of a series that was answered", async () => {
    await using c = await alicesCalendars(daily("accepted", { "24": "needsAction", "26": "needsAction" }));
    const pending = await c.calendar.getPendingInvitations();
    expect(titles(pending)).toEqual(["Daily 24", "Daily 26"]);
    expect(pending[0]).not.toHaveProperty("nextOccurrence");
  });

  it("leaves out a series none of whose coming occurrences waits", async () => {
    const answered = { "23": "accepted", "24": "accepted", "25": "declined", "26": "accepted", "27": "tentative" };
    await using c = await alicesCalendars(daily("needsAction", answered));
    expect(await c.calendar.getPendingInvitations()).toEqual([]);
  });

  it("also lists what the calendar hides until it is answered", async () => {
    await using c = await alicesCalendars([...daily("needsAction"), berlin("2026-11-24T12:00", fromBob())]);
    c.sandbox.changeCalendarSetting("alice@example.com", "hideInvitations", "true");
    expect(await c.calendar.getPendingInvitations()).toHaveLength(2);
  });

  it("looks into several calendars, and reports the one that fails beside the others' invitations", async () => {
    await using c = await alicesCalendars([berlin("2026-11-24T12:00", fromBob())], [{ id: family }]);
    expect(await c.calendar.getPendingInvitations(undefined, { calendarIds: ["primary", family] })).toHaveLength(1);
    const calendarIds = ["primary", "gone@group.calendar.google.com"];
    await expect(c.calendar.getPendingInvitations(undefined, { calendarIds })).rejects.toMatchObject({
      code: "request.partial_failure",
      details: { events: { length: 1 }, failures: [{ code: "request.not_found" }] },
    });
  });
});
