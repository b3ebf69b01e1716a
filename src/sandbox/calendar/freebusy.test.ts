import type { calendar_v3 } from "@googleapis/calendar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, parseSeed, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const seed = `
groups:
  - { email: Studio@example.com, members: [${alice}, ${bob}, gone@example.com] }
users:
  - email: ${alice}
    timeZone: Europe/Berlin
    calendars:
      - events:
          - summary: Call
            start: { dateTime: "2026-11-24T09:00:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-24T10:00:00", timeZone: Europe/Berlin }
          - summary: Longer call
            start: { dateTime: "2026-11-24T09:30:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-24T11:00:00", timeZone: Europe/Berlin }
          - summary: Free
            transparency: transparent
            start: { dateTime: "2026-11-24T12:00:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-24T13:00:00", timeZone: Europe/Berlin }
          - summary: Declined
            start: { dateTime: "2026-11-24T14:00:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-24T15:00:00", timeZone: Europe/Berlin }
            organizer: { email: ${bob} }
            attendees: [{ email: ${bob} }, { email: ${alice}, responseStatus: declined }]
          - { summary: Trip, start: { date: 2026-11-25 }, end: { date: 2026-11-26 } }
      - id: secret@group.calendar.google.com
        share: [{ email: ${bob}, role: freeBusyReader }]
        events:
          - summary: Surprise
            start: { dateTime: "2026-11-24T18:00:00", timeZone: Europe/Berlin }
            end: { dateTime: "2026-11-24T19:00:00", timeZone: Europe/Berlin }
            recurrence: ["RRULE:FREQ=DAILY;COUNT=2"]
  - { email: ${bob}, timeZone: America/New_York }
  - { email: stranger@elsewhere.example }
`;
const days = { timeMin: "2026-11-24T00:00:00+01:00", timeMax: "2026-11-26T00:00:00+01:00" };

describe("free/busy queries", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    const clock = movedClock(Date.parse("2026-11-23T12:00:00Z"));
    sandbox = await createGoogleSandbox({ seed: await parseSeed(seed), clock });
  });
  afterEach(() => sandbox.close());

  const query = async (requestBody: calendar_v3.Schema$FreeBusyRequest, user = bob) =>
    (
      await calendarClient(sandbox, user, ["calendar.freebusy"]).freebusy.query({
        requestBody: { ...days, ...requestBody },
      })
    ).data;

  it("tell when somebody is busy, overlapping times as one, without what is free, declined or out of the span", async () => {
    const data = await query({
      items: [{ id: alice }],
      timeZone: "Europe/Berlin",
      timeMin: "2026-11-24T09:15:00+01:00",
    });
    expect(data).toEqual({
      kind: "calendar#freeBusy",
      timeMin: "2026-11-24T08:15:00.000Z",
      timeMax: "2026-11-25T23:00:00.000Z",
      calendars: {
        [alice]: {
          busy: [
            { start: "2026-11-24T09:15:00+01:00", end: "2026-11-24T11:00:00+01:00" },
            { start: "2026-11-25T00:00:00+01:00", end: "2026-11-26T00:00:00+01:00" },
          ],
        },
      },
    });
  });

  it("answer in UTC where no zone is asked for, under the names that were used", async () => {
    const { calendars } = await query({ items: [{ id: "primary" }] }, alice);
    expect(calendars?.["primary"]?.busy?.[0]).toEqual({ start: "2026-11-24T08:00:00Z", end: "2026-11-24T10:00:00Z" });
  });

  it("need no more than to see when a calendar is busy, and have an error for what cannot be seen", async () => {
    const secret = "secret@group.calendar.google.com";
    const { calendars } = await query({ items: [{ id: secret }, { id: "nobody@example.com" }] });
    expect(calendars?.[secret]?.busy).toHaveLength(2);
    expect(calendars?.["nobody@example.com"]).toEqual({ errors: [{ domain: "global", reason: "notFound" }], busy: [] });
    const strange = await query({ items: [{ id: secret }, { id: alice }] }, "stranger@elsewhere.example");
    for (const id of [secret, alice])
      expect(strange.calendars?.[id]).toMatchObject({ errors: [{ reason: "notFound" }] });
  });

  it("take a group for its members, up to a number", async () => {
    const { groups, calendars } = await query({ items: [{ id: "studio@example.com" }] });
    const members = [alice, bob, "gone@example.com"];
    expect(groups).toEqual({ "studio@example.com": { calendars: members } });
    expect(Object.keys(calendars ?? {})).toEqual(members);
    expect(calendars?.[alice]?.busy).toHaveLength(2);
    const small = await query({ items: [{ id: "studio@example.com" }], groupExpansionMax: 2 });
    expect(small.groups).toEqual({ "studio@example.com": { errors: [{ domain: "global", reason: "groupTooBig" }] } });
    expect(small.calendars).toEqual({});
  });

  it("have no answer for more calendars than fifty, or than the query allows", async () => {
    const items = Array.from({ length: 51 }, (_, index) => ({ id: `person${index}@example.com` }));
    for (const asked of [{ items }, { items: items.slice(0, 3), calendarExpansionMax: 2 }]) {
      const { calendars } = await query(asked);
      expect(calendars?.["person0@example.com"]).toMatchObject({ errors: [{ reason: "tooManyCalendarsRequested" }] });
    }
    expect((await query({ items: items.slice(0, 50) })).calendars?.["person0@example.com"]).toMatchObject({
      errors: [{ reason: "notFound" }],
    });
  });

  it("are refused for spans that are empty, too long or no times, and for bodies that are none", async () => {
    await expect(query({ timeMax: days.timeMin })).rejects.toMatchObject(refusal(400, "timeRangeEmpty"));
    await expect(query({ timeMax: "2027-03-01T00:00:00Z" })).rejects.toMatchObject(refusal(400, "timeRangeTooLong"));
    await expect(query({ timeMax: "2026-11-26" })).rejects.toMatchObject(refusal(400, "badRequest"));
    await expect(query({ timeMax: null })).rejects.toMatchObject(refusal(400, "required"));
    await expect(query({ timeZone: "Mars/Olympus" })).rejects.toMatchObject(refusal(400, "invalid"));
    await expect(query({ calendarExpansionMax: 51 })).rejects.toMatchObject(refusal(400, "invalid"));
    await expect(query({ groupExpansionMax: 101 })).rejects.toMatchObject(refusal(400, "invalid"));
    await expect(query({ items: [{}] })).rejects.toMatchObject(refusal(400, "required"));
  });
});

describe("groups in a seed", () => {
  it("are named where they are wrong", async () => {
    const wrong = `{ groups: [{ email: studio, members: [] }], users: [{ email: ${alice} }] }`;
    await expect(parseSeed(wrong)).rejects.toMatchObject({
      code: "config.invalid",
      details: { path: "groups.0.email" },
    });
  });
});
