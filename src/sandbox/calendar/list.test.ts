import type { calendar_v3 } from "@googleapis/calendar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, parseSeed, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const calendarId = "primary";
const now = Date.parse("2026-11-23T12:00:00Z");
const seed = `
users:
  - email: ${alice}
    timeZone: Europe/Berlin
    calendars:
      - summary: Alice
        description: Work
        events:
          - id: review001
            summary: Harbour review
            description: The large boards
            start: { dateTime: "2026-11-24T09:00:00", timeZone: America/New_York }
            end: { dateTime: "2026-11-24T10:00:00", timeZone: America/New_York }
            extendedProperties: { private: { crm: "7", stage: open }, shared: { team: blue } }
            attendees:
              - { email: ${alice}, responseStatus: accepted }
              - { email: bob@example.com, displayName: Bob Okafor }
              - { email: carol@example.com }
          - id: lunch0001
            summary: Lunch
            location: Canteen
            start: { dateTime: "2026-11-24T12:30:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-24T13:30:00", timeZone: Europe/Berlin }
            extendedProperties: { private: { crm: "7" } }
          - id: office001
            summary: ""
            eventType: workingLocation
            visibility: public
            transparency: transparent
            workingLocationProperties: { type: officeLocation, officeLocation: { label: Quay } }
            start: { date: 2026-11-24 }
            end: { date: 2026-11-25 }
          - id: weekly001
            summary: Weekly
            start: { dateTime: "2026-10-20T10:00:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-10-20T11:00:00", timeZone: Europe/Berlin }
            recurrence: ["RRULE:FREQ=WEEKLY;COUNT=6"]
          - id: ended0001
            summary: Ended
            start: { dateTime: "2026-10-01T10:00:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-10-01T11:00:00", timeZone: Europe/Berlin }
            recurrence: ["RRULE:FREQ=DAILY;COUNT=3"]
          - id: invited01
            summary: Invitation
            organizer: { email: bob@example.com }
            start: { dateTime: "2026-11-24T17:00:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-24T18:00:00", timeZone: Europe/Berlin }
            attendees: [{ email: bob@example.com, responseStatus: accepted }, { email: ${alice} }]
`;
const day = { timeMin: "2026-11-24T00:00:00+01:00", timeMax: "2026-11-25T00:00:00+01:00" };

describe("lists of events", () => {
  let sandbox: GoogleSandbox;
  let events: calendar_v3.Resource$Events;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed: await parseSeed(seed), clock: movedClock(now) });
    events = calendarClient(sandbox, alice).events;
  });
  afterEach(() => sandbox.close());

  const list = async (params: calendar_v3.Params$Resource$Events$List = {}) =>
    (await events.list({ calendarId, ...params })).data;
  const ids = async (params: calendar_v3.Params$Resource$Events$List = {}) =>
    (await list(params)).items?.map(({ id }) => id);

  it("say of which calendar they are, and what reminds of its events", async () => {
    const data = await list({ maxResults: 1 });
    expect(data).toMatchObject({
      kind: "calendar#events",
      summary: "Alice",
      description: "Work",
      timeZone: "Europe/Berlin",
      accessRole: "owner",
      defaultReminders: [{ method: "popup", minutes: 10 }],
      updated: "2026-11-22T12:00:00.000Z",
    });
    expect(data).not.toHaveProperty("nextSyncToken");
  });

  it("hold of a span what ends after its beginning and begins before its end, a series by its dates", async () => {
    expect(await ids(day)).toEqual(["review001", "lunch0001", "office001", "weekly001", "invited01"]);
    expect(await ids({ ...day, singleEvents: true, orderBy: "startTime" })).toEqual([
      "office001",
      "weekly001_20261124T090000Z",
      "lunch0001",
      "review001",
      "invited01",
    ]);
    const between = { eventTypes: ["default"], timeMin: "2026-11-24T12:30:00Z", timeMax: "2026-11-24T14:00:00Z" };
    expect(await ids(between)).toEqual([]);
    expect(await ids({ ...between, timeMin: "2026-11-24T12:29:59.999Z" })).toEqual(["lunch0001"]);
    expect(await ids({ ...between, timeMax: "2026-11-24T14:00:01Z" })).toEqual(["review001"]);
    expect(await ids({ timeMax: "2026-10-02T00:00:00Z" })).toEqual(["ended0001"]);
  });

  it("keep the time of a series on the wall when clocks change, and expand all of it without a span", async () => {
    const starts = (await list({ singleEvents: true, q: "weekly" })).items?.map(({ start }) => start?.dateTime);
    expect(starts).toEqual([
      "2026-10-20T10:00:00+02:00",
      "2026-10-27T10:00:00+01:00",
      "2026-11-03T10:00:00+01:00",
      "2026-11-10T10:00:00+01:00",
      "2026-11-17T10:00:00+01:00",
      "2026-11-24T10:00:00+01:00",
    ]);
  });

  it("write times with the offset of the calendar's zone or of the one that is asked for", async () => {
    const startOf = async (params: object) =>
      (await list({ q: "review", ...params })).items?.map(({ start }) => start)[0];
    const timeZone = "America/New_York";
    expect(await startOf({})).toEqual({ dateTime: "2026-11-24T15:00:00+01:00", timeZone });
    expect(await startOf({ timeZone: "Asia/Kolkata" })).toEqual({ dateTime: "2026-11-24T19:30:00+05:30", timeZone });
    expect(await startOf({ timeZone: "UTC" })).toEqual({ dateTime: "2026-11-24T14:00:00Z", timeZone });
    expect((await list({ timeZone: "UTC" })).timeZone).toBe("UTC");
    const { data } = await events.get({ calendarId, eventId: "review001", timeZone });
    expect(data.start).toEqual({ dateTime: "2026-11-24T09:00:00-05:00", timeZone });
    await expect(list({ timeZone: "Mars/Olympus" })).rejects.toMatchObject(refusal(400, "invalid"));
  });

  it("find words in titles, texts, places and people, all of them", async () => {
    expect(await ids({ q: "harbour" })).toEqual(["review001"]);
    expect(await ids({ q: "large review" })).toEqual(["review001"]);
    expect(await ids({ q: '"harbour review"' })).toEqual(["review001"]);
    expect(await ids({ q: '"review harbour"' })).toEqual([]);
    expect(await ids({ q: "canteen" })).toEqual(["lunch0001"]);
    expect(await ids({ q: "okafor" })).toEqual(["review001"]);
    expect(await ids({ q: "bob@example.com" })).toEqual(["review001", "invited01"]);
    expect(await ids({ q: "office" })).toEqual(["office001"]);
    expect(await ids({ q: "quay" })).toEqual(["office001"]);
    expect(await ids({ q: "arbour" })).toEqual([]);
  });

  it("select by uid, by types and by properties that all have to be there", async () => {
    expect(await ids({ iCalUID: "lunch0001@google.com" })).toEqual(["lunch0001"]);
    expect(await ids({ eventTypes: ["workingLocation"] })).toEqual(["office001"]);
    expect(await ids({ ...day, eventTypes: ["workingLocation", "default"] })).toHaveLength(5);
    await expect(list({ eventTypes: ["party"] })).rejects.toMatchObject(refusal(400, "invalid"));
    expect(await ids({ privateExtendedProperty: ["crm=7"] })).toEqual(["review001", "lunch0001"]);
    expect(await ids({ privateExtendedProperty: ["crm=7", "stage=open"] })).toEqual(["review001"]);
    expect(await ids({ sharedExtendedProperty: ["team=blue"], privateExtendedProperty: ["crm=7"] })).toEqual([
      "review001",
    ]);
    expect(await ids({ sharedExtendedProperty: ["crm=7"] })).toEqual([]);
    await expect(list({ privateExtendedProperty: ["crm"] })).rejects.toMatchObject(refusal(400, "invalid"));
  });

  it("leave out attendees above a number, but for the participant", async () => {
    const [review] = (await list({ q: "review", maxAttendees: 2 })).items ?? [];
    expect(review).toMatchObject({ attendees: [{ email: alice, self: true }], attendeesOmitted: true });
    const target = { calendarId, eventId: "review001" };
    expect((await events.get({ ...target, maxAttendees: 3 })).data).not.toHaveProperty("attendeesOmitted");
    await expect(events.get({ ...target, maxAttendees: 0 })).rejects.toMatchObject(refusal(400, "invalid"));
  });

  it("show deleted events when they are asked for, and dates taken out of a series also without that", async () => {
    await events.delete({ calendarId, eventId: "lunch0001" });
    await events.delete({ calendarId, eventId: "weekly001_20261124T090000Z" });
    const statuses = async (params: object): Promise<Record<string, unknown>> =>
      Object.fromEntries(((await list({ ...day, ...params })).items ?? []).map(({ id, status }) => [id ?? "", status]));
    const date = "weekly001_20261124T090000Z";
    expect(await statuses({})).not.toHaveProperty("lunch0001");
    expect(await statuses({})).toHaveProperty(date, "cancelled");
    expect(await statuses({ singleEvents: true })).not.toHaveProperty(date);
    const shown = { showDeleted: true, singleEvents: true };
    expect(await statuses(shown)).toMatchObject({ lunch0001: "cancelled", [date]: "cancelled" });
    expect(await statuses(shown)).not.toHaveProperty("weekly001");
    const deleted = (await list({ showDeleted: true })).items?.find(({ id }) => id === "lunch0001");
    expect(deleted).toMatchObject({ status: "cancelled", summary: "Lunch" });
    expect((await events.get({ calendarId, eventId: "lunch0001" })).data.status).toBe("cancelled");
  });

  it("expand a deleted series by its dates when deleted events are asked for", async () => {
    await events.delete({ calendarId, eventId: "weekly001" });
    expect(await ids({ ...day, singleEvents: true })).not.toContain("weekly001_20261124T090000Z");
    const shown = { ...day, singleEvents: true, showDeleted: true };
    expect((await list(shown)).items).toContainEqual(
      expect.objectContaining({ id: "weekly001_20261124T090000Z", status: "cancelled", recurringEventId: "weekly001" }),
    );
  });

  it("hide invitations that wait for an answer from who set it so, until they are asked for", async () => {
    expect(await ids(day)).toContain("invited01");
    sandbox.changeCalendarSetting(alice, "hideInvitations", "true");
    expect(await ids(day)).not.toContain("invited01");
    expect(await ids({ ...day, showHiddenInvitations: true })).toContain("invited01");
  });

  it("come by pages that lose and repeat nothing when events are made and deleted meanwhile", async () => {
    const first = await list({ singleEvents: true, orderBy: "startTime", maxResults: 4 });
    const shown = first.items?.map(({ id }) => id) ?? [];
    await events.delete({ calendarId, eventId: shown[0] ?? "" });
    const rest = await list({
      singleEvents: true,
      orderBy: "startTime",
      maxResults: 100,
      pageToken: first.nextPageToken ?? "",
    });
    const all = [...shown, ...(rest.items ?? []).map(({ id }) => id)];
    expect(all).toHaveLength(13);
    expect(new Set(all).size).toBe(13);
    const other = { pageToken: first.nextPageToken ?? "", orderBy: "updated" };
    await expect(list(other)).rejects.toMatchObject(refusal(400, "invalid"));
  });

  it("refuse parameters that cannot be", async () => {
    for (const params of [{ orderBy: "title" }, { maxResults: 0 }, { singleEvents: "maybe" as unknown as boolean }]) {
      await expect(list(params)).rejects.toMatchObject(refusal(400, "invalid"));
    }
    for (const timeMin of ["2026-11-24", "2026-11-24T10:00:00", "2026-13-24T10:00:00Z"]) {
      await expect(list({ timeMin })).rejects.toMatchObject(refusal(400, "badRequest"));
    }
    await expect(list({ timeMin: day.timeMin, timeMax: day.timeMin })).rejects.toMatchObject(
      refusal(400, "timeRangeEmpty"),
    );
    expect((await list({ maxResults: 9999, alwaysIncludeEmail: true })).items).toHaveLength(6);
  });

  it("and events answer 304 to who has the version already", async () => {
    const { accessToken } = sandbox.issueToken(alice, ["https://www.googleapis.com/auth/calendar"]);
    for (const path of ["events", "events/lunch0001"]) {
      const get = (headers: Record<string, string> = {}): Promise<Response> =>
        fetch(`${sandbox.url}/calendar/v3/calendars/primary/${path}`, {
          headers: { authorization: `Bearer ${accessToken}`, ...headers },
        });
      const etag = (await get()).headers.get("etag") ?? "";
      expect((await get({ "if-none-match": etag })).status).toBe(304);
      await events.patch({ calendarId, eventId: "lunch0001", requestBody: { location: path } });
      expect((await get({ "if-none-match": etag })).status).toBe(200);
    }
  });
});

describe("dates of a series", () => {
  let sandbox: GoogleSandbox;
  let events: calendar_v3.Resource$Events;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed: await parseSeed(seed), clock: movedClock(now) });
    events = calendarClient(sandbox, alice).events;
  });
  afterEach(() => sandbox.close());

  const instances = async (params: calendar_v3.Params$Resource$Events$Instances = {}) =>
    (await events.instances({ calendarId, eventId: "weekly001", ...params })).data.items ?? [];

  it("are those of its rule, each where it was moved to, and those taken out only when asked for", async () => {
    const requestBody = {
      start: { dateTime: "2026-12-24T10:00:00", timeZone: "Europe/Berlin" },
      end: { dateTime: "2026-12-24T11:00:00", timeZone: "Europe/Berlin" },
    };
    await events.patch({ calendarId, eventId: "weekly001_20261103T090000Z", requestBody });
    await events.delete({ calendarId, eventId: "weekly001_20261110T090000Z" });
    expect((await instances()).map(({ start }) => start?.dateTime?.slice(0, 10))).toEqual([
      "2026-10-20",
      "2026-10-27",
      "2026-11-17",
      "2026-11-24",
      "2026-12-24",
    ]);
    const december = { timeMin: "2026-12-01T00:00:00Z", timeMax: "2027-01-01T00:00:00Z" };
    expect(await instances(december)).toMatchObject([{ id: "weekly001_20261103T090000Z" }]);
    expect(await instances({ showDeleted: true })).toContainEqual(
      expect.objectContaining({ id: "weekly001_20261110T090000Z", status: "cancelled" }),
    );
  });

  it("are found by when they would have begun", async () => {
    for (const originalStart of ["2026-11-17T10:00:00+01:00", "2026-11-17T09:00:00Z"]) {
      expect(await instances({ originalStart })).toMatchObject([{ id: "weekly001_20261117T090000Z" }]);
    }
    expect(await instances({ originalStart: "2026-11-18T09:00:00Z" })).toEqual([]);
  });

  it("come by pages, are none for an event that does not repeat, and 404 for one that is not there", async () => {
    const { data } = await events.instances({ calendarId, eventId: "weekly001", maxResults: 4 });
    expect(data).toMatchObject({ kind: "calendar#events", summary: "Alice", accessRole: "owner" });
    expect(await instances({ maxResults: 4, pageToken: data.nextPageToken ?? "" })).toHaveLength(2);
    expect(await instances({ eventId: "lunch0001" })).toEqual([]);
    await expect(instances({ eventId: "never0001" })).rejects.toMatchObject(refusal(404, "notFound"));
  });
});
