import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { loadZonedTime, type ZonedTime } from "../../core/zoned-time.js";
import { parseInvitation } from "./parse-invitation.js";
import { windowsZones } from "./windows-zones.js";

/** A part of a VTIMEZONE: from when on the clocks are changed from one offset to another. */
const change = (kind: string, start: string, [from, to]: [string, string], ...more: string[]): string[] => [
  `BEGIN:${kind}`,
  `DTSTART:${start}`,
  `TZOFFSETFROM:${from}`,
  `TZOFFSETTO:${to}`,
  ...more,
  `END:${kind}`,
];

/** The rules of zones as programs write them, in the years given. */
const zones: [zone: string, years: [number, number], rules: string[]][] = [
  [
    "Europe/Berlin",
    [1996, 2060],
    [
      ...change("STANDARD", "16010101T030000", ["+0200", "+0100"], "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
      ...change("DAYLIGHT", "16010101T020000", ["+0100", "+0200"], "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;INTERVAL=1"),
    ],
  ],
  [
    "America/New_York",
    [1990, 2045],
    [
      ...change(
        "DAYLIGHT",
        "19870405T020000",
        ["-0500", "-0400"],
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z",
      ),
      ...change(
        "STANDARD",
        "19671029T020000",
        ["-0400", "-0500"],
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z",
      ),
      ...change("DAYLIGHT", "20070311T020000", ["-0500", "-0400"], "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
      ...change("STANDARD", "20071104T020000", ["-0400", "-0500"], "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
    ],
  ],
  [
    "Australia/Lord_Howe",
    [2009, 2040],
    [
      ...change("STANDARD", "20080406T020000", ["+1100", "+1030"], "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"),
      ...change("DAYLIGHT", "20081005T020000", ["+1030", "+1100"], "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU"),
    ],
  ],
  [
    "America/Santiago",
    [2024, 2040],
    [
      // As written by libical: days of the month instead of "first Sunday from the second on".
      ...change(
        "STANDARD",
        "20230402T000000",
        ["-0300", "-0400"],
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8",
      ),
      ...change(
        "DAYLIGHT",
        "20230903T000000",
        ["-0400", "-0300"],
        "RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8",
      ),
    ],
  ],
  [
    "Asia/Tehran",
    [2019, 2025],
    [
      ...change(
        "DAYLIGHT",
        "20190322T000000",
        ["+0330", "+0430"],
        "RDATE:20200321T000000,20210322T000000,20220322T000000",
      ),
      ...change(
        "STANDARD",
        "20180922T000000",
        ["+0430", "+0330"],
        "RDATE:20190922T000000,20200921T000000",
        "RDATE:20210922T000000,20220922T000000",
      ),
    ],
  ],
  ["Asia/Kathmandu", [1990, 2050], change("STANDARD", "19860101T000000", ["+0530", "+0545"])],
];

describe("the rules that an invitation brings for a zone", () => {
  let time: ZonedTime;
  beforeAll(async () => {
    time = await loadZonedTime(movedClock());
  });

  it.each(zones)("mean the times that %s has", async (zone, [first, last], rules) => {
    const walls = wallTimes(first, last);
    const events = walls.flatMap((wall) => {
      const text = wall.replaceAll(/[-:]/g, "");
      const times = ["RECURRENCE-ID", "DTSTART"].map((name) => `${name};TZID=Customized:${text}`);
      return ["BEGIN:VEVENT", "UID:u1", ...times, "END:VEVENT"];
    });
    const timezone = ["BEGIN:VTIMEZONE", "TZID:Customized", ...rules, "END:VTIMEZONE"];
    const ics = ["BEGIN:VCALENDAR", ...timezone, ...events, "END:VCALENDAR"].join("\r\n");
    const { event, exceptions } = await parseInvitation(ics, { timeZone: zone });
    const read = [event, ...exceptions].map(({ start }) => start?.dateTime);
    const meant = walls.map((wall) => {
      const moment = time.moment(wall, zone);
      return moment.kind === "instant" ? moment.dateTime : undefined;
    });
    expect(read).toEqual(meant);
  });

  /** Three times on each of some days of each year, and every half hour on those when clocks are changed. */
  function wallTimes(first: number, last: number): string[] {
    const walls: string[] = [];
    for (let year = first; year < last; year++) {
      for (const [day, hour] of [
        ["01-01", "00:30"],
        ["04-15", "12:00"],
        ["07-20", "23:45"],
        ["10-10", "02:15"],
      ] as const) {
        walls.push(`${year}-${day}T${hour}:00`);
      }
      const changes = [2, 3, 8, 9, 10].flatMap((month) =>
        [1, 2, 3, 4, 5, 6, 7, 8, 21, 22, 25, 26, 27, 28, 29, 30].map((day) => new Date(Date.UTC(year, month, day))),
      );
      for (const [index, day] of changes.entries()) {
        const hour = ["00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "23:30"][(index + year) % 7] ?? "";
        if (day.getUTCDay() === 0 || index % 16 > 11) walls.push(`${day.toISOString().slice(0, 10)}T${hour}:00`);
      }
    }
    return walls.slice(0, 1_900);
  }

  it.each([
    ["a rule of every second", "RRULE:FREQ=SECONDLY"],
    ["a rule of every other year", "RRULE:FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYDAY=-1SU"],
    ["a rule of many days", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU"],
    ["two rules", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=1SU\r\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"],
    ["no rule at all", "RRULE:whenever"],
    ["an offset of days", "TZOFFSETTO:+9900"],
    ["thousands of dates", `RDATE:${"20200101T000000,".repeat(2_000)}20200101T000000`],
  ])("are not guessed at where they have %s", async (_, line) => {
    const rules = change("DAYLIGHT", "20200101T000000", ["+0100", "+0200"], line);
    if (line.startsWith("TZ")) rules.splice(3, 1);
    const timezone = ["BEGIN:VTIMEZONE", "TZID:Customized", ...rules, "END:VTIMEZONE"];
    const event = ["BEGIN:VEVENT", "UID:u1", "DTSTART;TZID=Customized:20260701T090000", "END:VEVENT"];
    const ics = ["BEGIN:VCALENDAR", ...timezone, ...event, "END:VCALENDAR"].join("\r\n");
    await expect(parseInvitation(ics, { timeZone: "UTC" })).rejects.toMatchObject({
      code: "request.invalid",
      details: { timeZone: "Customized" },
    });
  });

  it("begin with the offset before the first change, and stay at the last", async () => {
    const rules = change(
      "STANDARD",
      "20200101T000000",
      ["+0100", "+0200"],
      "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    );
    const startOf = async (wall: string) => {
      const timezone = ["BEGIN:VTIMEZONE", "TZID:Customized", ...rules, "END:VTIMEZONE"];
      const event = ["BEGIN:VEVENT", "UID:u1", `DTSTART;TZID=Customized:${wall}`, "END:VEVENT"];
      return (await parseInvitation(["BEGIN:VCALENDAR", ...timezone, ...event, "END:VCALENDAR"].join("\n"))).event
        .start;
    };
    expect(await startOf("00010101T120000")).toMatchObject({ dateTime: "0001-01-01T11:00:00+00:00" });
    expect(await startOf("20200101T003000")).toMatchObject({ dateTime: "2019-12-31T23:30:00+00:00" });
    expect(await startOf("99990101T120000")).toMatchObject({ dateTime: "9999-01-01T10:00:00+00:00" });
  });

  it("are not needed for the zones of Windows, all of which this machine knows", () => {
    const unknown = [...windowsZones.values()].filter((zone) => !time.isZone(zone));
    expect([windowsZones.size, unknown]).toEqual([139, []]);
  });
});
