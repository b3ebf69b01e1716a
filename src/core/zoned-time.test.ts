import { beforeAll, describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { loadZonedTime, type ZonedTime } from "./zoned-time.js";

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
});
