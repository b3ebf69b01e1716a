import { describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { loadZonedTime } from "../../core/zoned-time.js";
import { explainSlots } from "./explain-slots.js";
import { findSlots } from "./find-slots.js";
import type { RequestedPerson, SlotRequest, TakenTime } from "./slot-request.js";

const time = await loadZonedTime(movedClock());
const minuteMs = 60_000;
const day = "2026-11-25";
const ms = (clock: string): number => Date.parse(`${day}T${clock}:00Z`);

const person = (email: string, more: Partial<RequestedPerson> = {}): RequestedPerson => ({
  email,
  optional: false,
  timeZone: "UTC",
  workingHours: {},
  taken: [],
  ...more,
});
const taken = (start: string, end: string, more: Partial<TakenTime> = {}): TakenTime => ({
  startMs: ms(start),
  endMs: ms(end),
  busy: true,
  tentative: false,
  allDay: false,
  ...more,
});
const request = (people: RequestedPerson[], more: Partial<SlotRequest> = {}): SlotRequest => ({
  range: { startMs: ms("00:00"), endMs: ms("00:00") + 24 * 60 * minuteMs },
  durationMs: 60 * minuteMs,
  stepMinutes: 60,
  timeZone: "UTC",
  nowMs: 0,
  minimumNoticeMs: 0,
  bufferBeforeMs: 0,
  bufferAfterMs: 0,
  people,
  preferredTimes: [],
  tentative: "busy",
  allDay: "as_marked",
  limit: 100,
  ...more,
});
const hours = (found: { start: { dateTime: string } }[]): number[] =>
  found.map(({ start }) => Number(start.dateTime.slice(11, 13)));

describe("findSlots", () => {
  it("ranks equally good ones by their start, and gives them in the same order whoever stands first", () => {
    const people = [person("a"), person("b", { taken: [taken("12:00", "13:00")] })];
    const found = findSlots(time, request(people));
    expect(hours(found)).toEqual([9, 10, 14, 15, 16, 11, 13]);
    expect(hours(findSlots(time, request([...people].reverse())))).toEqual(hours(found));
  });

  it("says which meeting is close", () => {
    const found = findSlots(time, request([person("a", { taken: [taken("12:00", "12:45")] })]));
    const reasons = (hour: number): string[] => found[hours(found).indexOf(hour)]?.reasons ?? [];
    expect(reasons(13)).toEqual(["Everybody required is free.", "a has a meeting 15 minutes before it."]);
    expect(reasons(11)).toContain("a has a meeting right after it.");
    expect(reasons(9)).toContain("Nobody required has a meeting close to it.");
  });

  it("rules out what is known of somebody else than all", () => {
    const group = person("group", { unknown: "One of them cannot be read.", taken: [taken("09:00", "16:00")] });
    expect(findSlots(time, request([group]))).toMatchObject([
      { start: { dateTime: `${day}T16:00:00+00:00` }, confidence: 0, people: [{ state: "unknown" }] },
    ]);
  });

  it("tells what optional people do, and ranks them by how likely they come", () => {
    const people = [
      person("a"),
      person("b", {
        optional: true,
        workingHours: { start: "10:00", end: "17:00" },
        taken: [taken("11:00", "12:00"), taken("12:00", "13:00", { tentative: true })],
      }),
    ];
    const found = findSlots(time, request(people, { range: { startMs: ms("09:00"), endMs: ms("14:00") } }));
    expect(found.map(({ people: [, b] }) => b?.state)).toEqual(["free", "free", "tentative", "outside_hours", "busy"]);
    expect(hours(found)).toEqual([10, 13, 12, 9, 11]);
  });

  it("has preferred times on some days only", () => {
    const preferredTimes = [{ start: "14:00", end: "15:30", days: ["Thursday" as const] }];
    const range = { startMs: ms("00:00"), endMs: ms("00:00") + 48 * 60 * minuteMs };
    const [first, second] = findSlots(time, request([person("a")], { preferredTimes, range }));
    expect(first).toMatchObject({ start: { dateTime: "2026-11-26T14:00:00+00:00" }, score: 1 });
    expect(second?.reasons).toContain("It is partly within the preferred times.");
  });

  it("finds times when nobody is required", () => {
    const found = findSlots(time, request([], { limit: 3 }));
    expect(found).toMatchObject([{ score: 1, confidence: 1, people: [] }, {}, {}]);
  });

  it("takes all-day times as the policy says, tentative or not", () => {
    const count = (more: Partial<TakenTime>, policy: Partial<SlotRequest>): number =>
      findSlots(time, request([person("a", { taken: [taken("00:00", "23:59", { allDay: true, ...more })] })], policy))
        .length;
    expect(count({}, {})).toBe(0);
    expect(count({ busy: false }, {})).toBe(8);
    expect(count({ busy: false }, { allDay: "busy" })).toBe(0);
    expect(count({}, { allDay: "free" })).toBe(8);
    expect(count({ tentative: true }, { allDay: "busy", tentative: "free" })).toBe(8);
  });
});

describe("explainSlots", () => {
  it("counts what rules a start out each for itself", () => {
    const people = [
      person("a", { taken: [taken("09:00", "12:00"), taken("14:00", "15:00", { tentative: true })] }),
      person("b", { taken: [taken("12:30", "13:00")] }),
    ];
    const [found] = explainSlots(time, request(people, { bufferAfterMs: 30 * minuteMs }));
    expect(found).toMatchObject({ day: { date: day, weekday: "Wednesday" }, slots: 2 });
    expect(found?.obstacles.map(({ kind, email, starts }) => [kind, email, starts])).toEqual([
      ["outside_hours", "a", 16],
      ["outside_hours", "b", 16],
      ["busy", "a", 3],
      ["buffer", "a", 2],
      ["busy", "b", 1],
      ["tentative", "a", 1],
    ]);
  });

  it("has an entry for each day of the range and none for the day that it only ends at", () => {
    const range = { startMs: ms("12:00"), endMs: ms("00:00") + 48 * 60 * minuteMs };
    const found = explainSlots(time, request([person("a")], { range }));
    expect(found.map(({ day: { date }, slots }) => [date, slots])).toEqual([
      ["2026-11-25", 5],
      ["2026-11-26", 8],
    ]);
    expect(found[0]?.obstacles).toContainEqual({
      kind: "range",
      starts: 12,
      message: "The range leaves no room for 12 of the day's 24 starts.",
    });
  });
});
