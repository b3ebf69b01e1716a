import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
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

describe("a series that is split", () => {
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
      { numRuns: Number(process.env["RUNS"] ?? 100) },
    );
  });
});
