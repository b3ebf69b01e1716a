import { describe, expect, it } from "vitest";
import { movedClock } from "../../../../test/support/moved-clock.js";
import { openWorld, withClient } from "../../../../test/support/world.js";
import type { AvailabilityQuery, AvailableSlot } from "../../../calendar/availability-models.js";
import { timeRange } from "../../../calendar/time-range.js";
import { createCalendarClient } from "../../../integrations.js";
import type { SeedCalendar, SeedEvent } from "../../../sandbox/index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const stranger = "stranger@elsewhere.example";
const timeZone = "Europe/Berlin";

const at = (start: string, end: string, more: object = {}): SeedEvent => ({
  summary: "Something",
  start: { dateTime: `2026-11-25T${start}:00`, timeZone },
  end: { dateTime: `2026-11-25T${end}:00`, timeZone },
  ...more,
});

async function planning({
  events = [],
  bobs = [],
  more = [],
}: {
  events?: SeedEvent[];
  bobs?: SeedEvent[];
  more?: SeedCalendar[];
}) {
  const users = [
    { email: alice, timeZone, calendars: [{ events }, ...more] },
    { email: bob, timeZone: "America/New_York", calendars: [{ events: bobs }] },
    { email: stranger },
  ];
  const world = await openWorld({ seed: { users }, clock: movedClock(Date.parse("2026-11-23T08:00:00Z")) });
  const calendar = createCalendarClient("google_calendar", await world.signIn("google_calendar", alice));
  await calendar.connect();
  world.sandbox.clearRequests();
  return withClient(world, calendar, { calendar });
}

const query = (more: Partial<AvailabilityQuery> = {}): AvailabilityQuery => ({
  range: timeRange.between("2026-11-25", "2026-11-26"),
  durationMinutes: 60,
  limit: 100,
  ...more,
});
/** In order of time. */
const clocks = (slots: readonly AvailableSlot[]): string[] =>
  slots.map(({ start }) => start.dateTime.slice(11, 16)).sort();

describe("findAvailableSlots", () => {
  it("gives what is left of the working day, in the calendar's zone", async () => {
    await using c = await planning({ events: [at("09:00", "12:00"), at("10:00", "11:00"), at("13:30", "16:00")] });
    const slots = await c.calendar.findAvailableSlots(query());
    expect(clocks(slots)).toEqual(["12:00", "12:30", "16:00"]);
    expect(slots[0]).toMatchObject({
      start: { dateTime: "2026-11-25T12:00:00+01:00", timeZone, weekday: "Wednesday" },
      end: { dateTime: "2026-11-25T13:00:00+01:00" },
      confidence: 1,
      people: [{ email: "me", optional: false, state: "free" }],
    });
  });

  it("finds times for people in several zones, each within their own hours", async () => {
    await using c = await planning({ bobs: [at("15:00", "16:30")] });
    const slots = await c.calendar.findAvailableSlots(
      query({ people: [{ email: bob, timeZone: "America/New_York", workingHours: { start: "08:00", end: "16:00" } }] }),
    );
    expect(clocks(slots)).toEqual(["14:00"]);
    expect(slots[0]?.people).toEqual([
      expect.objectContaining({ email: "me" }),
      {
        email: bob,
        optional: false,
        state: "free",
        local: { dateTime: "2026-11-25T08:00:00-05:00", timeZone: "America/New_York", weekday: "Wednesday" },
      },
    ]);
  });

  it("never calls somebody free who cannot be read", async () => {
    await using c = await planning({});
    const [slot] = await c.calendar.findAvailableSlots(query({ people: [bob, stranger] }));
    expect(slot).toMatchObject({
      confidence: 2 / 3,
      people: [{ state: "free" }, { state: "free" }, { email: stranger, state: "unknown" }],
      reasons: expect.arrayContaining([expect.stringContaining(`Whether ${stranger} is free is unknown`)]) as unknown,
    });
    const [without] = await c.calendar.findAvailableSlots(query({ people: [bob] }));
    expect(without?.score).toBeGreaterThan(slot?.score ?? 1);
  });

  it("ranks lower where somebody optional is busy, and rules nothing out for it", async () => {
    await using c = await planning({ bobs: [at("09:00", "16:00")] });
    const slots = await c.calendar.findAvailableSlots(query({ people: [{ email: bob, optional: true }] }));
    expect(slots).toHaveLength(15);
    expect(slots[0]).toMatchObject({ start: { dateTime: "2026-11-25T16:00:00+01:00" } });
    expect(slots[1]?.reasons).toContain("1 of 1 optional people may not come: bob@example.com is busy.");
  });

  it("counts tentative and all-day events of this account as it is told to", async () => {
    const invited = { organizer: { email: bob }, attendees: [{ email: bob }, { email: alice }] };
    const allDay = { summary: "Fair", start: { date: "2026-11-25" }, end: { date: "2026-11-26" } };
    await using c = await planning({
      events: [at("09:00", "12:00", invited), { ...allDay, transparency: "transparent" }],
    });
    expect(await c.calendar.findAvailableSlots(query())).toHaveLength(9);
    expect(await c.calendar.findAvailableSlots(query({ allDay: "busy" }))).toHaveLength(0);
    const loose = await c.calendar.findAvailableSlots(query({ tentative: "free" }));
    expect(loose).toHaveLength(15);
    expect(loose.at(-1)).toMatchObject({ people: [{ state: "tentative" }] });
    expect(loose.at(-1)?.reasons).toContain("This account has something tentative then.");
  });

  it("has this account's whole days where its calendar is, whatever zone slots are told in", async () => {
    const allDay = { summary: "Fair", start: { date: "2026-11-25" }, end: { date: "2026-11-26" } };
    await using c = await planning({ events: [{ ...allDay, transparency: "opaque" }] });
    const zoned = query({ timeZone: "Asia/Tokyo", workingHours: "any", stepMinutes: 60 });
    const slots = await c.calendar.findAvailableSlots(zoned);
    expect(clocks(slots)).toEqual(["00:00", "01:00", "02:00", "03:00", "04:00", "05:00", "06:00", "07:00"]);
    expect(slots[0]?.start.timeZone).toBe("Asia/Tokyo");
  });

  it("leaves out what was declined, and looks into all calendars that are named", async () => {
    const declined = {
      organizer: { email: bob },
      attendees: [{ email: bob }, { email: alice, responseStatus: "declined" }],
    };
    const family = { id: "family@group.calendar.google.com", events: [at("09:00", "17:00")] };
    await using c = await planning({ events: [at("09:00", "17:00", declined)], more: [family] });
    expect(await c.calendar.findAvailableSlots(query())).toHaveLength(15);
    const calendarIds = ["primary", family.id];
    expect(await c.calendar.findAvailableSlots(query({ calendarIds }))).toEqual([]);
    const [slot] = await c.calendar.findAvailableSlots(query({ calendarIds: ["primary", "gone@x"] }));
    expect(slot).toMatchObject({ confidence: 0, people: [{ state: "unknown" }] });
    await expect(c.calendar.findAvailableSlots(query({ calendarIds: ["gone@x"] }))).rejects.toMatchObject({
      code: "request.not_found",
    });
  });

  it("keeps buffers also against meetings outside the range and the working hours", async () => {
    await using c = await planning({ events: [at("08:30", "09:00"), at("17:00", "18:00")] });
    const range = timeRange.between("2026-11-25T09:00", "2026-11-25T17:00");
    const slots = await c.calendar.findAvailableSlots(
      query({ range, bufferBeforeMinutes: 15, bufferAfterMinutes: 30 }),
    );
    expect([clocks(slots)[0], clocks(slots).at(-1)]).toEqual(["09:30", "15:30"]);
  });

  it("offers nothing that is past or too soon", async () => {
    await using c = await planning({});
    const today = query({ range: timeRange.today() });
    expect(clocks(await c.calendar.findAvailableSlots(today))[0]).toBe("09:00");
    const soon = await c.calendar.findAvailableSlots({ ...today, minimumNoticeMinutes: 6 * 60 });
    expect(clocks(soon)).toEqual(["15:00", "15:30", "16:00"]);
  });

  it("puts preferred times first and gives no more than are asked for", async () => {
    await using c = await planning({});
    const slots = await c.calendar.findAvailableSlots(
      query({ preferredTimes: [{ start: "14:00", end: "16:00" }], limit: 3 }),
    );
    expect(slots.map(({ start }) => start.dateTime.slice(11, 16))).toEqual(["14:00", "14:30", "15:00"]);
    expect(slots[0]?.reasons).toContain("It is within the preferred times.");
  });

  it("takes this account under its own address for itself, also as somebody optional", async () => {
    await using c = await planning({ events: [at("09:00", "17:00")] });
    const slots = await c.calendar.findAvailableSlots(
      query({ people: [{ email: "Alice@example.com", optional: true }] }),
    );
    expect(slots).toHaveLength(47);
    const atTen = slots.find(({ start }) => start.dateTime.includes("T10:00"));
    expect(atTen?.people).toMatchObject([{ email: "me", optional: true, state: "busy" }]);
  });

  it("reads this account's events and other people's busy times at once", async () => {
    await using c = await planning({});
    await c.calendar.findAvailableSlots(query({ people: [bob, stranger] }));
    expect(c.sandbox.requests.map(({ method }) => method).sort()).toEqual([
      "calendar.events.list",
      "calendar.freebusy.query",
    ]);
  });

  it("counts wall times as they are on days when clocks change", async () => {
    await using c = await planning({});
    const range = timeRange.between("2027-03-28", "2027-03-29");
    const days = ["Sunday" as const];
    const night = await c.calendar.findAvailableSlots(
      query({ range, workingHours: { days, start: "01:00", end: "04:00" }, stepMinutes: 60 }),
    );
    expect(night.map(({ start }) => start.dateTime).sort()).toEqual([
      "2027-03-28T01:00:00+01:00",
      "2027-03-28T03:00:00+02:00",
    ]);
  });

  it.each<[string, Partial<AvailabilityQuery>]>([
    ["a zone that is none", { timeZone: "Mars/Base" }],
    ["a person's zone that is none", { people: [{ email: bob, timeZone: "Mars/Base" }] }],
    ["more than a year", { range: timeRange.between("2026-01-01", "2028-01-01") }],
    ["an hour that is none", { workingHours: { start: "25:00" } }],
    ["no duration", { durationMinutes: 0 }],
  ])("refuses %s", async (_, more) => {
    await using c = await planning({});
    await expect(c.calendar.findAvailableSlots(query(more))).rejects.toMatchObject({ code: "request.invalid" });
  });
});

describe("explainAvailability", () => {
  it("says for each day what rules starts out, what rules out most first", async () => {
    await using c = await planning({ events: [at("09:00", "16:30")], bobs: [at("12:00", "17:00")] });
    const range = timeRange.between("2026-11-25", "2026-11-27");
    const [busy, free] = await c.calendar.explainAvailability(query({ range, people: [bob] }));
    expect(busy).toMatchObject({
      day: { date: "2026-11-25", weekday: "Wednesday" },
      slots: 0,
      obstacles: [
        { kind: "outside_hours", email: "me", starts: 33 },
        { kind: "outside_hours", email: bob, starts: 33 },
        {
          kind: "busy",
          email: "me",
          starts: 16,
          message: "This account is busy at all 15 starts between 09:00 and 16:00 that are within everybody's hours.",
        },
        {
          kind: "busy",
          email: bob,
          starts: 11,
          message: "bob@example.com is busy at 11 of the day's 48 starts, between 11:30 and 16:30.",
        },
      ],
    });
    expect(free).toMatchObject({
      day: { date: "2026-11-26" },
      slots: 15,
      obstacles: [
        {
          kind: "outside_hours",
          email: "me",
          message: "The working hours of this account leave out 32 of the day's 48 starts.",
        },
        { kind: "outside_hours", email: bob },
        { kind: "range", starts: 1 },
      ],
    });
  });

  it("tells buffers, notice and the range's ends apart", async () => {
    await using c = await planning({});
    const range = timeRange.between("today", "today+1 00:00");
    const query_ = query({ range, workingHours: "any", minimumNoticeMinutes: 60 });
    const [today] = await c.calendar.explainAvailability(query_);
    expect(today).toMatchObject({
      slots: 27,
      obstacles: [
        { kind: "notice", starts: 20, message: "It is too late for 20 of the day's 48 starts." },
        { kind: "range", starts: 1 },
      ],
    });
  });
});
