import { auth as googleAuth, calendar as calendarApi, type calendar_v3 } from "@googleapis/calendar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movedClock, type MovedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, lifelikeWorld, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const now = Date.parse("2026-11-23T12:00:00Z");
const scope = (name: string): string => `https://www.googleapis.com/auth/calendar${name}`;
const calendarId = "primary";
const week = { calendarId, timeMin: "2026-11-23T00:00:00+01:00", timeMax: "2026-11-30T00:00:00+01:00" };
const noon = (date: string) => ({ dateTime: `${date}T12:00:00`, timeZone: "Europe/Berlin" });
const one = (date: string) => ({ dateTime: `${date}T13:00:00`, timeZone: "Europe/Berlin" });

describe("the sandbox's Calendar, by Google's own client", () => {
  let clock: MovedClock;
  let sandbox: GoogleSandbox;
  let api: calendar_v3.Calendar;
  const clientWith = (scopes: string[], user = alice): calendar_v3.Calendar => {
    const auth = new googleAuth.OAuth2();
    auth.setCredentials({ access_token: sandbox.issueToken(user, scopes).accessToken });
    return calendarApi({ version: "v3", auth, rootUrl: `${sandbox.url}/`, retryConfig: { retry: 0 } });
  };
  beforeEach(async () => {
    clock = movedClock(now);
    sandbox = await createGoogleSandbox({ seed: lifelikeWorld({ now }), clock });
    api = clientWith([scope("")]);
  });
  afterEach(() => sandbox.close());

  const refusal = (code: number, reason: string) => ({
    response: { status: code, data: { error: { code, errors: [{ reason }] } } },
  });
  const list = async (params: object = {}) => (await api.events.list({ ...week, ...params })).data.items ?? [];
  /** The occurrence of the stand-up that falls on a date. */
  const standup = async (date: string) => {
    const found = (await list({ singleEvents: true })).find(
      ({ id, start }) => id?.startsWith("standup0harbour_") && start?.dateTime?.startsWith(date),
    );
    return found ?? {};
  };

  it("lists a person's calendars, the main one first, and tells the zone", async () => {
    const { data } = await api.calendarList.list();
    expect(data.items?.map(({ id, primary, accessRole }) => [id, primary, accessRole])).toEqual([
      [alice, true, "owner"],
      ["family@group.calendar.google.com", undefined, "owner"],
    ]);
    expect((await api.calendars.get({ calendarId })).data).toMatchObject({ id: alice, timeZone: "Europe/Berlin" });
    expect((await api.settings.get({ setting: "timezone" })).data.value).toBe("Europe/Berlin");
    await expect(api.calendars.get({ calendarId: "who@elsewhere.example" })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
  });

  it("lists events by pages, whose token belongs to the query", async () => {
    const ids: unknown[] = [];
    let pageToken: string | undefined;
    for (;;) {
      const { data } = await api.events.list({
        ...week,
        singleEvents: true,
        orderBy: "startTime",
        maxResults: 4,
        ...(pageToken && { pageToken }),
      });
      ids.push(...(data.items ?? []).map(({ id }) => id));
      if (!data.nextPageToken) break;
      pageToken = data.nextPageToken;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual((await list({ singleEvents: true, orderBy: "startTime" })).map(({ id }) => id));
    await expect(list({ pageToken: pageToken ?? "" })).rejects.toMatchObject({ code: 400 });
  });

  it("orders by start only what is expanded, and refuses times without an offset and empty spans", async () => {
    await expect(list({ orderBy: "startTime" })).rejects.toMatchObject({ code: 400 });
    await expect(list({ timeMin: "2026-11-23T00:00:00" })).rejects.toMatchObject(refusal(400, "badRequest"));
    await expect(list({ timeMin: week.timeMax })).rejects.toMatchObject(refusal(400, "timeRangeEmpty"));
    const starts = (await list({ singleEvents: true, orderBy: "startTime", timeZone: "UTC" })).map(
      ({ start }) => start?.dateTime ?? `${start?.date}T00:00:00Z`,
    );
    expect(starts).toEqual([...starts].sort());
  });

  it("shows a series as one event or as its occurrences, which know where they belong", async () => {
    const [series] = (await list()).filter(({ recurrence }) => recurrence);
    expect(series).toMatchObject({ id: "standup0harbour", recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"] });
    const monday = await standup("2026-11-23");
    expect(monday).toMatchObject({
      id: "standup0harbour_20261123T083000Z",
      recurringEventId: "standup0harbour",
      originalStartTime: { dateTime: "2026-11-23T09:30:00+01:00", timeZone: "Europe/Berlin" },
    });
    expect(monday).not.toHaveProperty("recurrence");
    const { data } = await api.events.instances({ ...week, eventId: "standup0harbour" });
    expect(data.items).toHaveLength(5);
    expect((await api.events.get({ calendarId, eventId: monday.id ?? "" })).data).toEqual(monday);
    await expect(api.events.get({ calendarId, eventId: "standup0harbour_20261122T083000Z" })).rejects.toMatchObject(
      refusal(404, "notFound"),
    ); // a Sunday
  });

  it("tells busy times, merged, and what it cannot read as an error and not as free", async () => {
    const { data } = await api.freebusy.query({
      requestBody: {
        timeMin: "2026-11-24T00:00:00+01:00",
        timeMax: "2026-11-25T00:00:00+01:00",
        timeZone: "Europe/Berlin",
        items: [{ id: alice }, { id: bob }, { id: "who@elsewhere.example" }],
      },
    });
    expect(data.calendars?.[alice]?.busy).toEqual([
      { start: "2026-11-24T09:30:00+01:00", end: "2026-11-24T09:45:00+01:00" },
      { start: "2026-11-24T11:00:00+01:00", end: "2026-11-24T11:30:00+01:00" },
    ]); // the pitch at 16:00 was declined, the invoice run is transparent
    expect(data.calendars?.[bob]?.busy).toContainEqual({
      start: "2026-11-24T16:00:00+01:00",
      end: "2026-11-24T17:00:00+01:00",
    });
    expect(data.calendars?.["who@elsewhere.example"]).toMatchObject({ errors: [{ reason: "notFound" }] });
  });

  it("checks scopes and expiry", async () => {
    const reader = clientWith([scope(".events.readonly")]);
    expect((await reader.events.list(week)).data.items?.length).toBeGreaterThan(0);
    await expect(
      reader.events.insert({ calendarId, requestBody: { start: noon("2026-11-24"), end: one("2026-11-24") } }),
    ).rejects.toMatchObject(refusal(403, "insufficientPermissions"));
    await expect(reader.calendarList.list()).rejects.toMatchObject(refusal(403, "insufficientPermissions"));
    clock.advance(3_600_000);
    await expect(reader.events.list(week)).rejects.toMatchObject(refusal(401, "authError"));
  });
});
