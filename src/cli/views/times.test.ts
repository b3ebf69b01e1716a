import { describe, expect, it } from "vitest";
import { dayHeading, longTime, shortTime } from "./times.js";

const context = { now: Date.parse("2026-11-29T12:00:00Z"), timeZone: "Europe/Berlin", profile: "default" };

describe("times for people", () => {
  it.each([
    ["2026-11-29T13:05:00Z", "today 14:05"],
    ["2026-11-28T08:12:00Z", "yesterday 09:12"],
    ["2026-11-28T23:30:00Z", "today 00:30"],
    ["2026-11-30T08:00:00+01:00", "tomorrow 08:00"],
    ["2026-11-23T13:05:00Z", "Mon 23 Nov 14:05"],
    ["2027-01-04T13:05:00Z", "Mon 4 Jan 14:05"],
    ["2025-11-23T13:05:00Z", "23 Nov 2025"],
    ["no time", "no time"],
  ])("are short in lists: %s is %s", (instant, words) => {
    expect(shortTime(instant, context)).toBe(words);
  });

  it("are whole by themselves", () => {
    expect(longTime("2026-11-29T13:05:00Z", context)).toBe("Sun 29 Nov 2026 14:05 (today)");
    expect(longTime("2026-11-23T13:05:00Z", { ...context, timeZone: "Asia/Tokyo" })).toBe("Mon 23 Nov 2026 22:05");
  });

  it("head a day with its word", () => {
    expect(dayHeading("2026-11-30", context)).toBe("Tomorrow, Mon 30 Nov");
    expect(dayHeading("2027-11-30", context)).toBe("Tue 30 Nov 2027");
  });
});
