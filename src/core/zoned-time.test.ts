import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { isAbsolute, loadZonedTime, type ZonedTime } from "./zoned-time.js";

describe("ZonedTime", () => {
  let time: ZonedTime;
  beforeAll(async () => {
    time = await loadZonedTime(movedClock(Date.parse("2026-11-22T23:30:00Z")));
  });

  it("reads a time without an offset as wall time in the zone, never as UTC", () => {
    expect(time.moment("2026-11-23T09:00", "Europe/Berlin")).toMatchObject({
      kind: "instant",
      epochMs: Date.parse("2026-11-23T08:00:00Z"),
      dateTime: "2026-11-23T09:00:00+01:00",
    });
  });

  it.each([
    ["2026-11-23T09:00:00+09:00", "2026-11-23T00:00:00Z"],
    ["2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"],
    ["2026-11-23T09:00[Asia/Tokyo]", "2026-11-23T00:00:00Z"],
  ])("takes the offset or zone of %s", (input, instant) => {
    expect(time.moment(input, "Europe/Berlin")).toMatchObject({ epochMs: Date.parse(instant) });
  });

  it("accepts Date and Temporal objects", async () => {
    const { Temporal } = await import("temporal-polyfill");
    const instant = "2026-11-23T08:00:00Z";
    for (const input of [new Date(instant), Temporal.Instant.from(instant)]) {
      expect(time.moment(input, "UTC")).toMatchObject({ epochMs: Date.parse(instant) });
    }
    expect(time.moment(Temporal.PlainDate.from("2026-11-23"), "UTC")).toEqual({ kind: "date", date: "2026-11-23" });
  });

  it("knows what today is in the zone, not in UTC", () => {
    expect(time.moment("today", "Europe/Berlin")).toEqual({ kind: "date", date: "2026-11-23" });
    expect(time.moment("today", "America/New_York")).toEqual({ kind: "date", date: "2026-11-22" });
    expect(time.moment("today+7", "UTC")).toEqual({ kind: "date", date: "2026-11-29" });
    expect(time.moment("today-1", "UTC")).toEqual({ kind: "date", date: "2026-11-21" });
    expect(time.moment("yesterday", "UTC")).toEqual(time.moment("today-1", "UTC"));
    expect(time.moment("Tomorrow 09:00", "UTC")).toEqual(time.moment("today+1 09:00", "UTC"));
    expect(() => time.moment("tomorrow+1", "UTC")).toThrow('"tomorrow+1" is not a time.');
    expect(time.moment("today+1 09:00", "Europe/Berlin")).toMatchObject({ dateTime: "2026-11-24T09:00:00+01:00" });
  });

  it("begins a day at its first instant, on the days when clocks change too", () => {
    expect(time.startOfDay("2026-03-29", "Europe/Berlin")).toBe(Date.parse("2026-03-28T23:00:00Z"));
    expect(time.startOfDay("2026-03-30", "Europe/Berlin")).toBe(Date.parse("2026-03-29T22:00:00Z"));
  });

  it.each(["soon", "2026-13-01", "2026-11-23T25:00", "", "09:00"])("refuses %j with a hint", (input) => {
    expect(() => time.moment(input, "UTC")).toThrow(
      expect.objectContaining({ code: "request.invalid", hint: expect.stringContaining("ISO 8601") as string }),
    );
  });

  it("refuses a zone that does not exist, and a Date that is none", () => {
    for (const call of [() => time.moment("2026-11-23", "Mars/Base"), () => time.moment(new Date("x"), "UTC")]) {
      expect(call).toThrow(expect.objectContaining({ code: "request.invalid" }));
    }
  });

  describe("with strict moments", () => {
    const strict = (input: string, zone: string) => time.moment(input, zone, { strict: true });

    it.each([
      ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"],
      ["2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-04T01:45:00+10:30", "2026-10-04T02:45:00+11:00"],
      ["2018-11-04T00:00", "America/Sao_Paulo", "2018-11-03T23:00:00-03:00", "2018-11-04T01:00:00-02:00"],
      ["2026-04-24T00:30", "Africa/Cairo", "2026-04-23T23:30:00+02:00", "2026-04-24T01:30:00+03:00"],
      ["2011-12-30T12:00", "Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-31T12:00:00+14:00"],
      ["1986-01-01T00:10", "Asia/Kathmandu", "1985-12-31T23:55:00+05:30", "1986-01-01T00:25:00+05:45"],
    ])("refuses %s in %s, which the clocks skip, with both readings", (input, zone, earlier, later) => {
      const hint = `Give ${earlier} or ${later}.`;
      const refusal = { code: "request.invalid", hint, details: { times: [earlier, later] } };
      expect(() => strict(input, zone)).toThrow(expect.objectContaining(refusal));
      for (const reading of [earlier, later]) expect(strict(reading, zone)).toMatchObject({ dateTime: reading });
      expect(time.moment(input, zone)).toMatchObject({ dateTime: later });
    });

    it.each([
      ["2026-10-25T02:30:15", "Europe/Berlin", "2026-10-25T02:30:15+02:00", "2026-10-25T02:30:15+01:00"],
      ["2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30"],
      ["2045-11-05T01:00", "America/New_York", "2045-11-05T01:00:00-04:00", "2045-11-05T01:00:00-05:00"],
      ["1943-10-04T02:59", "Europe/Berlin", "1943-10-04T02:59:00+02:00", "1943-10-04T02:59:00+01:00"],
      ["1883-11-18T12:00", "America/New_York", "1883-11-18T12:00:02-04:56", "1883-11-18T12:00:00-05:00"],
    ])("refuses %s in %s, which the clocks show twice, with both readings", (input, zone, earlier, later) => {
      const refusal = { code: "request.invalid", details: { times: [earlier, later] } };
      expect(() => strict(input, zone)).toThrow(expect.objectContaining(refusal));
      for (const reading of [earlier, later]) {
        expect(strict(reading, zone)).toMatchObject({ epochMs: Date.parse(reading) });
      }
      expect(time.moment(input, zone)).toMatchObject({ dateTime: earlier });
    });

    it("takes the last second before a change and the first after it", () => {
      expect(strict("2026-03-29T01:59:59", "Europe/Berlin")).toMatchObject({ dateTime: "2026-03-29T01:59:59+01:00" });
      expect(strict("2026-03-29T03:00", "Europe/Berlin")).toMatchObject({ dateTime: "2026-03-29T03:00:00+02:00" });
      expect(strict("2026-10-25T01:59:59", "Europe/Berlin")).toMatchObject({ dateTime: "2026-10-25T01:59:59+02:00" });
      expect(strict("2026-10-25T03:00", "Europe/Berlin")).toMatchObject({ dateTime: "2026-10-25T03:00:00+01:00" });
    });

    it("counts days from now to a time that does not exist", async () => {
      const march = await loadZonedTime(movedClock(Date.parse("2026-03-28T12:00:00Z")));
      const tomorrow = (zone: string) => march.moment("today+1 02:30", zone, { strict: true });
      expect(() => tomorrow("Europe/Berlin")).toThrow(/does not exist in Europe\/Berlin/);
      expect(tomorrow("Asia/Kathmandu")).toMatchObject({ dateTime: "2026-03-29T02:30:00+05:45" });
    });

    it("judges a time by the zone that its text names, and takes one that has an offset beside it", () => {
      expect(() => strict("2026-03-29T02:30[Europe/Berlin]", "UTC")).toThrow(/does not exist in Europe\/Berlin/);
      expect(strict("2026-03-29T02:30[Asia/Tokyo]", "Europe/Berlin")).toMatchObject({ timeZone: "Asia/Tokyo" });
      expect(strict("2026-10-25T02:30+01:00[Europe/Berlin]", "UTC")).toMatchObject({
        dateTime: "2026-10-25T02:30:00+01:00",
        timeZone: "Europe/Berlin",
      });
      expect(() => strict("2026-03-29T02:30+01:00[Europe/Berlin]", "UTC")).toThrow(/is not a time/);
    });
  });

  it.each([
    ["2011-12-30", "Pacific/Apia", "2011-12-31T00:00:00+14:00"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"],
    ["2026-04-24", "Africa/Cairo", "2026-04-24T01:00:00+03:00"],
    ["2026-11-01", "America/Havana", "2026-11-01T00:00:00-04:00"],
    ["2026-01-01", "Asia/Kathmandu", "2026-01-01T00:00:00+05:45"],
  ])("begins %s in %s at its first instant, where it has no midnight too", (date, zone, first) => {
    expect(time.format(time.startOfDay(date, zone), zone)).toBe(first);
  });

  it("takes a date for a date, in either form and beside a zone", () => {
    for (const text of ["2026-11-23", "20261123", "2026-11-23[Asia/Tokyo]", " 2026-11-23 "]) {
      expect(time.moment(text, "Pacific/Apia")).toEqual({ kind: "date", date: "2026-11-23" });
    }
  });

  it("takes Temporal objects of every kind that says when, whatever their calendar", async () => {
    const { Temporal } = await import("temporal-polyfill/full");
    const wall = Temporal.PlainDateTime.from("2026-11-23T09:00");
    const berlin = { epochMs: Date.parse("2026-11-23T08:00:00Z"), timeZone: "Europe/Berlin" };
    for (const input of [wall, wall.withCalendar("japanese"), wall.toZonedDateTime("Europe/Berlin")]) {
      expect(time.moment(input, "Europe/Berlin")).toMatchObject(berlin);
    }
    expect(time.moment(wall.toZonedDateTime("Europe/Berlin").withCalendar("hebrew"), "UTC")).toMatchObject(berlin);
    expect(time.moment(wall.toPlainDate().withCalendar("japanese"), "UTC")).toEqual({
      kind: "date",
      date: "2026-11-23",
    });
    const notWhen = [wall.toPlainTime(), Temporal.PlainYearMonth.from("2026-11"), Temporal.Duration.from("PT1H")];
    for (const input of [...notWhen, new Map()]) {
      expect(() => time.moment(input, "UTC")).toThrow(expect.objectContaining({ code: "request.invalid" }));
    }
  });

  it("tells an input that says its instant from one that needs a zone for it", async () => {
    const { Temporal } = await import("temporal-polyfill/full");
    const wall = Temporal.PlainDateTime.from("2026-11-23T09:00");
    const absolute = ["2026-11-23T09:00Z", "2026-11-23T09:00[Asia/Tokyo]", new Date(0), wall.toZonedDateTime("UTC")];
    const relative = ["2026-11-23T09:00", "today", "2026-11-23[Asia/Tokyo]", wall.withCalendar("japanese")];
    expect([absolute.map(isAbsolute), relative.map(isAbsolute)]).toEqual([
      [true, true, true, true],
      [false, false, false, false],
    ]);
  });

  it("names a zone as its list does, and an alias as it was given", () => {
    expect(time.moment("2026-11-23T09:00", "europe/BERLIN")).toMatchObject({ timeZone: "Europe/Berlin" });
    expect(time.local(0, "asia/kolkata")).toMatchObject({
      timeZone: "Asia/Kolkata",
      dateTime: "1970-01-01T05:30:00+05:30",
    });
    expect(time.local(0, "Asia/Calcutta")).toMatchObject({ timeZone: "Asia/Calcutta" });
    expect(time.moment("2026-11-23T09:00[us/eastern]", "UTC")).toMatchObject({ timeZone: "US/Eastern" });
  });

  it("refuses what is no zone by name, also to count back from now", () => {
    const refusal = expect.objectContaining({ code: "request.invalid", details: { field: "timeZone" } }) as Error;
    expect(() => time.ago(90, "days", "Mars")).toThrow(refusal);
    expect(() => time.moment("today", "Mars")).toThrow(refusal);
  });

  it("takes no offset for a zone", () => {
    expect([time.isZone("+01:00"), time.isZone("Etc/GMT-1"), time.isZone("UTC")]).toEqual([false, true, true]);
    for (const call of [
      () => time.moment("2026-11-23T09:00", "+01:00"),
      () => time.format(0, "-05:00"),
      () => time.local(0, "Mars/Base"),
    ]) {
      expect(call).toThrow(expect.objectContaining({ code: "request.invalid" }));
    }
    expect(time.moment("2026-11-23T09:00[+09:00]", "Europe/Berlin")).toMatchObject({
      dateTime: "2026-11-23T01:00:00+01:00",
      timeZone: "Europe/Berlin",
    });
  });

  it("takes an offset with seconds for what it says", () => {
    expect(time.moment("2026-11-23T09:00:00-00:44:30", "UTC")).toMatchObject({ dateTime: "2026-11-23T09:44:30+00:00" });
  });

  it("writes the same instant where a zone's offset has seconds, as ISO 8601 has none", () => {
    const moon = Date.parse("1969-07-20T20:17:40Z");
    expect(time.local(moon, "Africa/Monrovia")).toEqual({
      dateTime: "1969-07-20T19:32:40-00:45",
      timeZone: "Africa/Monrovia",
      weekday: "Sunday",
    });
    for (const year of [1847, 1901, 1969, 2038, 2099]) {
      const instant = Date.parse(`${year}-06-15T12:34:56Z`);
      for (const zone of ["Africa/Monrovia", "Europe/Amsterdam", "America/New_York", "Asia/Kathmandu"]) {
        expect([zone, Date.parse(time.format(instant, zone))]).toEqual([zone, instant]);
      }
    }
  });

  it.each([
    ["1600-02-29", "Tuesday"],
    ["1969-12-31", "Wednesday"],
    ["1970-01-01", "Thursday"],
    ["2000-02-29", "Tuesday"],
    ["2038-01-19", "Tuesday"],
  ])("knows that %s is a %s", (date, weekday) => {
    expect(time.weekday(date)).toBe(weekday);
  });

  it.each([
    ...["Europe/Berlin", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia", "America/Caracas", "Asia/Tokyo"],
    ...["Antarctica/Troll", "America/Sao_Paulo", "UTC"],
  ])("shows any instant in %s as its clocks do, whichever was shown before", async (zone) => {
    const { Temporal } = await import("temporal-polyfill");
    const clocks = (epochMs: number): string =>
      Temporal.Instant.fromEpochMilliseconds(epochMs)
        .toZonedDateTimeISO(zone)
        .toString({ timeZoneName: "never", smallestUnit: "second" });
    const instants: number[] = [-1e12, -1, 0, 999, Date.parse("2525-07-01T00:00:00Z"), 2.6e14];
    let change = Temporal.Instant.from("2010-01-01T00:00:00Z").toZonedDateTimeISO(zone).getTimeZoneTransition("next");
    for (; change && change.year < 2040; change = change.getTimeZoneTransition("next")) {
      instants.push(...[-1, 0, 1].map((near) => Number(change?.epochMilliseconds) + near));
    }
    const backAndForth = [...instants, ...instants.toReversed().map((each) => each + 5_000_000_123)];
    for (const epochMs of backAndForth) expect(time.format(epochMs, zone)).toBe(clocks(epochMs));
    expect(() => time.format(Number.NaN, zone)).toThrow(RangeError);
  });
});
