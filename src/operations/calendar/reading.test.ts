import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alice, alicesCalendars, berlin, fromBob } from "../../../test/support/alices-calendars.js";
import { calendarClient } from "../../../test/support/google-clients.js";
import { runOperation, streamOperation } from "../../../test/support/run-operation.js";

const team = "team@group.calendar.google.com";
const hidden = "hidden@group.calendar.google.com";
const full = "full@group.calendar.google.com";
const events = [
  berlin("2026-11-23T10:00", { id: "standup01", summary: "Standup", location: "Harbour" }),
  berlin("2026-11-23T14:00", { id: "declined1", summary: "No thanks", ...fromBob("declined") }),
  berlin("2026-11-24T09:00", { id: "invited01", summary: "Review", ...fromBob() }),
  berlin("2026-11-25T09:00", { id: "weekly001", summary: "Weekly", recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] }),
];
const more = [
  {
    id: team,
    summary: "Team",
    events: [berlin("2026-11-23T16:00", { id: "teamevent", summary: "Retro" })],
  },
  {
    id: hidden,
    summary: "Hidden",
    events: [berlin("2026-11-23T17:00", { id: "hiddenone", summary: "Hidden" })],
  },
  { id: full, summary: "Full", events: Array.from({ length: 256 }, () => berlin("2027-06-01T09:00")) },
];

let world: Awaited<ReturnType<typeof alicesCalendars>>;
beforeAll(async () => {
  world = await alicesCalendars(events, more);
  const { calendarList } = calendarClient(world.sandbox, alice);
  const shown = [team, hidden, full].map((calendarId) => ({
    calendarId,
    requestBody: { selected: calendarId === team },
  }));
  for (const each of shown) await calendarList.patch(each);
});
afterAll(() => world[Symbol.asyncDispose]());

const run = (name: string, input?: object): Promise<Record<string, unknown>> =>
  runOperation({ client: world.calendar }, `calendar.${name}`, input);
const stream = (name: string, input?: object): Promise<unknown[]> =>
  streamOperation({ client: world.calendar }, `calendar.${name}`, input);
const titled = (...titles: string[]): unknown => titles.map((title) => expect.objectContaining({ title }) as unknown);

describe("calendar.agenda", () => {
  it("shows today in the calendars that the person looks at, without what was declined", async () => {
    const agenda = await run("agenda");
    expect(agenda).toEqual({
      events: titled("Standup", "Retro"),
      failures: [],
      range: { start: "today", end: "today+1" },
    });
  });

  it("begins when it is told to, for as many days, in calendars that are named", async () => {
    const asked = { from: "2026-11-24", days: 2, calendars: ["primary"], timeZone: "Asia/Tokyo" };
    expect(await run("agenda", asked)).toEqual({
      events: titled("Review", "Weekly"),
      failures: [],
      range: { start: "2026-11-24", end: "2026-11-26", timeZone: "Asia/Tokyo" },
    });
    expect(await run("agenda", { from: "today-1 12:00", days: 1 })).toMatchObject({
      range: { start: "today-1 12:00", end: "today 12:00" },
    });
  });

  it("tells which calendars it could not read", async () => {
    expect(await run("agenda", { calendars: ["primary", "nobody@nowhere.example"] })).toMatchObject({
      events: titled("Standup"),
      failures: [{ calendarId: "nobody@nowhere.example", code: "request.not_found" }],
    });
  });
});

describe("calendar.events", () => {
  it("gives a page of a range, and the next one by its cursor", async () => {
    const page = await run("events", { to: "today+3", limit: 2, declined: true });
    expect(page["events"]).toEqual(titled("Standup", "No thanks"));
    const next = await run("events", { to: "today+3", limit: 2, declined: true, cursor: page["cursor"] });
    expect(next).toEqual({ events: titled("Review", "Weekly"), failures: [] });
  });

  it("gives series as such when asked, and a week from a day on by default", async () => {
    expect((await run("events", { from: "2026-11-25", series: true }))["events"]).toMatchObject([
      { title: "Weekly", recurrence: { lines: ["RRULE:FREQ=WEEKLY;COUNT=3"] } },
    ]);
  });

  it("streams a whole range, or as many events as are wanted", async () => {
    expect(await stream("events")).toEqual(titled("Standup", "Review", "Weekly"));
    expect(await stream("events", { limit: 1 })).toEqual(titled("Standup"));
  });

  it("streams over several pages", async () => {
    const asked = { from: "2027-06-01", calendars: [full] };
    const all = (await run("events", asked))["events"] as unknown[];
    expect(all).toHaveLength(256);
    expect(await stream("events", asked)).toEqual(all);
    expect(await stream("events", { ...asked, limit: 255 })).toEqual(all.slice(0, 255));
  });

  it("tells clients of a call only what they know of it", async () => {
    const { signal } = new AbortController();
    const call = { client: world.calendar, signal, stop: signal };
    expect(await runOperation(call, "calendar.events", { limit: 1 })).toMatchObject({ events: titled("Standup") });
    const ended = runOperation({ ...call, signal: AbortSignal.abort("enough") }, "calendar.agenda");
    await expect(ended).rejects.toBe("enough");
  });

  it("ends a stream with what it could not read", async () => {
    const streaming = stream("events", { calendars: ["primary", "nobody@nowhere.example"] });
    await expect(streaming).rejects.toMatchObject({
      code: "request.partial_failure",
      details: { failures: [{ calendarId: "nobody@nowhere.example" }] },
    });
  });
});

describe("calendar.search", () => {
  it("finds by words, by people and by answers", async () => {
    expect(await run("search", { query: "harbour" })).toEqual({ events: titled("Standup"), failures: [] });
    expect(await run("search", { organizer: "bob", answer: "needsAction" })).toMatchObject({
      events: titled("Review"),
    });
    expect(await run("search", { query: "weekly", from: "today+7" })).toMatchObject({
      events: titled("Weekly", "Weekly"),
    });
    expect(await stream("search", { query: "weekly", limit: 2 })).toEqual(titled("Weekly", "Weekly"));
  });

  it("asks what to look for", async () => {
    await expect(run("search", { from: "today" })).rejects.toMatchObject({
      code: "request.invalid",
      details: { field: "query" },
    });
  });
});

describe("reading single things", () => {
  it("shows an event, its permissions, the occurrences of a series, and the calendars", async () => {
    expect(await run("show", { id: "standup01", timeZone: "Asia/Tokyo" })).toMatchObject({
      event: { title: "Standup", start: { local: { timeZone: "Asia/Tokyo" } } },
    });
    expect(await run("show", { id: "teamevent", calendar: team })).toMatchObject({ event: { title: "Retro" } });
    expect(await run("permissions", { id: "invited01" })).toMatchObject({ permissions: { role: "attendee" } });
    expect((await run("occurrences", { id: "weekly001" }))["events"]).toHaveLength(3);
    expect((await run("occurrences", { id: "weekly001", to: "today+7" }))["events"]).toHaveLength(1);
    expect(await run("calendars")).toMatchObject({
      calendars: [{ id: alice, primary: true }, { id: team }, { id: hidden }, { id: full }],
    });
  });
});
