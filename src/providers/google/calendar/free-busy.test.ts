import { describe, expect, it } from "vitest";
import { movedClock } from "../../../../test/support/moved-clock.js";
import { openWorld, withClient } from "../../../../test/support/world.js";
import { timeRange } from "../../../calendar/time-range.js";
import { createCalendarClient } from "../../../integrations.js";
import type { SandboxSeed, SeedEvent } from "../../../sandbox/index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const stranger = "stranger@elsewhere.example";
const timeZone = "Europe/Berlin";
const day = timeRange.between("2026-11-25", "2026-11-26");

const at = (start: string, end: string, more: object = {}): SeedEvent => ({
  summary: "Something",
  start: { dateTime: `${start}:00`, timeZone },
  end: { dateTime: `${end}:00`, timeZone },
  ...more,
});

/** Alice's client beside Bob, who shows her when he is busy, and a stranger who does not. */
async function people(bobs: SeedEvent[], more: Partial<SandboxSeed> = {}) {
  const users = [
    { email: alice, timeZone, calendars: [{ events: [at("2026-11-25T08:00", "2026-11-25T09:00")] }] },
    { email: bob, timeZone: "America/New_York", calendars: [{ events: bobs }] },
    { email: stranger },
    ...(more.users ?? []),
  ];
  const clock = movedClock(Date.parse("2026-11-23T08:00:00Z"));
  const world = await openWorld({ seed: { ...more, users }, clock, limits: "none" });
  const calendar = createCalendarClient("google_calendar", await world.signIn("google_calendar", alice));
  await calendar.connect();
  world.sandbox.clearRequests();
  return withClient(world, calendar, { calendar });
}

describe("getFreeBusy", () => {
  it("tells when people are busy, in the range's zone, with what overlaps as one", async () => {
    await using c = await people([
      at("2026-11-25T10:00", "2026-11-25T12:00"),
      at("2026-11-25T10:30", "2026-11-25T11:00"),
      at("2026-11-25T12:00", "2026-11-25T12:30"),
      at("2026-11-25T15:00", "2026-11-25T16:00", { transparency: "transparent" }),
    ]);
    expect(await c.calendar.getFreeBusy(day, ["me", bob])).toEqual([
      {
        who: "me",
        status: "known",
        busy: [{ start: "2026-11-25T08:00:00+01:00", end: "2026-11-25T09:00:00+01:00" }],
      },
      {
        who: bob,
        status: "known",
        busy: [{ start: "2026-11-25T10:00:00+01:00", end: "2026-11-25T12:30:00+01:00" }],
      },
    ]);
    const inTokyo = await c.calendar.getFreeBusy({ ...day, timeZone: "Asia/Tokyo" }, [bob]);
    expect(inTokyo).toMatchObject([{ busy: [{ start: "2026-11-25T18:00:00+09:00" }] }]);
  });

  it("calls unknown who cannot be read, and nobody else because of it", async () => {
    await using c = await people([at("2026-11-25T10:00", "2026-11-25T11:00")]);
    expect(await c.calendar.getFreeBusy(day, [stranger, bob, "constructor"])).toMatchObject([
      { who: stranger, status: "unknown", busy: [], reason: "No such calendar is shown to this account." },
      { who: bob, status: "known", busy: [{}] },
      { who: "constructor", status: "unknown" },
    ]);
  });

  it("asks for any number of people, 50 a call", async () => {
    const many = Array.from({ length: 120 }, (_, index) => `person${index}@example.com`);
    await using c = await people([], { users: many.map((email) => ({ email })) });
    const found = await c.calendar.getFreeBusy(day, [...many, ...many, alice]);
    expect(found.map(({ who }) => who)).toEqual([...many, ...many, alice]);
    expect(found.every(({ status }) => status === "known")).toBe(true);
    expect(c.sandbox.requests.map(({ method }) => method)).toEqual(
      Array.from({ length: 3 }, () => "calendar.freebusy.query"),
    );
  });

  it("asks for a long range in parts, as long as Google takes them", async () => {
    const events = [at("2026-12-31T23:00", "2027-01-01T01:00"), at("2027-06-01T10:00", "2027-06-01T11:00")];
    const year = timeRange.between("2026-11-25", "2027-11-25");
    await using c = await people(events, { calendar: { freeBusyDays: 40 } });
    expect(await c.calendar.getFreeBusy(year, [bob])).toMatchObject([
      { status: "known", busy: [{ start: "2026-12-31T23:00:00+01:00" }, { start: "2027-06-01T10:00:00+02:00" }] },
    ]);
    await using usual = await people(events);
    expect((await usual.calendar.getFreeBusy(year, [bob]))[0]?.busy).toHaveLength(2);
    expect(usual.sandbox.requests).toHaveLength(5);
  });

  it("joins what is busy over the seam between two parts", async () => {
    const startMs = Date.parse("2026-11-24T23:00:00Z") + 90 * 86_400_000;
    const span = [startMs - 3_600_000, startMs + 3_600_000].map((ms) => new Date(ms).toISOString());
    const event = { summary: "Seam", start: { dateTime: span[0] }, end: { dateTime: span[1] } };
    await using c = await people([event]);
    const [found] = await c.calendar.getFreeBusy(timeRange.between("2026-11-25", "2027-05-01"), [bob]);
    expect(found?.busy).toHaveLength(1);
  });

  it("takes a group for its members: unknown when one of them is, busy as far as is known", async () => {
    const groups = [
      { email: "studio@example.com", members: [alice, bob] },
      { email: "mixed@example.com", members: [bob, stranger] },
    ];
    await using c = await people([at("2026-11-25T10:00", "2026-11-25T11:00")], { groups });
    const [studio, mixed] = await c.calendar.getFreeBusy(day, ["studio@example.com", "mixed@example.com"]);
    expect(studio).toMatchObject({ status: "known", busy: [{}, {}] });
    expect(mixed).toMatchObject({
      status: "unknown",
      busy: [{ start: "2026-11-25T10:00:00+01:00" }],
      reason: expect.stringContaining(stranger) as string,
    });
  });

  it("asks again in halves when groups make it too many calendars", async () => {
    const users = Array.from({ length: 60 }, (_, index) => ({ email: `person${index}@example.com` }));
    const emails = users.map(({ email }) => email);
    const groups = [
      { email: "left@example.com", members: emails.slice(0, 30) },
      { email: "right@example.com", members: emails.slice(30) },
      { email: "all@example.com", members: emails },
    ];
    await using c = await people([], { users, groups });
    const names = [...groups.map(({ email }) => email), bob];
    expect(await c.calendar.getFreeBusy(day, names)).toMatchObject([
      { status: "known" },
      { status: "known" },
      { status: "unknown", reason: "The group has more members than Google answers for at once." },
      { who: bob, status: "known" },
    ]);
  });

  it("asks nobody for nobody, and refuses ranges that are none", async () => {
    await using c = await people([]);
    expect(await c.calendar.getFreeBusy(day, [])).toEqual([]);
    expect(c.sandbox.requests).toEqual([]);
    const backwards = c.calendar.getFreeBusy(timeRange.between("2026-11-26", "2026-11-25"), [bob]);
    await expect(backwards).rejects.toMatchObject({ code: "request.invalid" });
    const zone = c.calendar.getFreeBusy({ ...day, timeZone: "Mars/Base" }, [bob]);
    await expect(zone).rejects.toMatchObject({ code: "request.invalid" });
  });
});
