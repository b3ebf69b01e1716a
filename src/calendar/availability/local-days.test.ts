import { describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { loadZonedTime, weekdays } from "../../core/zoned-time.js";
import { localTimeAt, readLocalDays, stepsOf, wallIntervals } from "./local-days.js";

const time = await loadZonedTime(movedClock());
const span = (start: string, end: string): { startMs: number; endMs: number } => ({
  startMs: Date.parse(start),
  endMs: Date.parse(end),
});
const hourMs = 3_600_000;

describe("the days of a zone", () => {
  it.each([
    ["Europe/Berlin", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"],
    ["Australia/Lord_Howe", "2026-10-02T00:00:00Z", "2026-10-06T00:00:00Z"],
    ["America/Havana", "2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z"],
    ["America/Santiago", "2026-09-04T00:00:00Z", "2026-09-08T00:00:00Z"],
    ["Pacific/Apia", "2011-12-28T00:00:00Z", "2012-01-02T00:00:00Z"],
    ["Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"],
  ])("show every time of %s as it is", (zone, start, end) => {
    const days = readLocalDays(time, zone, span(start, end));
    for (let ms = Date.parse(start); ms < Date.parse(end); ms += hourMs / 4) {
      expect(localTimeAt(days, ms)).toEqual(time.local(ms, zone));
    }
  });

  it("last 23 or 25 hours when clocks change, and one that a zone left out does not last at all", () => {
    const lengths = (zone: string, start: string, end: string): [string, number][] =>
      readLocalDays(time, zone, span(start, end)).days.map((day) => [day.date, (day.endMs - day.startMs) / hourMs]);
    expect(lengths("Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z")).toEqual([
      ["2026-10-24", 24],
      ["2026-10-25", 25],
      ["2026-10-26", 24],
    ]);
    expect(lengths("Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-31T00:00:00Z")).toEqual([
      ["2011-12-29", 24],
      ["2011-12-30", 0],
      ["2011-12-31", 24],
    ]);
  });

  it("have steps by their clocks: skipped hours have none, repeated ones twice as many", () => {
    const count = (date: string): number => {
      const [day] = readLocalDays(time, "Europe/Berlin", span(`${date}T12:00:00Z`, `${date}T12:00:00Z`)).days;
      return day ? stepsOf(day, 60).length : 0;
    };
    expect(["2026-03-28", "2026-03-29", "2026-10-25"].map(count)).toEqual([24, 23, 25]);
  });

  it("hold hours over midnight, and 24:00, on the day after", () => {
    const days = readLocalDays(time, "UTC", span("2026-11-27T00:00:00Z", "2026-11-28T12:00:00Z"));
    const hours = (startMinute: number, endMinute: number): string[] =>
      wallIntervals(days, { startMinute, endMinute, on: ["Friday"] }).map(({ startMs, endMs }) =>
        [startMs, endMs].map((ms) => new Date(ms).toISOString().slice(8, 16)).join(" "),
      );
    expect(hours(22 * 60, 6 * 60)).toEqual(["27T22:00 28T06:00"]);
    expect(hours(18 * 60, 24 * 60)).toEqual(["27T18:00 28T00:00"]);
    expect(hours(7 * 60, 7 * 60)).toEqual(["27T07:00 28T07:00"]);
    expect(hours(24 * 60, 60)).toEqual(["28T00:00 28T01:00"]);
    expect(wallIntervals(days, { startMinute: 0, endMinute: 1440, on: weekdays })).toHaveLength(1);
  });
});
