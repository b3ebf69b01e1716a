import { describe, expect, it } from "vitest";
import { alicesCalendars, berlin, fromBob } from "../../../../test/support/alices-calendars.js";
import type { Event } from "../../../calendar/models.js";
import { timeRange } from "../../../calendar/time-range.js";

const days = timeRange.between("2026-11-24", "2026-11-28");
const starts = (events: readonly Event[]): unknown[] => events.map(({ start }) => start.dateTime ?? start.date);
const series = berlin("2026-11-23T09:00", { id: "series001", recurrence: ["RRULE:FREQ=DAILY;COUNT=10"], ...fromBob() });

describe("getOccurrences", () => {
  it("gives the occurrences in a range, by the series or any of its occurrences", async () => {
    await using c = await alicesCalendars([series]);
    const wanted = ["24", "25", "26", "27"].map((day) => `2026-11-${day}T09:00:00+01:00`);
    const found = await c.calendar.getOccurrences("series001", days, { timeZone: "Asia/Tokyo" });
    expect(starts(found)).toEqual(wanted);
    expect(found[0]).toMatchObject({ seriesId: "series001", start: { local: { timeZone: "Asia/Tokyo" } } });
    expect(starts(await c.calendar.getOccurrences(found[3] ?? "", days))).toEqual(wanted);
  });

  it("gives those that differ where they are now, and not those that were cancelled", async () => {
    await using c = await alicesCalendars([
      series,
      berlin("2026-11-27T15:00", {
        id: "series001_20261124T080000Z",
        recurringEventId: "series001",
        originalStartTime: { dateTime: "2026-11-24T09:00:00", timeZone: "Europe/Berlin" },
      }),
      berlin("2026-11-25T09:00", {
        id: "series001_20261125T080000Z",
        recurringEventId: "series001",
        status: "cancelled",
        originalStartTime: { dateTime: "2026-11-25T09:00:00", timeZone: "Europe/Berlin" },
      }),
    ]);
    expect(starts(await c.calendar.getOccurrences("series001", days))).toEqual([
      "2026-11-26T09:00:00+01:00",
      "2026-11-27T09:00:00+01:00",
      "2026-11-27T15:00:00+01:00",
    ]);
  });

  it("gives an event that happens once when it is in the range", async () => {
    const whole = { id: "wholeday1", start: { date: "2026-11-27" }, end: { date: "2026-11-28" } };
    await using c = await alicesCalendars([berlin("2026-11-24T09:00", { id: "once00001" }), whole]);
    expect(starts(await c.calendar.getOccurrences("once00001", days))).toEqual(["2026-11-24T09:00:00+01:00"]);
    expect(starts(await c.calendar.getOccurrences("wholeday1", days))).toEqual(["2026-11-27"]);
    const before = timeRange.between("2026-11-23", "2026-11-24");
    expect(await c.calendar.getOccurrences("once00001", before)).toEqual([]);
  });

  it("gives nothing of what was deleted, and says when there is no such event", async () => {
    await using c = await alicesCalendars([berlin("2026-11-24T09:00", { id: "once00001", status: "cancelled" })]);
    expect(await c.calendar.getOccurrences("once00001", days)).toEqual([]);
    await expect(c.calendar.getOccurrences("never0001", days)).rejects.toMatchObject({ code: "request.not_found" });
  });
});
