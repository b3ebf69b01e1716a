import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { randomRuns } from "../../../test/support/random-runs.js";
import { randomSeries, seriesTimes } from "../../../test/support/random-series.js";
import { loadZonedTime, type ZonedTime } from "../../core/zoned-time.js";
import { expandSeries, splitSeries, type SeriesTimes } from "../index.js";

const zone = "Europe/Berlin";
const range = { fromMs: Date.UTC(2023, 0), toMs: Date.UTC(2034, 0) };

let time: ZonedTime;
beforeAll(async () => {
  time = await loadZonedTime(movedClock());
});

/** When a series has dates, each as it is written. */
async function datesOf(series: SeriesTimes, limit?: number): Promise<string[]> {
  const dates = await expandSeries(time, series, range, zone, limit);
  return dates.map(({ start, end }) => `${start.date ?? start.dateTime} to ${end.date ?? end.dateTime}`);
}

/** A series that begins elsewhere and is as long. */
function from(series: SeriesTimes, start: SeriesTimes["start"], lines: readonly string[]): SeriesTimes {
  if (start.date !== undefined && series.start.date !== undefined && series.end.date !== undefined) {
    const days = (Date.parse(series.end.date) - Date.parse(series.start.date)) / 86_400_000;
    return { start, end: { date: time.addDays(start.date, days) }, lines };
  }
  const { start: first, end } = series;
  if (start.date !== undefined || first.date !== undefined || end.date !== undefined)
    throw new TypeError("mixed kinds");
  const lengthMs = Date.parse(end.dateTime) - Date.parse(first.dateTime);
  const dateTime = time.format(Date.parse(start.dateTime) + lengthMs, end.timeZone);
  return { start, end: { dateTime, timeZone: end.timeZone }, lines };
}

const timeZone = "Europe/Berlin";

/** A series in Berlin that begins on a Monday at nine, and its parts when it is split at a wall time or date. */
async function partsOf(lines: string[], at: string): Promise<unknown[]> {
  const moment = time.moment(at, timeZone);
  const start = moment.kind === "date" ? { date: "2026-11-23" } : { dateTime: "2026-11-23T09:00:00+01:00", timeZone };
  const end = moment.kind === "date" ? { date: "2026-11-24" } : { dateTime: "2026-11-23T10:00:00+01:00", timeZone };
  const place = moment.kind === "date" ? { date: moment.date } : { dateTime: moment.dateTime, timeZone };
  const { before, after, start: begins } = await splitSeries(time, { start, end, lines }, place);
  return [before, after, ...(begins.dateTime === place.dateTime ? [] : [begins.dateTime])];
}

describe("a series that is split", () => {
  it.each([
    [
      "ends a second before, and goes on with what is left of COUNT",
      ["RRULE:FREQ=DAILY;COUNT=5"],
      "2026-11-25T09:00",
      [["RRULE:FREQ=DAILY;UNTIL=20261125T075959Z"], ["RRULE:FREQ=DAILY;COUNT=3"]],
    ],
    [
      "keeps its end, and each date listed on its side",
      [
        "RRULE:FREQ=DAILY;UNTIL=20261224T080000Z",
        "EXDATE;TZID=Europe/Berlin:20261124T090000,20261202T090000",
        "RDATE:20261124T140000Z,20261224T140000Z",
      ],
      "2026-11-27T09:00",
      [
        [
          "RRULE:FREQ=DAILY;UNTIL=20261127T075959Z",
          "RDATE:20261124T140000Z",
          "EXDATE;TZID=Europe/Berlin:20261124T090000",
        ],
        [
          "RRULE:FREQ=DAILY;UNTIL=20261224T080000Z",
          "RDATE:20261224T140000Z",
          "EXDATE;TZID=Europe/Berlin:20261202T090000",
        ],
      ],
    ],
    [
      "of whole days ends on the day before",
      ["RRULE:FREQ=WEEKLY"],
      "2026-12-07",
      [["RRULE:FREQ=WEEKLY;UNTIL=20261206"], ["RRULE:FREQ=WEEKLY"]],
    ],
    [
      "at its first date is all after",
      ["RRULE:FREQ=DAILY;COUNT=5"],
      "2026-11-23T09:00",
      [undefined, ["RRULE:FREQ=DAILY;COUNT=5"]],
    ],
    [
      "has nothing before when all that was is left out",
      ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261123T080000Z"],
      "2026-11-24T09:00",
      [undefined, ["RRULE:FREQ=DAILY;COUNT=2"]],
    ],
    [
      "leaves out the split where that is left out",
      ["RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261125T080000Z"],
      "2026-11-25T09:00",
      [["RRULE:FREQ=DAILY;UNTIL=20261125T075959Z"], ["RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20261125T080000Z"]],
    ],
    [
      "of listed dates alone is listed on both sides",
      ["RDATE:20261130T080000Z,20261207T080000Z"],
      "2026-11-30T09:00",
      [["RRULE:FREQ=DAILY;COUNT=1"], ["RDATE:20261130T080000Z,20261207T080000Z"]],
    ],
    [
      "counts each of its rules by itself, and loses those that are over",
      ["RRULE:FREQ=WEEKLY;COUNT=4", "RRULE:FREQ=DAILY;COUNT=3"],
      "2026-11-30T09:00",
      [["RRULE:FREQ=WEEKLY;UNTIL=20261130T075959Z", "RRULE:FREQ=DAILY;COUNT=3"], ["RRULE:FREQ=WEEKLY;COUNT=3"]],
    ],
    [
      "writes out what it took from its start, where that is split off at a listed date",
      ["RRULE:FREQ=WEEKLY;COUNT=3", "RDATE:20261125T140000Z"],
      "2026-11-25T15:00",
      [
        ["RRULE:FREQ=WEEKLY;UNTIL=20261125T135959Z"],
        ["RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0", "RDATE:20261125T140000Z"],
      ],
    ],
    [
      "keeps its step, if by beginning earlier than at the split",
      ["RRULE:FREQ=DAILY;INTERVAL=3", "RDATE:20261127T080000Z"],
      "2026-11-27T09:00",
      [
        ["RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20261127T075959Z"],
        ["RRULE:FREQ=DAILY;INTERVAL=3", "RDATE:20261127T080000Z", "EXDATE:20261126T080000Z"],
        "2026-11-26T09:00:00+01:00",
      ],
    ],
  ])("%s", async (_, lines, at, parts) => {
    expect(await partsOf(lines, at)).toEqual(parts);
  });

  it("has before and after exactly the dates of the whole", async () => {
    await fc.assert(
      fc.asyncProperty(randomSeries, fc.nat(30), async (random, index) => {
        let series = seriesTimes(time, random);
        const all = await expandSeries(time, series, range, zone, 60);
        const removed = random.removed.flatMap((each) => all[each] ?? []);
        const stamps = removed.map(({ start, startMs }) =>
          start.date === undefined
            ? `EXDATE:${new Date(startMs).toISOString().replace(/[-:]|\.\d{3}/g, "")}`
            : `EXDATE;VALUE=DATE:${start.date.replaceAll("-", "")}`,
        );
        series = { ...series, lines: [...series.lines, ...stamps] };
        const at = all[index % Math.max(all.length, 1)]?.start ?? series.start;
        const whole = await datesOf(series, 150);
        const { before, after, start } = await splitSeries(time, series, at);
        const parts = [
          ...(before === undefined ? [] : await datesOf({ ...series, lines: before }, 150)),
          ...(await datesOf(from(series, start, after), 150)),
        ];
        expect(parts.slice(0, 150), JSON.stringify({ series, at, before, after, start })).toEqual(whole);
      }),
      { numRuns: randomRuns(20), seed: 1 },
    );
  });
});
