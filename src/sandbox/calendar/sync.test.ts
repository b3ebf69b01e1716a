import type { calendar_v3 } from "@googleapis/calendar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, parseSeed, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const calendarId = "primary";
const now = Date.parse("2026-11-23T12:00:00Z");
const seed = `
calendar: { syncTokenDays: 10, updatedMinDays: 5 }
users:
  - email: ${alice}
    timeZone: Europe/Berlin
    calendars:
      - events:
          - id: plan00001
            summary: Plan
            start: { dateTime: "2026-11-24T12:00:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-24T13:00:00", timeZone: Europe/Berlin }
            attendees: [{ email: ${bob} }]
          - id: standup01
            summary: Stand-up
            start: { dateTime: "2026-11-23T09:30:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-23T09:45:00", timeZone: Europe/Berlin }
            recurrence: ["RRULE:FREQ=DAILY;COUNT=5"]
          - { id: trip00001, summary: Trip, start: { date: 2026-11-28 }, end: { date: 2026-11-30 } }
  - email: ${bob}
`;

describe("synchronization with sync tokens", () => {
  let sandbox: GoogleSandbox;
  let events: calendar_v3.Resource$Events;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed: await parseSeed(seed), clock: movedClock(now) });
    events = calendarClient(sandbox, alice).events;
  });
  afterEach(() => sandbox.close());

  /** Everything to the last page, and the sync token there. */
  const whole = async (params: calendar_v3.Params$Resource$Events$List = {}) => {
    const items: calendar_v3.Schema$Event[] = [];
    for (let pageToken: string | undefined; ;) {
      const { data } = await events.list({ calendarId, ...params, ...(pageToken !== undefined && { pageToken }) });
      items.push(...(data.items ?? []));
      expect(Boolean(data.nextPageToken)).not.toBe(Boolean(data.nextSyncToken));
      if (!data.nextPageToken) return { items, syncToken: data.nextSyncToken ?? "" };
      pageToken = data.nextPageToken;
    }
  };
  const ids = (items: readonly calendar_v3.Schema$Event[]) => items.map(({ id }) => id).sort();

  it("tells after a whole list only what is new, changed or deleted, the deleted by their ids alone", async () => {
    const first = await whole({ maxResults: 2 });
    expect(ids(first.items)).toEqual(["plan00001", "standup01", "trip00001"]);
    expect((await whole({ syncToken: first.syncToken })).items).toEqual([]);
    const times = { start: { date: "2026-12-01" }, end: { date: "2026-12-02" } };
    const { data: made } = await events.insert({ calendarId, requestBody: { summary: "New", ...times } });
    await events.patch({ calendarId, eventId: "plan00001", requestBody: { location: "Here" } });
    await events.delete({ calendarId, eventId: "trip00001" });
    const second = await whole({ syncToken: first.syncToken, maxResults: 1 });
    expect(second.items.map(({ id, status }) => [id, status])).toEqual([
      [made.id, "confirmed"],
      ["plan00001", "confirmed"],
      ["trip00001", "cancelled"],
    ]);
    expect(second.items[1]).toMatchObject({ location: "Here" });
    expect(Object.keys(second.items[2] ?? {}).sort()).toEqual(["etag", "id", "kind", "status"]);
    expect((await whole({ syncToken: second.syncToken })).items).toEqual([]);
    const { items } = await whole({ syncToken: first.syncToken, showDeleted: true });
    expect(items.find(({ id }) => id === "trip00001")).toMatchObject({ status: "cancelled", summary: "Trip" });
  });

  it("tells what changed while the pages were read with the next synchronization", async () => {
    const { data: first } = await events.list({ calendarId, maxResults: 2 });
    await events.patch({ calendarId, eventId: first.items?.[0]?.id ?? "", requestBody: { location: "Here" } });
    const { data: last } = await events.list({ calendarId, maxResults: 2, pageToken: first.nextPageToken ?? "" });
    expect(ids([...(first.items ?? []), ...(last.items ?? [])])).toEqual(["plan00001", "standup01", "trip00001"]);
    const { items } = await whole({ syncToken: last.nextSyncToken ?? "" });
    expect(ids(items)).toEqual([first.items?.[0]?.id]);
  });

  it("tells of a date of a series that was deleted or changed, with the series that it belongs to", async () => {
    const { syncToken } = await whole();
    await events.delete({ calendarId, eventId: "standup01_20261124T083000Z" });
    await events.patch({ calendarId, eventId: "standup01_20261125T083000Z", requestBody: { summary: "Long" } });
    const { items } = await whole({ syncToken });
    expect(items).toMatchObject([
      {
        id: "standup01_20261124T083000Z",
        status: "cancelled",
        recurringEventId: "standup01",
        originalStartTime: { dateTime: "2026-11-24T09:30:00+01:00", timeZone: "Europe/Berlin" },
      },
      { id: "standup01_20261125T083000Z", status: "confirmed", summary: "Long", recurringEventId: "standup01" },
    ]);
    expect(items[0]).not.toHaveProperty("summary");
  });

  it("tells by dates, where series are expanded, which dates a changed series has and which no more", async () => {
    const { items: before, syncToken } = await whole({ singleEvents: true });
    expect(before).toHaveLength(7);
    await events.patch({ calendarId, eventId: "standup01", requestBody: { recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] } });
    const shorter = await whole({ singleEvents: true, syncToken });
    const dates = (items: readonly calendar_v3.Schema$Event[]) =>
      items.map(({ id, status }) => `${id?.slice(10, 18)} ${status}`).sort();
    expect(dates(shorter.items)).toEqual([
      "20261123 confirmed",
      "20261124 confirmed",
      "20261125 confirmed",
      "20261126 cancelled",
      "20261127 cancelled",
    ]);
    await events.delete({ calendarId, eventId: "standup01" });
    const gone = await whole({ singleEvents: true, syncToken: shorter.syncToken });
    expect(dates(gone.items)).toEqual(["20261123 cancelled", "20261124 cancelled", "20261125 cancelled"]);
    expect(gone.items[0]).toMatchObject({ recurringEventId: "standup01" });
  });

  it("gives dates of series later too only in the span of the first list", async () => {
    const span = { timeMin: "2026-11-25T00:00:00+01:00", timeMax: "2026-11-26T00:00:00+01:00" };
    const { items, syncToken } = await whole({ singleEvents: true, ...span });
    expect(ids(items)).toEqual(["standup01_20261125T083000Z"]);
    await events.patch({ calendarId, eventId: "standup01", requestBody: { summary: "Meeting" } });
    const next = await whole({ singleEvents: true, syncToken });
    expect(next.items).toMatchObject([{ id: "standup01_20261125T083000Z", summary: "Meeting" }]);
  });

  it("reaches a guest's calendar when the organizer changes or cancels", async () => {
    const bobs = calendarClient(sandbox, bob).events;
    const { data } = await bobs.list({ calendarId });
    const syncToken = data.nextSyncToken ?? "";
    await events.patch({ calendarId, eventId: "plan00001", requestBody: { location: "Here" } });
    expect((await bobs.list({ calendarId, syncToken })).data.items).toMatchObject([{ location: "Here" }]);
    await events.delete({ calendarId, eventId: "plan00001" });
    expect((await bobs.list({ calendarId, syncToken })).data.items).toMatchObject([{ status: "cancelled" }]);
  });

  it("refuses tokens that are nobody's or of another list, and what does not go together with them", async () => {
    const { syncToken } = await whole();
    for (const params of [{ syncToken: "garbage" }, { syncToken, singleEvents: true }]) {
      await expect(events.list({ calendarId, ...params })).rejects.toMatchObject(refusal(400, "invalid"));
    }
    const bobs = calendarClient(sandbox, bob).events;
    await expect(bobs.list({ calendarId, syncToken })).rejects.toMatchObject(refusal(400, "invalid"));
    for (const params of [
      { timeMin: "2026-11-23T00:00:00Z" },
      { timeMax: "2026-11-23T00:00:00Z" },
      { q: "plan" },
      { iCalUID: "plan00001@google.com" },
      { updatedMin: "2026-11-23T00:00:00Z" },
      { privateExtendedProperty: ["a=b"] },
      { sharedExtendedProperty: ["a=b"] },
      { showDeleted: false },
    ]) {
      const list = events.list({ calendarId, syncToken, ...params });
      await expect(list).rejects.toMatchObject(refusal(400, "syncTokenWithRequestRestrictions"));
    }
    await expect(events.list({ calendarId, syncToken, orderBy: "updated" })).rejects.toMatchObject(
      refusal(400, "syncTokenWithNonDefaultOrdering"),
    );
  });

  it("ends with the days that the seed gives it, or when the sandbox is told so", async () => {
    const { syncToken } = await whole();
    sandbox.clock.advance(9 * 86_400_000);
    events = calendarClient(sandbox, alice).events;
    expect((await whole({ syncToken })).items).toEqual([]);
    sandbox.clock.advance(2 * 86_400_000);
    events = calendarClient(sandbox, alice).events;
    await expect(events.list({ calendarId, syncToken })).rejects.toMatchObject(refusal(410, "fullSyncRequired"));
    const newer = await whole();
    sandbox.expireSyncTokens();
    await expect(events.list({ calendarId, syncToken: newer.syncToken })).rejects.toMatchObject(
      refusal(410, "fullSyncRequired"),
    );
  });

  it("is not offered by lists of a part of the events", async () => {
    for (const params of [{ q: "plan" }, { orderBy: "updated" }, { updatedMin: "2026-11-23T00:00:00Z" }]) {
      const { data } = await events.list({ calendarId, ...params });
      expect(data).not.toHaveProperty("nextSyncToken");
    }
  });
});

describe("lists since a moment of change", () => {
  let sandbox: GoogleSandbox;
  let events: calendar_v3.Resource$Events;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed: await parseSeed(seed), clock: movedClock(now) });
    events = calendarClient(sandbox, alice).events;
  });
  afterEach(() => sandbox.close());

  it("hold what was changed since, also what was deleted, whether or not deleted events are asked for", async () => {
    const updatedMin = "2026-11-23T11:30:00Z";
    expect((await events.list({ calendarId, updatedMin })).data.items).toEqual([]);
    await events.patch({ calendarId, eventId: "plan00001", requestBody: { location: "Here" } });
    await events.delete({ calendarId, eventId: "trip00001" });
    const { data } = await events.list({ calendarId, updatedMin, orderBy: "updated" });
    expect(data.items?.map(({ id, status }) => [id, status])).toEqual([
      ["plan00001", "confirmed"],
      ["trip00001", "cancelled"],
    ]);
  });

  it("reach back only so far", async () => {
    await expect(events.list({ calendarId, updatedMin: "2026-11-18T11:00:00Z" })).rejects.toMatchObject(
      refusal(410, "updatedMinTooLongAgo"),
    );
    await expect(events.list({ calendarId, updatedMin: "yesterday" })).rejects.toMatchObject(
      refusal(400, "badRequest"),
    );
  });
});
