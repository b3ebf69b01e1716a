import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { loadZonedTime, type ZonedTime } from "../../core/zoned-time.js";
import { expandSeries, type SeriesTimes } from "../index.js";

const timeZone = "Europe/Berlin";
const ever = { fromMs: Date.UTC(2020, 0), toMs: Date.UTC(2040, 0) };

let time: ZonedTime;
beforeAll(async () => {
  time = await loadZonedTime(movedClock());
});

/** A series in Berlin that begins at a wall time, each date an hour long. */
function series(start: string, ...lines: string[]): SeriesTimes {
  const moment = time.moment(start, timeZone);
  if (moment.kind === "date") return { start: { date: start }, end: { date: time.addDays(start, 1) }, lines };
  const at = (ms: number) => ({ dateTime: time.format(ms, timeZone), timeZone });
  return { start: at(moment.epochMs), end: at(moment.epochMs + 3_600_000), lines };
}

async function datesOf(
  times: SeriesTimes,
  { range = ever, zone = timeZone, limit = 10 }: { range?: typeof ever; zone?: string; limit?: number } = {},
): Promise<(string | undefined)[]> {
  const dates = await expandSeries(time, times, range, zone, limit);
  return dates.map(({ start }) => start.date ?? start.dateTime);
}

describe("the dates of a series", () => {
  it("are at the same wall time on both sides of a change of clocks, each as long as the first", async () => {
    const dates = await expandSeries(time, series("2026-10-24T09:00", "RRULE:FREQ=DAILY;COUNT=2"), ever, timeZone);
    expect(dates).toEqual([
      {
        start: { dateTime: "2026-10-24T09:00:00+02:00", timeZone },
        end: { dateTime: "2026-10-24T10:00:00+02:00", timeZone },
        startMs: Date.parse("2026-10-24T07:00:00Z"),
        endMs: Date.parse("2026-10-24T08:00:00Z"),
      },
      {
        start: { dateTime: "2026-10-25T09:00:00+01:00", timeZone },
        end: { dateTime: "2026-10-25T10:00:00+01:00", timeZone },
        startMs: Date.parse("2026-10-25T08:00:00Z"),
        endMs: Date.parse("2026-10-25T09:00:00Z"),
      },
    ]);
  });

  it("are none when clocks skip their time, and the first of both when clocks show it twice", async () => {
    expect(await datesOf(series("2026-03-28T02:30", "RRULE:FREQ=DAILY;COUNT=2"))).toEqual([
      "2026-03-28T02:30:00+01:00",
      "2026-03-30T02:30:00+02:00",
    ]);
    expect(await datesOf(series("2026-10-24T02:30", "RRULE:FREQ=DAILY;COUNT=3"))).toEqual([
      "2026-10-24T02:30:00+02:00",
      "2026-10-25T02:30:00+02:00",
      "2026-10-26T02:30:00+01:00",
    ]);
  });

  it("begin at the second of both when the start is that one", async () => {
    const second = series("2026-10-25T02:30:00+01:00", "RRULE:FREQ=DAILY;COUNT=2");
    expect(await datesOf(second)).toEqual(["2026-10-25T02:30:00+01:00", "2026-10-26T02:30:00+01:00"]);
  });

  it("of whole days are dates, also where a zone skipped one, and begin where the reader is", async () => {
    const days = { start: { date: "2011-12-29" }, end: { date: "2011-12-30" }, lines: ["RRULE:FREQ=DAILY;COUNT=3"] };
    const range = { fromMs: Date.UTC(2011, 11, 1), toMs: Date.UTC(2012, 1, 1) };
    const dates = await expandSeries(time, days, range, "Pacific/Apia");
    expect(dates.map(({ start, end }) => [start.date, end.date])).toEqual([
      ["2011-12-29", "2011-12-30"],
      ["2011-12-30", "2011-12-31"],
      ["2011-12-31", "2012-01-01"],
    ]);
    expect(dates[0]?.startMs).toBe(Date.parse("2011-12-29T00:00:00-10:00"));
  });

  it("are those of every RRULE and RDATE without those of EXRULE and EXDATE, none twice", async () => {
    const lines = [
      "RRULE:FREQ=WEEKLY;COUNT=4",
      "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4",
      "RDATE;TZID=Europe/Berlin:20261126T150000,20261127T090000",
      "EXDATE:20261125T080000Z",
      "EXDATE;TZID=America/New_York:20261127T030000",
      "EXRULE:FREQ=DAILY;INTERVAL=14",
    ];
    expect(await datesOf(series("2026-11-23T09:00", ...lines))).toEqual([
      "2026-11-26T15:00:00+01:00",
      "2026-11-30T09:00:00+01:00",
      "2026-12-02T09:00:00+01:00",
      "2026-12-14T09:00:00+01:00",
    ]);
  });

  it("have the start that no rule names, unless it is left out", async () => {
    expect(await datesOf(series("2026-11-23T09:00", "RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1"))).toEqual([
      "2026-11-23T09:00:00+01:00",
      "2026-11-25T09:00:00+01:00",
    ]);
    const without = ["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1", "EXDATE:20261123T080000Z"];
    expect(await datesOf(series("2026-11-23T09:00", ...without))).toEqual(["2026-11-25T09:00:00+01:00"]);
    expect(await datesOf(series("2026-11-23T09:00", "RDATE:20261130T080000Z"))).toEqual([
      "2026-11-23T09:00:00+01:00",
      "2026-11-30T09:00:00+01:00",
    ]);
  });

  it("end with UNTIL as an instant, as a day to its end, or as local time", async () => {
    for (const until of ["20261125T080000Z", "20261125", "20261125T090000"]) {
      expect(await datesOf(series("2026-11-23T09:00", `RRULE:FREQ=DAILY;UNTIL=${until}`)), until).toHaveLength(3);
    }
    expect(await datesOf(series("2026-11-23T09:00", "RRULE:FREQ=DAILY;UNTIL=20261125T075959Z"))).toHaveLength(2);
    expect(await datesOf(series("2026-11-23", "RRULE:FREQ=DAILY;UNTIL=20261125"))).toHaveLength(3);
  });

  it("are those that overlap the range, also when they only reach into it", async () => {
    const nightly = series("2026-11-23T23:30", "RRULE:FREQ=DAILY");
    const range = { fromMs: Date.parse("2026-11-25T00:00:00+01:00"), toMs: Date.parse("2026-11-25T23:30:00+01:00") };
    expect(await datesOf(nightly, { range })).toEqual(["2026-11-24T23:30:00+01:00"]);
    expect(await datesOf(nightly, { range: { ...range, fromMs: range.fromMs + 1_800_000 } })).toEqual([]);
    expect(await datesOf(nightly, { range: { ...range, toMs: range.toMs + 1 }, limit: 1 })).toHaveLength(1);
  });

  it("may end by themselves where RDATE lists periods", async () => {
    const lines = ["RDATE;VALUE=PERIOD:20261130T080000Z/PT30M,20261207T080000Z/20261207T110000Z"];
    const dates = await expandSeries(time, series("2026-11-23T09:00", ...lines), ever, timeZone);
    expect(dates.map(({ startMs, endMs }) => (endMs - startMs) / 60_000)).toEqual([60, 30, 180]);
  });

  it("are found in a series without an end, however far away or often", async () => {
    const range = { fromMs: Date.UTC(2090, 0), toMs: Date.UTC(9000, 0) };
    expect(
      await datesOf(series("2026-02-28T09:00", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), { range, limit: 2 }),
    ).toEqual(["2092-02-29T09:00:00+01:00", "2096-02-29T09:00:00+01:00"]);
    const often = series("2026-11-23T09:00", "RRULE:FREQ=SECONDLY");
    expect(await datesOf(often, { range: { ...ever, fromMs: Date.UTC(2030, 0) }, limit: 3 })).toHaveLength(3);
  });

  it("of the 53rd weekday of a year are only in years that have it", async () => {
    expect(await datesOf(series("2026-12-31", "RRULE:FREQ=YEARLY;BYDAY=53TH;COUNT=2"))).toEqual([
      "2026-12-31",
      "2032-12-30",
    ]);
  });

  it("are refused for a rule that is none", async () => {
    const invalid = { code: "request.invalid", details: { field: "recurrence" } };
    await expect(datesOf(series("2026-11-23", "RRULE:FREQ=FORTNIGHTLY"))).rejects.toMatchObject(invalid);
    await expect(datesOf(series("2026-11-23", "RRULE:COUNT=3"))).rejects.toMatchObject(invalid);
  });
});
