import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { loadZonedTime, type ZonedTime } from "../../core/zoned-time.js";
import { requireRecurrence, type SeriesTimes } from "../index.js";

const timeZone = "Europe/Berlin";
const timed: Omit<SeriesTimes, "lines"> = {
  start: { dateTime: "2026-11-23T09:00:00+01:00", timeZone },
  end: { dateTime: "2026-11-23T10:00:00+01:00", timeZone },
};
const days: Omit<SeriesTimes, "lines"> = { start: { date: "2026-11-23" }, end: { date: "2026-11-24" } };

let time: ZonedTime;
beforeAll(async () => {
  time = await loadZonedTime(movedClock());
});

describe("a recurrence", () => {
  it.each([
    ["FREQ=WEEKLY", ["RRULE:FREQ=WEEKLY"]],
    ["rrule:freq=weekly;byday=mo", ["RRULE:FREQ=WEEKLY;BYDAY=MO"]],
    ["RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261124T080000Z", ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261124T080000Z"]],
    ["RRULE:FREQ=DAILY;UNTIL=20261130T090000", ["RRULE:FREQ=DAILY;UNTIL=20261130T080000Z"]],
    ["RDATE:20261130T090000", ["RDATE;TZID=Europe/Berlin:20261130T090000"]],
    ["RDATE:20261130T090000,20261201T080000Z", ["RDATE:20261130T080000Z,20261201T080000Z"]],
  ])("of a timed event may be written as %s", async (written, lines) => {
    expect(await requireRecurrence(time, { ...timed, lines: [written] })).toEqual(lines);
  });

  it("of whole days has dates", async () => {
    const lines = ["RRULE:FREQ=DAILY;UNTIL=20261130", "EXDATE:20261124", "RDATE;VALUE=DATE:20261224"];
    expect(await requireRecurrence(time, { ...days, lines })).toEqual([
      "RRULE:FREQ=DAILY;UNTIL=20261130",
      "EXDATE;VALUE=DATE:20261124",
      "RDATE;VALUE=DATE:20261224",
    ]);
  });

  it("may be none", async () => {
    expect(await requireRecurrence(time, { ...timed, lines: [] })).toEqual([]);
  });

  it.each([
    ["every Monday", "is no RRULE, RDATE or EXDATE"],
    ["DTSTART:20261123T090000Z", "is not for here"],
    ["RRULE:COUNT=3", "has no FREQ"],
    ["RRULE:FREQ=FORTNIGHTLY", "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY"],
    ["RRULE:FREQ=HOURLY", "more often than daily"],
    ["RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261130T090000Z", "both COUNT and UNTIL"],
    ["RRULE:FREQ=DAILY;COUNT=0", "COUNT must be a number from 1"],
    ["RRULE:FREQ=DAILY;COUNT=3;COUNT=4", "says a part twice"],
    ["RRULE:FREQ=DAILY;TIMES=3", "a part TIMES that no rule has"],
    ["RRULE:FREQ=WEEKLY;BYDAY=MONDAY", "BYDAY must be days such as MO,WE"],
    ["RRULE:FREQ=WEEKLY;BYDAY=2MO", "does not go with FREQ=WEEKLY"],
    ["RRULE:FREQ=WEEKLY;BYMONTHDAY=15", "does not go with FREQ=WEEKLY"],
    ["RRULE:FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS without another BY part"],
    ["RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "fits no day"],
    ["RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU", "fits no day"],
    ["RRULE:FREQ=DAILY;UNTIL=20261122T090000Z", "ends before the event begins"],
    ["RRULE:FREQ=DAILY;UNTIL=20261130", "ends with a day, but the event has a time"],
    ["RRULE:FREQ=DAILY;UNTIL=20261131T090000Z", "which is no day"],
    ["EXDATE:20261124T080000Z", "only leaves out dates"],
    ["RDATE:20261124", "has the day 20261124, but the event has a time"],
    ["RDATE;VALUE=PERIOD:20261124T080000Z/PT1H", "which is no date or time"],
    ["RDATE;TZID=Berlin:20261124T090000", "names no time zone"],
    ["RDATE:20261122T080000Z", "which is before the start"],
  ])("of a timed event is refused as %s", async (line, problem) => {
    await expect(requireRecurrence(time, { ...timed, lines: [line] })).rejects.toMatchObject({
      code: "request.invalid",
      message: expect.stringContaining(problem) as string,
      details: { field: "recurrence" },
    });
  });

  it.each([
    ["RRULE:FREQ=DAILY;UNTIL=20261130T090000Z", "ends at a time, but the event is of whole days"],
    ["RRULE:FREQ=DAILY;BYHOUR=9", "names times, but the event is of whole days"],
    ["RDATE:20261124T000000Z", "has the time 20261124T000000Z, but the event is of whole days"],
  ])("of whole days is refused as %s", async (line, problem) => {
    await expect(requireRecurrence(time, { ...days, lines: [line] })).rejects.toMatchObject({
      code: "request.invalid",
      message: expect.stringContaining(problem) as string,
    });
  });

  it("says how the end would have to be written", async () => {
    const refused = requireRecurrence(time, { ...timed, lines: ["RRULE:FREQ=DAILY;UNTIL=20261130"] });
    await expect(refused).rejects.toMatchObject({ hint: expect.stringContaining("UNTIL=20261130T225959Z") as string });
  });
});
