import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { loadZonedTime, type ZonedTime } from "../core/zoned-time.js";
import { epochMsOf, readEventSpan, toEventTime, type EventSpanInput } from "./event-times.js";

let time: ZonedTime;
beforeAll(async () => {
  time = await loadZonedTime(movedClock(Date.parse("2026-03-28T12:00:00Z")));
});

const invalid = (field: string, message?: RegExp): unknown =>
  expect.objectContaining({
    code: "request.invalid",
    ...(message && { message: expect.stringMatching(message) as string }),
    details: expect.objectContaining({ field }) as object,
  });

describe("readEventSpan", () => {
  const span = (input: EventSpanInput, zone = "Europe/Berlin") => readEventSpan(time, input, zone);
  const at = (dateTime: string, timeZone = "Europe/Berlin") => ({ dateTime, timeZone });

  it("reads times without an offset as wall time in the zone", () => {
    const expected = { start: at("2026-11-23T09:00:00+01:00"), end: at("2026-11-23T09:45:00+01:00") };
    expect(span({ start: "2026-11-23T09:00", durationMinutes: 45 })).toEqual(expected);
    expect(span({ start: "2026-11-23T09:00", end: "2026-11-23 09:45" })).toEqual(expected);
    expect(span({ start: "2026-11-23T08:00Z", end: new Date("2026-11-23T08:45:00Z") })).toEqual(expected);
  });

  it("counts a duration in elapsed time over a change of clocks", () => {
    expect(span({ start: "2026-03-29T01:00", durationMinutes: 120 }).end).toEqual(at("2026-03-29T04:00:00+02:00"));
    expect(span({ start: "2026-10-25T01:00", durationMinutes: 120 }).end).toEqual(at("2026-10-25T02:00:00+01:00"));
    expect(span({ start: "2026-03-28T12:00", durationMinutes: 1440 }).end).toEqual(at("2026-03-29T13:00:00+02:00"));
  });

  it("refuses a wall time that the clocks skip or show twice, naming the field, and takes both readings", () => {
    const skipped = ["2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"];
    const caught = () => span({ start: "today+1 02:30", durationMinutes: 30 });
    expect(caught).toThrow(invalid("start", /^The event's start: .* does not exist in Europe\/Berlin/));
    expect(caught).toThrow(expect.objectContaining({ details: { field: "start", times: skipped } }));
    expect(() => span({ start: "2026-10-25T01:00", end: "2026-10-25T02:30" })).toThrow(invalid("end", /happens twice/));
    for (const start of [...skipped, "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]) {
      expect(span({ start, durationMinutes: 30 }).start).toEqual(at(start));
    }
  });

  it("keeps two zones apart, as for a flight", () => {
    expect(
      span({
        start: { dateTime: "2026-11-23T10:00", timeZone: "Europe/Berlin" },
        end: { dateTime: "2026-11-23T13:00", timeZone: "America/New_York" },
      }),
    ).toEqual({ start: at("2026-11-23T10:00:00+01:00"), end: at("2026-11-23T13:00:00-05:00", "America/New_York") });
  });

  it("reads an end without a zone in the zone of the start, unless the event names one", () => {
    const start = { dateTime: "2026-11-23T09:00", timeZone: "Asia/Tokyo" };
    const end = "2026-11-23T10:00";
    expect(span({ start, end }).end).toEqual(at("2026-11-23T10:00:00+09:00", "Asia/Tokyo"));
    expect(span({ start: "2026-11-23T09:00[Asia/Tokyo]", end }).end).toEqual(
      at("2026-11-23T10:00:00+09:00", "Asia/Tokyo"),
    );
    expect(span({ start, end, timeZone: "Asia/Shanghai" }).end).toEqual(
      at("2026-11-23T10:00:00+08:00", "Asia/Shanghai"),
    );
  });

  it("takes what was read as input again", () => {
    const timed = span({ start: "2026-10-25T02:30:00+01:00", durationMinutes: 90 });
    const days = span({ start: "2026-10-25", durationMinutes: 2 * 1440 });
    for (const given of [timed, days]) {
      const [start, end] = [given.start, given.end].map((each) => toEventTime(time, each, "Asia/Kathmandu"));
      if (!start || !end) throw new TypeError("two were given");
      expect(span({ start, end }, "Pacific/Apia")).toEqual(given);
    }
  });

  it("keeps whole days whole, in zones where one of them does not exist", () => {
    const apia = "Pacific/Apia";
    expect(span({ start: "2011-12-30" }, apia)).toEqual({ start: { date: "2011-12-30" }, end: { date: "2011-12-31" } });
    expect(span({ start: { date: "2026-03-28" }, end: { date: "2026-03-31" } })).toEqual({
      start: { date: "2026-03-28" },
      end: { date: "2026-03-31" },
    });
    expect(span({ start: "today", durationMinutes: 1441 })).toEqual({
      start: { date: "2026-03-28" },
      end: { date: "2026-03-30" },
    });
    expect(span({ start: "2028-02-28", durationMinutes: 60 }).end).toEqual({ date: "2028-02-29" });
  });

  it.each<[string, EventSpanInput, string]>([
    ["an end before the start", { start: "2026-11-23T09:00", end: "2026-11-23T08:00" }, "end"],
    ["an end in the second of the start", { start: "2026-11-23T09:00:00.1", end: "2026-11-23T09:00:00.9" }, "end"],
    ["no end", { start: "2026-11-23T09:00" }, "end"],
    ["a time that ends on a date", { start: "2026-11-23T09:00", end: "2026-11-24" }, "end"],
    ["a date that ends at a time", { start: "2026-11-23", end: "2026-11-24T09:00" }, "end"],
    ["a last day in place of the day after it", { start: "2026-11-23", end: "2026-11-23" }, "end"],
    ["two ends", { start: "2026-11-23T09:00", end: "2026-11-23T10:00", durationMinutes: 60 }, "durationMinutes"],
    ["no length", { start: "2026-11-23T09:00", durationMinutes: 0 }, "durationMinutes"],
    ["a length that is none", { start: "2026-11-23", durationMinutes: NaN }, "durationMinutes"],
    ["a length without end", { start: "2026-11-23T09:00", durationMinutes: Infinity }, "durationMinutes"],
    ["a time for a date", { start: { date: "2026-11-23T09:00" }, durationMinutes: 30 }, "start"],
    ["a day that does not exist", { start: "2026-02-29" }, "start"],
    ["a zone that does not exist", { start: { dateTime: "2026-11-23T09:00", timeZone: "Mars/Base" } }, "start"],
    ["the end of time", { start: "9999-12-31" }, "end"],
    ["a year of five digits", { start: "+010000-01-01T09:00Z", durationMinutes: 1 }, "start"],
    ["a time before Temporal's first", { start: "-300000-01-01" }, "start"],
    ["a time whose end is after Temporal's last", { start: "+275760-09-12T23:00Z", durationMinutes: 600_000 }, "start"],
  ])("refuses %s", (_, input, field) => {
    expect(() => span(input)).toThrow(invalid(field));
  });
});

describe("toEventTime", () => {
  it("gives the weekday, and the local time in the zone that was asked for", () => {
    expect(
      toEventTime(time, { dateTime: "2026-11-23T01:00:00+01:00", timeZone: "Europe/Berlin" }, "America/New_York"),
    ).toEqual({
      dateTime: "2026-11-23T01:00:00+01:00",
      timeZone: "Europe/Berlin",
      weekday: "Monday",
      local: { dateTime: "2026-11-22T19:00:00-05:00", timeZone: "America/New_York", weekday: "Sunday" },
    });
    expect(toEventTime(time, { date: "2011-12-30" }, "Pacific/Apia")).toEqual({
      date: "2011-12-30",
      weekday: "Friday",
    });
  });

  it("shows an instant in its zone, whatever offset it came with", () => {
    expect(toEventTime(time, { dateTime: "2026-11-23T00:00:00Z", timeZone: "Asia/Tokyo" })).toMatchObject({
      dateTime: "2026-11-23T09:00:00+09:00",
    });
  });

  it("reads a time without offset in its zone, not in that of the process", () => {
    const moment = { dateTime: "2026-11-23T09:00:00", timeZone: "Asia/Kathmandu" };
    expect(toEventTime(time, moment)).toMatchObject({ dateTime: "2026-11-23T09:00:00+05:45", weekday: "Monday" });
    expect(epochMsOf(time, moment, "UTC")).toBe(Date.parse("2026-11-23T03:15:00Z"));
  });

  it("refuses a zone that is none", () => {
    expect(() => toEventTime(time, { dateTime: "2026-11-23T00:00:00Z", timeZone: "UTC" }, "Mars/Base")).toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
  });
});

describe("epochMsOf", () => {
  it("takes a date at its first moment in a zone", () => {
    expect(epochMsOf(time, { date: "2026-11-23" }, "Asia/Tokyo")).toBe(Date.parse("2026-11-22T15:00:00Z"));
    expect(epochMsOf(time, { date: "2018-11-04" }, "America/Sao_Paulo")).toBe(Date.parse("2018-11-04T03:00:00Z"));
  });
});
