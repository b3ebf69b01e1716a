import { describe, expect, it } from "vitest";
import { movedClock } from "../../../../test/support/moved-clock.js";
import { openWorld, withClient } from "../../../../test/support/world.js";
import type { ConflictInfo, EventInput } from "../../../calendar/models.js";
import { createCalendarClient } from "../../../integrations.js";
import type { SeedCalendar, SeedEvent } from "../../../sandbox/index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const carol = "carol@example.com";
const timeZone = "Europe/Berlin";
const now = Date.parse("2026-11-23T08:00:00Z");

/** Alice's client; Bob shows her when he is busy, Carol everything, and nobody else anything. */
async function planning(events: {
  alice?: SeedEvent[];
  bob?: SeedEvent[];
  carol?: SeedEvent[];
  more?: SeedCalendar[];
}) {
  const seed = {
    users: [
      { email: alice, timeZone, calendars: [{ events: events.alice ?? [] }, ...(events.more ?? [])] },
      { email: bob, timeZone, calendars: [{ events: events.bob ?? [] }] },
      {
        email: carol,
        timeZone,
        calendars: [{ events: events.carol ?? [], share: [{ email: alice, role: "reader" as const }] }],
      },
    ],
  };
  const world = await openWorld({ seed, clock: movedClock(now) });
  const calendar = createCalendarClient("google_calendar", await world.signIn("google_calendar", alice));
  await calendar.connect();
  world.sandbox.clearRequests();
  return withClient(world, calendar, { calendar });
}

const at = (start: string, end: string, more: object = {}): SeedEvent => ({
  summary: "Something",
  start: { dateTime: `2026-11-25T${start}:00`, timeZone },
  end: { dateTime: `2026-11-25T${end}:00`, timeZone },
  ...more,
});
const allDay = (start: string, end: string, more: object = {}): SeedEvent => ({
  summary: "Trip",
  start: { date: start },
  end: { date: end },
  ...more,
});
const plan = (more: Partial<EventInput> = {}): EventInput => ({
  title: "Planning",
  start: "2026-11-25T10:00",
  durationMinutes: 60,
  ...more,
});
const kinds = (conflicts: readonly ConflictInfo[]): string[] => conflicts.map(({ kind }) => kind);

describe("findConflicts for a new event", () => {
  it("names this account's events at that time, and the time that they share", async () => {
    await using c = await planning({
      alice: [
        at("09:00", "10:00", { summary: "Before" }),
        at("10:30", "12:00", { summary: "Review" }),
        at("11:00", "12:00", { summary: "After" }),
      ],
    });
    expect(await c.calendar.findConflicts(plan())).toEqual([
      {
        kind: "double_booking",
        message: '"Review" is on 2026-11-25 from 10:30 to 12:00.',
        start: "2026-11-25T10:30:00+01:00",
        end: "2026-11-25T11:00:00+01:00",
        event: expect.objectContaining({ title: "Review", calendarId: "primary" }) as unknown,
      },
    ]);
  });

  it("passes over what is free, declined or cancelled, and counts what is not accepted yet", async () => {
    const invited = (responseStatus: string, more: object = {}): SeedEvent =>
      at("10:00", "11:00", {
        summary: responseStatus,
        organizer: { email: bob },
        attendees: [{ email: bob }, { email: alice, responseStatus }],
        ...more,
      });
    await using c = await planning({
      alice: [
        at("10:00", "11:00", { transparency: "transparent" }),
        at("10:00", "11:00", { status: "cancelled" }),
        allDay("2026-11-25", "2026-11-26", { transparency: "transparent" }),
        invited("declined"),
        invited("tentative"),
      ],
    });
    expect(await c.calendar.findConflicts(plan())).toMatchObject([
      { kind: "double_booking", message: expect.stringContaining("not accepted yet") as string },
    ]);
  });

  it("takes whole days as they are in the calendar's zone", async () => {
    await using c = await planning({
      alice: [allDay("2026-11-24", "2026-11-26", { transparency: "opaque" }), allDay("2026-11-26", "2026-11-27")],
    });
    expect(await c.calendar.findConflicts(plan())).toMatchObject([
      { message: '"Trip" is all day from 2026-11-24 to 2026-11-25.', event: { start: { date: "2026-11-24" } } },
    ]);
    const fair = await c.calendar.findConflicts({ title: "Fair", start: "2026-11-26" });
    expect(fair).toMatchObject([{ message: '"Trip" is all day on 2026-11-26.' }]);
  });

  it("names people who are busy, and those of whom nobody knows", async () => {
    await using c = await planning({ bob: [at("10:30", "10:45"), at("10:40", "12:00")] });
    const attendees = [bob, { email: "ALICE@example.com" }, "stranger@elsewhere.example"];
    const conflicts = await c.calendar.findConflicts(plan({ attendees }));
    expect(conflicts).toEqual([
      {
        kind: "attendee_busy",
        message: "bob@example.com is busy on 2026-11-25 from 10:30 to 11:00.",
        start: "2026-11-25T10:30:00+01:00",
        end: "2026-11-25T11:00:00+01:00",
        attendee: bob,
      },
      {
        kind: "unreadable",
        message: expect.stringContaining("stranger@elsewhere.example") as string,
        attendee: "stranger@elsewhere.example",
      },
    ]);
  });

  it("tells times in the zone that is asked for, and has whole days where they are", async () => {
    const dentist = at("10:30", "12:00", { summary: "Dentist" });
    await using c = await planning({ alice: [dentist, allDay("2026-11-26", "2026-11-27")] });
    const inTokyo = plan({ start: "2026-11-26T05:00", timeZone: "Asia/Tokyo" });
    expect(await c.calendar.findConflicts(inTokyo)).toEqual([]);
    const late = plan({ start: "2026-11-25T10:00", durationMinutes: 14 * 60 });
    expect(await c.calendar.findConflicts(late, { timeZone: "America/New_York" })).toMatchObject([
      {
        message: '"Dentist" is on 2026-11-25 from 04:30 to 06:00.',
        start: "2026-11-25T04:30:00-05:00",
        event: { start: { timeZone, local: { dateTime: "2026-11-25T04:30:00-05:00" } } },
      },
    ]);
  });

  it("counts an event that stands in two calendars once, where it blocks the time", async () => {
    const both = { iCalUID: "both@example.com", summary: "Both" };
    const family = {
      id: "family@group.calendar.google.com",
      events: [at("10:00", "11:00", { ...both, id: "both0001" })],
    };
    const free = at("10:00", "11:00", { ...both, id: "both0002", transparency: "transparent" });
    await using c = await planning({ alice: [free], more: [family] });
    for (const calendarIds of [
      ["primary", family.id],
      [family.id, "primary"],
    ]) {
      expect(await c.calendar.findConflicts(plan(), { calendarIds })).toMatchObject([
        { kind: "double_booking", event: { calendarId: family.id } },
      ]);
    }
  });

  it("refuses a rule that is none", async () => {
    await using c = await planning({});
    const never = c.calendar.findConflicts(plan({ recurrence: { lines: ["RRULE:FREQ=SOMETIMES"] } }));
    await expect(never).rejects.toMatchObject({ code: "request.invalid" });
  });

  it("looks at the next twelve weeks of a series", async () => {
    const weekly = { lines: ["RRULE:FREQ=WEEKLY"] };
    const on = (date: string): SeedEvent => ({
      summary: date,
      start: { dateTime: `${date}T10:00:00`, timeZone },
      end: { dateTime: `${date}T11:00:00`, timeZone },
    });
    await using c = await planning({
      alice: [on("2026-12-02"), on("2026-12-03"), on("2027-05-05")],
      bob: [on("2026-12-09")],
    });
    const conflicts = await c.calendar.findConflicts(plan({ recurrence: weekly, attendees: [bob] }));
    expect(conflicts).toMatchObject([
      { kind: "double_booking", start: "2026-12-02T10:00:00+01:00" },
      { kind: "attendee_busy", start: "2026-12-09T10:00:00+01:00" },
    ]);
    expect(c.sandbox.requests).toHaveLength(2);
  });

  it("asks for everything at once", async () => {
    await using c = await planning({});
    await c.calendar.findConflicts(plan({ attendees: [bob, carol] }));
    expect(c.sandbox.requests.map(({ method }) => method).sort()).toEqual([
      "calendar.events.list",
      "calendar.freebusy.query",
    ]);
  });

  it("finds nothing in the way of an event that blocks no time", async () => {
    await using c = await planning({ alice: [at("10:00", "11:00")], bob: [at("10:00", "11:00")] });
    expect(await c.calendar.findConflicts(plan({ busy: false, attendees: [bob] }))).toEqual([]);
  });

  it("finds what says much the same at about that time", async () => {
    await using c = await planning({
      alice: [
        at("15:00", "16:00", { summary: "  PLANNING ", transparency: "transparent" }),
        at("15:00", "16:00", { summary: "Planning of something else" }),
      ],
    });
    expect(await c.calendar.findConflicts(plan({ busy: false }))).toMatchObject([
      { kind: "duplicate", similarity: 0.95, event: { title: "  PLANNING " } },
    ]);
    expect(await c.calendar.findConflicts(plan({ start: "2026-11-24T10:00" }))).toEqual([]);
  });

  it("looks into the calendars that are named, and says which of them it could not read", async () => {
    const family = { id: "family@group.calendar.google.com", events: [at("10:00", "11:00", { summary: "Dentist" })] };
    await using c = await planning({ more: [family] });
    expect(await c.calendar.findConflicts(plan())).toEqual([]);
    const calendarIds = ["primary", family.id, "gone@group.calendar.google.com"];
    expect(await c.calendar.findConflicts(plan(), { calendarIds })).toMatchObject([
      { kind: "double_booking", event: { title: "Dentist", calendarId: family.id } },
      { kind: "unreadable", message: expect.stringContaining("gone@") as string },
    ]);
    await expect(c.calendar.findConflicts(plan(), { calendarIds: ["gone@x"] })).rejects.toMatchObject({
      code: "request.not_found",
    });
  });
});

describe("findConflicts for an event that exists", () => {
  const meeting = (more: object = {}): SeedEvent =>
    at("10:00", "11:00", {
      id: "meeting0001",
      summary: "Meeting",
      attendees: [{ email: alice }, { email: bob }, { email: carol, responseStatus: "accepted" }],
      ...more,
    });

  it("is in nobody's way itself", async () => {
    await using c = await planning({ alice: [meeting()] });
    expect(await c.calendar.findConflicts("meeting0001")).toEqual([]);
  });

  it("finds other events at its time, in calendars that are shown with details also those of attendees", async () => {
    await using c = await planning({
      alice: [meeting(), at("10:30", "10:45")],
      carol: [at("10:00", "11:00", { summary: "Hidden behind it" }), at("11:00", "12:00")],
    });
    expect(await c.calendar.findConflicts("meeting0001")).toMatchObject([
      { kind: "double_booking", start: "2026-11-25T10:30:00+01:00" },
      { kind: "attendee_busy", attendee: carol, start: "2026-11-25T10:00:00+01:00", end: "2026-11-25T11:00:00+01:00" },
    ]);
  });

  it("takes an attendee who declined it as busy with something else", async () => {
    const attendees = [{ email: alice }, { email: bob, responseStatus: "declined" }, { email: carol }];
    await using c = await planning({ alice: [meeting({ attendees })], bob: [at("10:00", "11:00")] });
    expect(await c.calendar.findConflicts("meeting0001")).toEqual([]);
    const again = await c.calendar.findConflicts(plan({ attendees: [bob] }));
    expect(kinds(again)).toEqual(["double_booking", "attendee_busy"]);
  });

  it("takes busy times without events for the event itself, unless they reach beyond it", async () => {
    await using c = await planning({
      alice: [meeting()],
      carol: [at("11:00", "12:00", { summary: "Lunch" })],
    });
    const notFound = { status: 404, body: { error: { code: 404, message: "Not Found" } } };
    c.sandbox.failNext({ method: "calendar.events.list", after: 1, times: 2, respond: notFound });
    expect(await c.calendar.findConflicts("meeting0001")).toMatchObject([
      {
        kind: "unreadable",
        attendee: carol,
        message: expect.stringContaining("perhaps with another one") as string,
        start: "2026-11-25T10:00:00+01:00",
        end: "2026-11-25T11:00:00+01:00",
      },
    ]);
  });

  it("does not know whether an event without details was declined", async () => {
    await using c = await planning({ alice: [meeting()], bob: [at("10:30", "11:00"), at("11:00", "12:00")] });
    expect(await c.calendar.findConflicts("meeting0001")).toMatchObject([
      { kind: "unreadable", attendee: bob, start: "2026-11-25T10:30:00+01:00", end: "2026-11-25T11:00:00+01:00" },
    ]);
  });

  it("does not count its own series", async () => {
    const recurrence = ["RRULE:FREQ=DAILY;COUNT=3"];
    await using c = await planning({ alice: [meeting({ recurrence })] });
    const [, second] = await c.calendar.getEvents({ start: "2026-11-25", end: "2026-11-28" });
    expect(await c.calendar.findConflicts(second ?? "")).toEqual([]);
    expect(await c.calendar.findConflicts("meeting0001")).toEqual([]);
  });
});

describe("updateMyEvent", () => {
  it("does not find the event itself in the way of its new time, but what else people have then", async () => {
    const attendees = [{ email: alice, responseStatus: "accepted" }, { email: bob }, { email: carol }];
    await using c = await planning({
      alice: [at("10:00", "11:00", { id: "meeting0001", summary: "Meeting", attendees })],
      carol: [at("11:15", "12:00", { summary: "Lunch" })],
    });
    const move = { start: "2026-11-25T10:30" };
    const preview = await c.calendar.updateMyEvent("meeting0001", move, { dryRun: true });
    expect(preview).toMatchObject({ warnings: ["carol@example.com is busy on 2026-11-25 from 11:15 to 11:30."] });
    const { conflicts } = await c.calendar.updateMyEvent("meeting0001", move);
    expect(conflicts).toMatchObject([{ kind: "attendee_busy", attendee: carol, start: "2026-11-25T11:15:00+01:00" }]);
  });
});
