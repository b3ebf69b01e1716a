import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alicesCalendars, berlin, bob, fromBob } from "../../../test/support/alices-calendars.js";
import { runOperation } from "../../../test/support/run-operation.js";

const team = "team@group.calendar.google.com";
const events = [
  berlin("2026-11-24T09:00", { id: "planning1", summary: "Plan" }),
  berlin("2026-11-24T09:30", { id: "invited01", summary: "Review", ...fromBob() }),
];
const more = [{ id: team, summary: "Team", events: [berlin("2026-11-24T12:00", { summary: "Lunch" })] }];

let world: Awaited<ReturnType<typeof alicesCalendars>>;
beforeAll(async () => {
  world = await alicesCalendars(events, more);
});
afterAll(() => world[Symbol.asyncDispose]());

const run = (name: string, input?: object): Promise<Record<string, unknown>> =>
  runOperation({ client: world.calendar }, `calendar.${name}`, input);
const refused = (field: string): object => ({ code: "request.invalid", details: { field } });

describe("calendar.free", () => {
  it("is about oneself for a week, or about those who are named", async () => {
    const busy = [{ start: "2026-11-24T09:00:00+01:00", end: "2026-11-24T10:30:00+01:00" }];
    expect(await run("free")).toEqual({ freeBusy: [{ who: "me", status: "known", busy }] });
    const asked = {
      who: [bob, "jens@harbour.example"],
      from: "2026-11-24",
      to: "2026-11-25",
      timeZone: "Europe/Berlin",
    };
    expect(await run("free", asked)).toMatchObject({
      freeBusy: [
        { who: bob, status: "known" },
        { who: "jens@harbour.example", status: "unknown" },
      ],
    });
  });
});

describe("calendar.slots", () => {
  const day = { from: "2026-11-24", to: "2026-11-25" };
  const starts = ({ slots }: Record<string, unknown>): string[] =>
    (slots as { start: { dateTime: string } }[]).map(({ start }) => start.dateTime.slice(11, 16)).sort();

  it("finds half an hour in the coming week", async () => {
    expect((await run("slots"))["slots"]).toHaveLength(10);
  });

  it("keeps to all that is asked for", async () => {
    const asked = {
      ...{ ...day, minutes: 60, people: [bob], optionalPeople: ["carol@example.com"], timeZone: "Europe/Berlin" },
      ...{ hours: "09:00-14:00", weekdays: ["Tuesday"], step: 60, bufferBefore: 15, bufferAfter: 5, notice: 60 },
      ...{ prefer: ["13:00-14:00"], allDay: "free", calendars: ["primary", team], limit: 5 },
    };
    const found = await run("slots", asked);
    expect(starts(found)).toEqual([]);
    expect(starts(await run("slots", { ...asked, bufferAfter: 0 }))).toEqual(["11:00"]);
    expect(found).not.toHaveProperty("days");
  });

  it("takes all hours of some days, and times that were not firmly accepted", async () => {
    const asked = { ...day, minutes: 60, step: 60, limit: 24, hours: "any", weekdays: ["Tuesday"] };
    expect(starts(await run("slots", asked))).toHaveLength(22);
    expect(starts(await run("slots", { ...asked, tentativeFree: true }))).toHaveLength(23);
    expect(await run("slots", { ...asked, weekdays: ["Monday"] })).toEqual({ slots: [] });
    expect(starts(await run("slots", { ...day, hours: "any", limit: 100 }))).toHaveLength(45);
  });

  it("explains a day when asked", async () => {
    expect(await run("slots", { ...day, explain: true })).toMatchObject({
      days: [{ day: { date: "2026-11-24" }, obstacles: expect.any(Array) as unknown }],
    });
  });

  it("refuses what is no time zone, and a range that ends before it begins, naming the field", async () => {
    const backwards = { from: "today", to: "today-1" };
    for (const name of ["free", "slots", "events", "occurrences", "search", "invitations"]) {
      const needed = {
        ...(name === "occurrences" && { id: "planning1" }),
        ...(name === "search" && { query: "plan" }),
      };
      await expect(run(name, { ...needed, ...backwards }), name).rejects.toMatchObject(refused("to"));
      await expect(run(name, { ...needed, timeZone: "Mars" }), name).rejects.toMatchObject(refused("timeZone"));
    }
  });

  it("refuses a range of more than a year, naming its end", async () => {
    await expect(run("slots", { to: "today+400" })).rejects.toMatchObject(refused("to"));
  });
});

describe("calendar.conflicts", () => {
  it("tells what an event clashes with", async () => {
    expect(await run("conflicts", { id: "planning1", calendar: "primary", timeZone: "Asia/Tokyo" })).toMatchObject({
      conflicts: [{ kind: "double_booking", event: { title: "Review" }, start: "2026-11-24T17:30:00+09:00" }],
    });
  });

  it("tells what a planned one would clash with, in the calendars that are named", async () => {
    const planned = { start: "2026-11-24 12:30", minutes: 30, title: "Lunch", attendees: ["jens@harbour.example"] };
    const found = await run("conflicts", { ...planned, calendars: ["primary", team], repeat: ["FREQ=DAILY;COUNT=2"] });
    expect(found).toMatchObject({
      conflicts: [{ kind: "double_booking" }, { kind: "unreadable" }, { kind: "duplicate" }],
    });
    expect(await run("conflicts", { start: "2026-11-26 12:30", end: "2026-11-26 13:00" })).toEqual({ conflicts: [] });
  });

  it("needs an event or a plan, and not both", async () => {
    await expect(run("conflicts")).rejects.toMatchObject(refused("id"));
    await expect(run("conflicts", { id: "planning1", title: "Plan" })).rejects.toMatchObject(refused("title"));
    const elsewhere = { start: "2026-11-24 12:30", minutes: 30, calendar: team };
    await expect(run("conflicts", elsewhere)).rejects.toMatchObject(refused("calendar"));
  });
});
