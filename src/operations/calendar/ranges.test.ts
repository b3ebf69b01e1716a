import { describe, expect, it } from "vitest";
import { daysLater, rangeOf } from "./ranges.js";

describe("daysLater", () => {
  it.each([
    ["today", 1, "today+1"],
    ["today-2", 2, "today"],
    ["today-9", 7, "today-2"],
    ["today+1 09:00", 7, "today+8 09:00"],
    ["tomorrow 09:00", 7, "today+8 09:00"],
    ["yesterday", 1, "today"],
    ["2026-12-31", 1, "2027-01-01"],
    ["20240228", 1, "2024-02-29"],
    ["2026-11-24T09:00:00+01:00", 7, "2026-12-01T09:00:00+01:00"],
  ])("makes of %s, %i days later, %s", (from, days, expected) => {
    expect(daysLater(from, days)).toBe(expected);
  });

  it("refuses a day that no month has", () => {
    expect(() => rangeOf({ from: "2026-13-01" }, 1)).toThrow(
      expect.objectContaining({ code: "request.invalid", details: { field: "from" } }) as Error,
    );
  });
});
