import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { randomRuns } from "../../../test/support/random-runs.js";
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

const timeZone = "Europe/Berlin";

/** The lines of a series in Berlin after its start moved from one wall time or date to another. */
function moved(lines: string[], from: string, to: string, toZone = timeZone): string[] {
  const at = (wall: string, where: string): SeriesTimes["start"] => {
    const moment = time.moment(wall, where);
    return moment.kind === "date" ? { date: moment.date } : { dateTime: moment.dateTime, timeZone: where };
  };
  const [start, newStart] = [at(from, timeZone), at(to, toZone)];
  return shiftSeries(time, { start, end: start, lines }, { start: newStart, end: newStart });
}

const monday = "2026-11-23T09:00";

describe("a series that moves", () => {
  it.each([
    [
      "turns its weekdays",
      ["RRULE:FREQ=WEEKLY;BYDAY=MO,WE,SU"],
      monday,
      "2026-11-24T09:00",
      ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH,MO"],
    ],
    [
      "turns its weeks with them where they are counted",
      ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU"],
      monday,
      "2026-11-24T09:00",
      ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,MO;WKST=TU"],
    ],
    [
      "keeps its days in the same day",
      ["RRULE:FREQ=MONTHLY;BYDAY=-1MO"],
      monday,
      "2026-11-23T15:00",
      ["RRULE:FREQ=MONTHLY;BYDAY=-1MO"],
    ],
    [
      "has the new day of the month",
      ["RRULE:FREQ=MONTHLY;BYMONTHDAY=23"],
      monday,
      "2026-11-30T09:00",
      ["RRULE:FREQ=MONTHLY;BYMONTHDAY=30"],
    ],
    [
      "has days of the month that all move",
      ["RRULE:FREQ=MONTHLY;BYMONTHDAY=2,23"],
      monday,
      "2026-11-24T09:00",
      ["RRULE:FREQ=MONTHLY;BYMONTHDAY=3,24"],
    ],
    [
      "has the new counted weekday",
      ["RRULE:FREQ=MONTHLY;BYDAY=4MO"],
      monday,
      "2026-11-10T09:00",
      ["RRULE:FREQ=MONTHLY;BYDAY=2TU"],
    ],
    [
      "has the new month",
      ["RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=23"],
      monday,
      "2026-12-01T09:00",
      ["RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"],
    ],
    [
      "has its times later",
      ["RRULE:FREQ=DAILY;BYHOUR=9,14"],
      monday,
      "2026-11-23T10:30",
      ["RRULE:FREQ=DAILY;BYHOUR=10,15"],
    ],
    [
      "says the hour where its minutes come to another one than the start does",
      ["RRULE:FREQ=DAILY;BYMINUTE=30,45"],
      monday,
      "2026-11-23T10:30",
      ["RRULE:FREQ=DAILY;BYMINUTE=0,15;BYHOUR=11"],
    ],
    [
      "moves what is listed and its end along, across a change of clocks",
      [
        "RRULE:FREQ=DAILY;UNTIL=20270401T070000Z",
        "EXDATE;TZID=Europe/Berlin:20261124T090000",
        "RDATE:20270401T120000Z",
      ],
      monday,
      "2026-11-24T10:00",
      [
        "RRULE:FREQ=DAILY;UNTIL=20270402T080000Z",
        "EXDATE;TZID=Europe/Berlin:20261125T100000",
        "RDATE:20270402T130000Z",
      ],
    ],
    [
      "becomes one of whole days",
      ["RRULE:FREQ=DAILY;UNTIL=20261130T075959Z;BYHOUR=9", "EXDATE:20261124T080000Z"],
      monday,
      "2026-11-24",
      ["RRULE:FREQ=DAILY;UNTIL=20261130", "EXDATE;VALUE=DATE:20261125"],
    ],
    [
      "becomes one of times",
      ["RRULE:FREQ=DAILY;UNTIL=20261130", "EXDATE;VALUE=DATE:20261124"],
      "2026-11-23",
      monday,
      ["RRULE:FREQ=DAILY;UNTIL=20261130T080000Z", "EXDATE;TZID=Europe/Berlin:20261124T090000"],
    ],
    [
      "takes what is left out of a counted weekday to the same month's",
      ["RRULE:FREQ=MONTHLY;BYDAY=4MO;UNTIL=20270222T080000Z", "EXDATE;TZID=Europe/Berlin:20261228T090000"],
      monday,
      "2026-11-24T09:00",
      ["RRULE:FREQ=MONTHLY;BYDAY=4TU;UNTIL=20270223T080000Z", "EXDATE;TZID=Europe/Berlin:20261222T090000"],
    ],
  ])("%s", (_, lines, from, to, wanted) => {
    expect(moved(lines, from, to)).toEqual(wanted);
  });

  it("keeps its wall time into another zone", () => {
    const lines = ["RRULE:FREQ=DAILY;UNTIL=20261130T080000Z", "EXDATE;TZID=Europe/Berlin:20261124T090000"];
    expect(moved(lines, monday, monday, "America/New_York")).toEqual([
      "RRULE:FREQ=DAILY;UNTIL=20261130T140000Z",
      "EXDATE;TZID=America/New_York:20261124T090000",
    ]);
  });

  it("stays as it is written when it does not move", () => {
    const lines = ["rrule:freq=weekly", "X-OTHER:1"];
    expect(moved(lines, monday, "2026-11-23T08:00Z", timeZone)).toEqual(lines);
  });

  it.each([
    ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-24T09:00"],
    ["RRULE:FREQ=MONTHLY;BYDAY=1MO,4MO", "2026-11-24T09:00"],
    ["RRULE:FREQ=MONTHLY;BYDAY=4MO", "2026-11-30T09:00"],
    ["RRULE:FREQ=MONTHLY;BYMONTHDAY=1,23", "2026-12-01T09:00"],
    ["RRULE:FREQ=WEEKLY;BYMONTH=11", "2026-11-24T09:00"],
    ["RRULE:FREQ=YEARLY;BYWEEKNO=48", "2026-11-24T09:00"],
    ["RRULE:FREQ=DAILY;BYHOUR=9,22", "2026-11-23T12:00"],
    ["RRULE:FREQ=DAILY;BYHOUR=9,22", "2026-11-23"],
  ])("is refused rather than guessed: %s to %s", (line, to) => {
    expect(() => moved([line], monday, to)).toThrow(expect.objectContaining({ code: "request.invalid" }));
  });

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
      { numRuns: randomRuns(30), seed: 1 },
    );
    expect(moved).toBeGreaterThan(10);
  });
});
