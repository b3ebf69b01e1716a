import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { randomSeries, seriesTimes } from "../../../test/support/random-series.js";
import { loadZonedTime, type ZonedTime } from "../../core/zoned-time.js";
import { expandSeries, shiftSeries, type SeriesTimes } from "../index.js";

const zone = "UTC";
const range = { fromMs: Date.UTC(2000, 0), toMs: Date.UTC(2040, 0) };
const dayMs = 86_400_000;

let time: ZonedTime;
beforeAll(async () => {
  time = await loadZonedTime(movedClock());
});

/** What the clocks show at each date, reckoned. */
async function wallsOf(series: SeriesTimes): Promise<number[]> {
  const dates = await expandSeries(time, series, range, zone, 120);
  return dates.map(({ start }) =>
    Date.parse(`${start.date ?? start.dateTime.slice(0, 19)}${start.date ? "T00:00:00" : ""}Z`),
  );
}

function movedTo(series: SeriesTimes, wall: string): Pick<SeriesTimes, "start" | "end"> {
  if (series.start.date !== undefined) {
    return { start: { date: wall.slice(0, 10) }, end: { date: time.addDays(wall.slice(0, 10), 1) } };
  }
  const moment = time.moment(wall, series.start.timeZone);
  const startMs = moment.kind === "instant" ? moment.epochMs : 0;
  const at = (ms: number) => ({
    dateTime: time.format(ms, series.start.timeZone ?? zone),
    timeZone: series.start.timeZone ?? zone,
  });
  return { start: at(startMs), end: at(startMs + 3_600_000) };
}

describe("a series that moves", () => {
  it("has its dates as far from the old ones as its start is", async () => {
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(
        randomSeries,
        fc.integer({ min: -10, max: 10 }),
        fc.constantFrom(0, 1, -1, 4),
        async (random, days, hours) => {
          // Clocks that skip a time have no date then.
          const series = seriesTimes(time, { ...random, zone: "Asia/Kolkata" });
          const all = await expandSeries(time, series, range, zone, 40);
          const stamps = random.removed
            .flatMap((each) => all[each] ?? [])
            .map(({ start, startMs }) =>
              start.date === undefined
                ? `EXDATE:${new Date(startMs).toISOString().replace(/[-:]|\.\d{3}/g, "")}`
                : `EXDATE;VALUE=DATE:${start.date.replaceAll("-", "")}`,
            );
          const whole = { ...series, lines: [...series.lines, ...stamps] };
          const [first] = await wallsOf({ ...series, lines: ["RRULE:FREQ=DAILY;COUNT=1"] });
          const shift = days * dayMs + (random.allDay ? 0 : hours * 3_600_000);
          const to = movedTo(series, new Date((first ?? 0) + shift).toISOString().slice(0, 19));
          let lines: string[];
          try {
            lines = shiftSeries(time, whole, to);
          } catch {
            return; // one that would have to be guessed
          }
          moved += 1;
          const wanted = (await wallsOf(whole)).map((wall) => wall + shift);
          if (/MONTHLY|YEARLY/.test(lines.join()) && days !== 0) return;
          expect(await wallsOf({ ...to, lines }), JSON.stringify({ whole, to, lines })).toEqual(wanted);
        },
      ),
      { numRuns: Number(process.env["RUNS"] ?? 100) },
    );
    expect(moved).toBeGreaterThan(10);
  });
});
