import { describe, expect, it } from "vitest";
import { alice, alicesCalendars, berlin, bob, fromBob } from "../../../../test/support/alices-calendars.js";
import { calendarClient } from "../../../../test/support/google-clients.js";
import type { EventChange } from "../../../calendar/models.js";
import { createCalendarClient } from "../../../integrations.js";
import type { SeedEvent } from "../../../sandbox/index.js";

const family = "family@group.calendar.google.com";
const plan = berlin("2026-11-24T09:00", { id: "plan00001", summary: "Plan" });
const daily = berlin("2026-11-23T15:00", { id: "daily0001", recurrence: ["RRULE:FREQ=DAILY;COUNT=5"] });
const list = "calendar.events.list";

/** Alice's calendars with Google's own client of hers beside ours. */
async function followed(events: SeedEvent[], familyEvents: SeedEvent[] = []) {
  const c = await alicesCalendars(events, [{ id: family, events: familyEvents }]);
  const { events: google } = calendarClient(c.sandbox, alice);
  const patch = (eventId: string, requestBody: object, calendarId = "primary") =>
    google.patch({ calendarId, eventId, requestBody });
  return { ...c, google, patch };
}

const shown = (changes: readonly EventChange[]): unknown[] => changes.map(({ type, id }) => `${type} ${id}`);

describe("getChanges", () => {
  it("begins without changes, and then tells each of them once", async () => {
    await using c = await followed([plan, berlin("2026-11-24T11:00", { id: "gone00001" })]);
    const first = await c.calendar.getChanges();
    expect(first).toMatchObject({ changes: [], hasMore: false, reset: false, resetCalendars: [], failures: [] });
    expect((await c.calendar.getChanges(first.cursor)).changes).toEqual([]);
    await c.patch("plan00001", { location: "Here" });
    await c.google.delete({ calendarId: "primary", eventId: "gone00001" });
    await c.patch("plan00001", { location: "There" });
    const second = await c.calendar.getChanges(first.cursor, { timeZone: "Asia/Tokyo" });
    expect(shown(second.changes)).toEqual(["removed gone00001", "changed plan00001"]);
    expect(second.changes[1]).toMatchObject({
      calendarId: "primary",
      event: { location: "There", start: { timeZone: "Europe/Berlin", local: { timeZone: "Asia/Tokyo" } } },
    });
    expect((await c.calendar.getChanges(second.cursor)).changes).toEqual([]);
  });

  it("tells of a series which of its dates was taken out and which differs", async () => {
    await using c = await followed([daily]);
    const { cursor } = await c.calendar.getChanges();
    await c.google.delete({ calendarId: "primary", eventId: "daily0001_20261124T140000Z" });
    await c.patch("daily0001_20261125T140000Z", { summary: "Long" });
    const { changes } = await c.calendar.getChanges(cursor);
    expect(changes).toMatchObject([
      {
        type: "removed",
        id: "daily0001_20261124T140000Z",
        seriesId: "daily0001",
        originalStart: { dateTime: "2026-11-24T15:00:00+01:00", timeZone: "Europe/Berlin", weekday: "Tuesday" },
      },
      { type: "changed", event: { title: "Long", seriesId: "daily0001" } },
    ]);
  });

  it("follows several calendars, each once, a page of each at a time", async () => {
    const many = Array.from({ length: 260 }, (_, index) => berlin("2026-11-24T09:00", { id: `many${100 + index}` }));
    await using c = await followed([plan], many);
    const { cursor } = await c.calendar.getChanges(undefined, { calendarIds: ["primary", family, alice] });
    await c.patch("plan00001", { location: "Here" });
    for (const { id } of many) await c.patch(String(id), { location: "There" }, family);
    const first = await c.calendar.getChanges(cursor);
    expect([first.changes.length, first.hasMore]).toEqual([251, true]);
    expect(first.changes[0]).toMatchObject({ id: "plan00001", calendarId: "primary" });
    const second = await c.calendar.getChanges(first.cursor);
    expect([second.changes.length, second.hasMore]).toEqual([10, false]);
    expect(new Set([...first.changes, ...second.changes].map(({ id }) => id)).size).toBe(261);
    c.sandbox.failNext({ method: list, after: 1, respond: "expiredPageToken" });
    const again = await c.calendar.getChanges(first.cursor);
    expect(again).toMatchObject({ changes: { length: 250 }, hasMore: true, reset: false, failures: [] });
  });

  it("says which calendars must be read anew, beside the changes of the others, and loses nothing after that", async () => {
    await using c = await followed([plan], [berlin("2026-11-24T12:00", { id: "picnic001" })]);
    const { cursor } = await c.calendar.getChanges(undefined, { calendarIds: ["primary", family] });
    await c.patch("plan00001", { location: "Here" });
    await c.patch("picnic001", { location: "Park" }, family);
    c.sandbox.failNext({ method: list, after: 1, respond: "fullSyncRequired" });
    const page = await c.calendar.getChanges(cursor);
    expect(page).toMatchObject({ reset: true, hasMore: false, failures: [] });
    expect(page.resetCalendars).toHaveLength(1);
    const [lost] = page.resetCalendars;
    expect(shown(page.changes)).toEqual([lost === family ? "changed plan00001" : "changed picnic001"]);
    await c.patch("picnic001", { location: "Lake" }, family);
    await c.patch("plan00001", { location: "There" });
    const next = await c.calendar.getChanges(page.cursor);
    expect(shown(next.changes)).toEqual(["changed plan00001", "changed picnic001"]);
  });

  it("starts all calendars anew when Google has forgotten what changed when", async () => {
    await using c = await followed([plan]);
    const calendarIds = ["primary", family];
    const { cursor } = await c.calendar.getChanges(undefined, { calendarIds });
    await c.patch("plan00001", { location: "Here" });
    c.sandbox.expireSyncTokens();
    const page = await c.calendar.getChanges(cursor);
    expect(page).toMatchObject({ changes: [], reset: true, resetCalendars: calendarIds });
    expect(await c.calendar.getChanges(page.cursor)).toMatchObject({ changes: [], reset: false });
  });

  it("goes on with the others when one calendar cannot be read, and tells its changes once it can", async () => {
    await using c = await followed([plan], [berlin("2026-11-24T12:00", { id: "picnic001" })]);
    const calendarIds = ["primary", family];
    const { cursor } = await c.calendar.getChanges(undefined, { calendarIds });
    await c.patch("plan00001", { location: "Here" });
    await c.patch("picnic001", { location: "Park" }, family);
    c.sandbox.failNext({ method: list, respond: "forbidden" });
    const page = await c.calendar.getChanges(cursor);
    expect(page).toMatchObject({ changes: { length: 1 }, reset: false, failures: [{ code: "request.forbidden" }] });
    const next = await c.calendar.getChanges(page.cursor);
    expect(next.failures).toEqual([]);
    expect(shown([...page.changes, ...next.changes]).sort()).toEqual(["changed picnic001", "changed plan00001"]);
    c.sandbox.failNext({ method: list, times: 2, respond: "forbidden" });
    await expect(c.calendar.getChanges(cursor)).rejects.toMatchObject({ code: "request.forbidden" });
    expect((await c.calendar.getChanges(cursor)).changes).toHaveLength(2);
  });

  it("hears of invitations, and of answers", async () => {
    await using c = await followed([berlin("2026-11-25T09:00", { id: "meeting01", ...fromBob() })]);
    const { cursor } = await c.calendar.getChanges();
    const { events: bobs } = calendarClient(c.sandbox, bob);
    const { data } = await bobs.insert({
      calendarId: "primary",
      requestBody: { ...(plan as object), id: "invite0001", attendees: [{ email: alice }] },
    });
    await c.calendar.respondToInvitation("meeting01", "declined");
    const { changes } = await c.calendar.getChanges(cursor);
    expect(changes).toMatchObject([
      { type: "changed", event: { iCalUid: data.iCalUID, myResponse: "needsAction" } },
      { type: "changed", id: "meeting01", event: { myResponse: "declined" } },
    ]);
  });

  it("refuses a cursor of another account or of other calendars, and none that it gave", async () => {
    await using c = await followed([plan]);
    const calendarIds = ["primary", family];
    const { cursor } = await c.calendar.getChanges(undefined, { calendarIds });
    for (const same of [calendarIds, [family, alice]]) {
      await expect(c.calendar.getChanges(cursor, { calendarIds: same })).resolves.toMatchObject({ changes: [] });
    }
    await expect(c.calendar.getChanges(cursor, { calendarIds: [family] })).rejects.toMatchObject({
      code: "request.invalid",
      details: { field: "calendarIds", followed: calendarIds },
    });
    await expect(c.calendar.getChanges("nonsense")).rejects.toMatchObject({ code: "request.invalid" });
    await using bobs = createCalendarClient(
      "google_calendar",
      await c.signIn("google_calendar", bob, { userId: "bob" }),
    );
    await expect(bobs.getChanges(cursor)).rejects.toMatchObject({ code: "request.invalid" });
    await expect(c.calendar.getChanges(undefined, { calendarIds: ["gone@x"] })).rejects.toMatchObject({
      code: "request.not_found",
    });
  });
});
