import { describe, expect, it } from "vitest";
import { movedClock } from "../../../../test/support/moved-clock.js";
import { openWorld, withClient } from "../../../../test/support/world.js";
import type { Event, EventInput } from "../../../calendar/models.js";
import { timeRange } from "../../../calendar/time-range.js";
import { createCalendarClient } from "../../../integrations.js";
import type { SeedCalendar, SeedEvent } from "../../../sandbox/index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const now = Date.parse("2026-11-23T08:00:00Z");
const week = timeRange.between("2026-11-23", "2026-11-30");

/** Alice's and Bob's calendars, and Alice's client. */
async function calendars(
  events: SeedEvent[],
  options: { more?: SeedCalendar[]; timeZone?: string; access?: "read" } = {},
) {
  const clock = movedClock(now);
  const timeZone = options.timeZone ?? "Europe/Berlin";
  const seed = {
    users: [
      { email: alice, timeZone, calendars: [{ events }, ...(options.more ?? [])] },
      { email: bob, timeZone },
    ],
  };
  const world = await openWorld({ seed, clock });
  const signedIn = await world.signIn("google_calendar", alice, options.access ? { access: options.access } : {});
  const calendar = createCalendarClient("google_calendar", signedIn);
  return withClient(world, calendar, { calendar, signedIn });
}

const at = (start: string, end: string, more: object = {}): SeedEvent => ({
  summary: start,
  start: { dateTime: start, timeZone: "Europe/Berlin" },
  end: { dateTime: end, timeZone: "Europe/Berlin" },
  ...more,
});
const invitation = (more: object = {}): SeedEvent =>
  at("2026-11-25T14:00:00", "2026-11-25T15:00:00", {
    id: "meeting0001",
    summary: "Review",
    organizer: { email: bob },
    attendees: [
      { email: bob, responseStatus: "accepted" },
      { email: alice, responseStatus: "needsAction" },
      { email: "carol@elsewhere.example", responseStatus: "tentative", comment: "Late" },
    ],
    ...more,
  });
const titles = (events: readonly Event[]): string[] => events.map(({ title }) => title);

describe("getEvents", () => {
  it("gives zoned times with their offset and all-day dates as dates", async () => {
    await using c = await calendars([
      at("2026-11-24T09:00:00", "2026-11-24T10:00:00"),
      { summary: "Trip", start: { date: "2026-11-24" }, end: { date: "2026-11-27" } },
    ]);
    const [trip, meeting] = await c.calendar.getEvents(week);
    expect(trip).toMatchObject({ allDay: true, start: { date: "2026-11-24" }, end: { date: "2026-11-27" } });
    expect(meeting).toMatchObject({
      allDay: false,
      start: { dateTime: "2026-11-24T09:00:00+01:00", timeZone: "Europe/Berlin" },
      organizer: { email: alice, self: true },
    });
    const [, inTokyo] = await c.calendar.getEvents(week, { timeZone: "Asia/Tokyo" });
    expect(inTokyo?.start).toEqual({
      ...{ dateTime: "2026-11-24T09:00:00+01:00", timeZone: "Europe/Berlin", weekday: "Tuesday" },
      local: { dateTime: "2026-11-24T17:00:00+09:00", timeZone: "Asia/Tokyo", weekday: "Tuesday" },
    });
  });

  it("reads today in the calendar's zone, or the profile's, not in UTC", async () => {
    await using c = await calendars([at("2026-11-23T00:30:00", "2026-11-23T00:45:00")], { timeZone: "Europe/Berlin" });
    expect(await c.calendar.getEvents(timeRange.today())).toHaveLength(1);
    await c.credentials.storeCredentials("google_calendar", { userTimezone: "America/New_York" });
    await using newYork = createCalendarClient("google_calendar", c.signedIn);
    expect(await newYork.getEvents(timeRange.today())).toHaveLength(0);
    expect(await c.calendar.getEvents(timeRange.today({ timeZone: "UTC" }))).toHaveLength(0);
  });

  it("expands series at the same wall time on both sides of a change of clocks", async () => {
    await using c = await calendars([
      at("2026-10-23T09:00:00", "2026-10-23T09:30:00", {
        recurrence: ["RRULE:FREQ=DAILY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20261024T090000"],
      }),
    ]);
    const events = await c.calendar.getEvents(timeRange.between("2026-10-01", "2026-11-01"));
    expect(events.map(({ start }) => start.dateTime)).toEqual([
      "2026-10-23T09:00:00+02:00",
      "2026-10-25T09:00:00+01:00",
      "2026-10-26T09:00:00+01:00",
      "2026-10-27T09:00:00+01:00",
    ]);
    expect(new Set(events.map(({ seriesId }) => seriesId)).size).toBe(1);
    const series = await c.calendar.getEvents(timeRange.between("2026-10-01", "2026-11-01"), {
      expandRecurring: false,
    });
    expect(series).toMatchObject([{ recurrence: { lines: [expect.stringContaining("COUNT=5"), expect.anything()] } }]);
  });

  it("leaves out what was declined, unless asked", async () => {
    const attendees = [{ email: alice, responseStatus: "declined" }];
    await using c = await calendars([at("2026-11-24T09:00:00", "2026-11-24T10:00:00", { attendees })]);
    expect(await c.calendar.getEvents(week)).toEqual([]);
    expect(await c.calendar.getEvents(week, { includeDeclined: true })).toMatchObject([{ myResponse: "declined" }]);
  });

  it("merges calendars by start, and reports the one that cannot be read beside the others' events", async () => {
    const family = {
      id: "family@group.calendar.google.com",
      events: [at("2026-11-24T09:30:00", "2026-11-24T10:00:00")],
    };
    await using c = await calendars(
      [at("2026-11-24T10:00:00", "2026-11-24T11:00:00"), at("2026-11-24T09:00:00", "2026-11-24T11:00:00")],
      { more: [family] },
    );
    const calendarIds = ["primary", family.id];
    expect(titles(await c.calendar.getEvents(week, { calendarIds }))).toEqual([
      "2026-11-24T09:00:00",
      "2026-11-24T09:30:00",
      "2026-11-24T10:00:00",
    ]);
    const withMissing = [...calendarIds, "gone@group.calendar.google.com"];
    await expect(c.calendar.getEvents(week, { calendarIds: withMissing })).rejects.toMatchObject({
      code: "request.partial_failure",
      details: {
        events: { length: 3 },
        failures: [{ calendarId: "gone@group.calendar.google.com", code: "request.not_found" }],
      },
    });
    const page = await c.calendar.listEvents(week, { calendarIds: withMissing });
    expect([page.events.length, page.failures.length]).toEqual([3, 1]);
    await expect(c.calendar.getEvents(week, { calendarIds: ["gone@x"] })).rejects.toMatchObject({
      code: "request.not_found",
    });
  });

  it.each([
    timeRange.between("2026-11-24", "2026-11-23"),
    timeRange.between("soon", "2026-11-23"),
    timeRange.between("2026-11-23", "2026-11-24", { timeZone: "Mars/Base" }),
  ])("refuses the range %j", async (range) => {
    await using c = await calendars([]);
    await expect(c.calendar.getEvents(range)).rejects.toMatchObject({ code: "request.invalid" });
  });
});

describe("listEvents", () => {
  it("gives every event once over its pages, several at the same time included", async () => {
    const same = Array.from({ length: 7 }, () => at("2026-11-24T09:00:00", "2026-11-24T10:00:00"));
    await using c = await calendars([...same, at("2026-11-25T09:00:00", "2026-11-25T10:00:00")]);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await c.calendar.listEvents(week, { limit: 3, ...(cursor !== undefined && { cursor }) });
      ids.push(...page.events.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
  });

  it("gives cursors for the zone that they were made in, which decides where whole days stand", async () => {
    const day = { summary: "day", start: { date: "2026-11-25" }, end: { date: "2026-11-26" } };
    await using c = await calendars([day, at("2026-11-24T15:00:00", "2026-11-24T16:00:00")]);
    const range = timeRange.between("2026-11-23T00:00:00Z", "2026-11-28T00:00:00Z");
    const { cursor = "" } = await c.calendar.listEvents(range, { limit: 1, timeZone: "Pacific/Auckland" });
    const elsewhere = c.calendar.listEvents(range, { cursor, timeZone: "America/Los_Angeles" });
    await expect(elsewhere).rejects.toMatchObject({ code: "request.invalid" });
    expect((await c.calendar.listEvents(range, { cursor, timeZone: "Pacific/Auckland" })).events).toHaveLength(1);
  });
});

describe("createMyEvent", () => {
  it("creates what was asked for, with guests who get their copy and are told", async () => {
    await using c = await calendars([]);
    const { event, notified } = await c.calendar.createMyEvent(
      {
        title: "Coffee",
        start: "today+1 10:00",
        durationMinutes: 45,
        location: "Corner",
        attendees: [{ email: bob, name: "Bob", optional: true }],
        reminders: [{ method: "popup", minutesBefore: 5 }],
        busy: false,
      },
      { conference: true },
    );
    expect(event).toMatchObject({
      title: "Coffee",
      start: { dateTime: "2026-11-24T10:00:00+01:00", timeZone: "Europe/Berlin" },
      end: { dateTime: "2026-11-24T10:45:00+01:00" },
      attendees: [{ email: bob, optional: true, response: "needsAction" }],
      busy: false,
      conferenceUrl: expect.stringContaining("https://meet.google.com/") as string,
    });
    expect(notified).toEqual([bob]);
    expect(await c.calendar.getEvent(event)).toEqual(event);
    expect(c.sandbox.inspect.event(bob, "primary", event.id)).toMatchObject({ summary: "Coffee" });
  });

  it("keeps all-day events all-day", async () => {
    await using c = await calendars([]);
    const { event } = await c.calendar.createMyEvent({
      title: "Fair",
      start: "2026-12-01",
      end: { date: "2026-12-04" },
    });
    expect(event).toMatchObject({ allDay: true, start: { date: "2026-12-01" }, end: { date: "2026-12-04" } });
    const oneDay = await c.calendar.createMyEvent({ title: "Day", start: { date: "2026-12-01" } });
    expect(oneDay.event.end).toEqual({ date: "2026-12-02", weekday: "Wednesday" });
  });

  it("creates nothing twice when an answer is lost or the call is repeated with its key", async () => {
    await using c = await calendars([]);
    const event = { title: "Once", start: "2026-11-24T10:00", durationMinutes: 30 };
    const first = await c.calendar.createMyEvent(event, { idempotencyKey: "k1" });
    const again = await c.calendar.createMyEvent(event, { idempotencyKey: "k1" });
    expect(again.event.id).toBe(first.event.id);
    for (const other of [
      { ...event, title: "Other" },
      { ...event, attendees: [bob] },
    ]) {
      await expect(c.calendar.createMyEvent(other, { idempotencyKey: "k1" })).rejects.toMatchObject({
        code: "request.idempotency_mismatch",
      });
    }
    for (const options of [{ conference: true }, { notify: "none" as const }]) {
      const other = c.calendar.createMyEvent(event, { ...options, idempotencyKey: "k1" });
      await expect(other).rejects.toMatchObject({ code: "request.idempotency_mismatch" });
    }
    const sameCalendar = await c.calendar.createMyEvent(event, { calendarId: alice, idempotencyKey: "k1" });
    expect(sameCalendar.event.id).toBe(first.event.id);
    expect(c.sandbox.inspect.events(alice)).toHaveLength(1);
  });

  it.each([
    [{ title: " ", start: "2026-11-24", end: "2026-11-25" }, "title"],
    [{ title: "x", start: "2026-11-24T10:00" }, "end"],
    [{ title: "x", start: "2026-11-24T10:00", end: "2026-11-24T09:00" }, "end"],
    [{ title: "x", start: "2026-11-24T10:00", end: "2026-11-25" }, "end"],
    [{ title: "x", start: "2026-11-24", end: "2026-11-24" }, "end"],
    [{ title: "x", start: "2026-11-24", attendees: ["not an address"] }, "attendees"],
    [{ start: "2026-11-24" } as unknown as EventInput, "title"],
    [{ title: "x", start: 5 } as unknown as EventInput, "start"],
    [{ title: "x", start: "2026-11-24", when: "noon" } as EventInput, "when"],
  ])("refuses %j, naming the field, and writes nothing", async (event, field) => {
    await using c = await calendars([]);
    await expect(c.calendar.createMyEvent(event)).rejects.toMatchObject({
      code: "request.invalid",
      details: { field },
    });
    expect(c.sandbox.inspect.events(alice)).toEqual([]);
  });

  it("is refused to a client that may only read, before any network", async () => {
    await using c = await calendars([], { access: "read" });
    c.sandbox.clearRequests();
    await expect(c.calendar.createMyEvent({ title: "x", start: "2026-11-24" })).rejects.toMatchObject({
      code: "request.forbidden",
    });
    expect(c.sandbox.requests).toEqual([]);
  });
});

describe("respondToInvitation", () => {
  it("changes one's own answer, in everybody's copy, and no other byte", async () => {
    await using c = await calendars([
      invitation({ colorId: "7", unknownField: { kept: true }, conferenceData: { conferenceId: "x" } }),
    ]);
    const before = c.sandbox.inspect.event(alice, "primary", "meeting0001");
    const result = await c.calendar.respondToInvitation("meeting0001", { status: "accepted", comment: "See you" });
    expect(result.event.myResponse).toBe("accepted");
    expect(result.notified).toEqual([bob]);
    const attendees = before?.["attendees"] as Record<string, unknown>[];
    const wanted = {
      ...before,
      attendees: attendees.map((each) =>
        each["self"] ? { ...each, responseStatus: "accepted", comment: "See you" } : each,
      ),
    };
    const after = c.sandbox.inspect.event(alice, "primary", "meeting0001");
    expect({ ...after, etag: 0, updated: 0 }).toEqual({ ...wanted, etag: 0, updated: 0 });
    expect(c.sandbox.inspect.event(bob, "primary", "meeting0001")?.["attendees"]).toContainEqual({
      email: alice,
      responseStatus: "accepted",
      comment: "See you",
    });
  });

  it("keeps an earlier comment when none is given, and takes the bare word", async () => {
    await using c = await calendars([invitation()]);
    await c.calendar.respondToInvitation("meeting0001", { status: "tentative", comment: "Perhaps" });
    const { event } = await c.calendar.respondToInvitation("meeting0001", "declined");
    expect(event.attendees.find(({ self }) => self)).toMatchObject({ response: "declined", comment: "Perhaps" });
  });

  it("answers one occurrence, or the whole series when asked", async () => {
    await using c = await calendars([invitation({ recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] })]);
    const range = timeRange.between("2026-11-25", "2026-11-30");
    const [, second] = await c.calendar.getEvents(range);
    await c.calendar.respondToInvitation(second ?? "", "accepted");
    const responses = async (): Promise<unknown[]> =>
      (await c.calendar.getEvents(range)).map(({ myResponse }) => myResponse);
    expect(await responses()).toEqual(["needsAction", "accepted", "needsAction"]);
    await c.calendar.respondToInvitation(second ?? "", "tentative", { scope: "all" });
    expect(await responses()).toEqual(["tentative", "accepted", "tentative"]);
  });

  it("reads again and answers when somebody changes the event meanwhile", async () => {
    await using c = await calendars([invitation()]);
    const changed = { error: { code: 412, message: "Precondition Failed", errors: [{ reason: "conditionNotMet" }] } };
    c.sandbox.failNext({ method: "calendar.events.update", times: 2, respond: { status: 412, body: changed } });
    await expect(c.calendar.respondToInvitation("meeting0001", "accepted")).resolves.toMatchObject({
      event: { myResponse: "accepted" },
    });
  });

  it("gets through an outage while it writes", async () => {
    await using c = await calendars([invitation()]);
    c.sandbox.failNext({ method: "calendar.events.update", respond: { status: 503, body: { error: { code: 503 } } } });
    await expect(c.calendar.respondToInvitation("meeting0001", "accepted")).resolves.toMatchObject({
      event: { myResponse: "accepted" },
    });
  });

  it("does not answer what was cancelled", async () => {
    await using c = await calendars([invitation({ status: "cancelled" })]);
    await expect(c.calendar.respondToInvitation("meeting0001", "accepted")).rejects.toMatchObject({
      code: "request.not_found",
      message: expect.stringContaining("cancelled") as string,
    });
    expect(c.sandbox.requests.map(({ method }) => method)).not.toContain("calendar.events.update");
  });

  it("fails before it writes, not after", async () => {
    await using c = await calendars([invitation()]);
    c.sandbox.failNext({ method: "calendar.calendarList.get", respond: { status: 403, body: {} } });
    await expect(c.calendar.respondToInvitation("meeting0001", "accepted")).rejects.toBeInstanceOf(Error);
    expect(c.sandbox.inspect.event(alice, "primary", "meeting0001")).toMatchObject({
      attendees: [{}, { responseStatus: "needsAction" }, {}],
    });
  });

  it("refuses what one is not invited to, and an answer that is none", async () => {
    await using c = await calendars([at("2026-11-24T09:00:00", "2026-11-24T10:00:00", { id: "mine0001" })]);
    await expect(c.calendar.respondToInvitation("mine0001", "accepted")).rejects.toMatchObject({
      code: "request.not_invited",
    });
    const wrong = "perhaps" as "accepted";
    await expect(c.calendar.respondToInvitation("mine0001", wrong)).rejects.toMatchObject({ code: "request.invalid" });
    await expect(c.calendar.respondToInvitation("gone0001", "accepted")).rejects.toMatchObject({
      code: "request.not_found",
    });
    for (const nothing of ["", undefined, {}, 7]) {
      await expect(c.calendar.getEvent(nothing as string)).rejects.toMatchObject({ code: "request.invalid" });
    }
  });
});

describe("getCalendars", () => {
  it("lists the main calendar first, with its zone and role", async () => {
    await using c = await calendars([], { more: [{ id: "holidays@x", summary: "Holidays", accessRole: "reader" }] });
    expect(await c.calendar.getCalendars()).toMatchObject([
      { id: alice, primary: true, accessRole: "owner", timeZone: "Europe/Berlin" },
      { id: "holidays@x", name: "Holidays", primary: false, accessRole: "reader" },
    ]);
  });
});
