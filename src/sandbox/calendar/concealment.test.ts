import type { calendar_v3 } from "@googleapis/calendar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, parseSeed, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const seed = `
users:
  - email: ${alice}
    calendars:
      - share:
          - { email: reader@example.com, role: reader }
          - { email: limited@example.com, role: writerWithoutPrivateAccess }
          - { email: writer@example.com, role: writer }
          - { email: guest@example.com, role: reader }
          - { email: busy@example.com, role: freeBusyReader }
        events:
          - id: open00001
            summary: Review
            location: Studio
            start: { dateTime: "2026-11-24T09:00:00Z" }
            end: { dateTime: "2026-11-24T10:00:00Z" }
          - id: doctor001
            summary: Doctor
            location: Clinic
            visibility: private
            start: { dateTime: "2026-11-24T11:00:00Z" }
            end: { dateTime: "2026-11-24T12:00:00Z" }
            recurrence: ["RRULE:FREQ=DAILY;COUNT=2"]
            attendees: [{ email: ${alice} }, { email: guest@example.com }]
          - id: free00001
            summary: Reminder
            transparency: transparent
            start: { date: 2026-11-24 }
            end: { date: 2026-11-25 }
  - { email: reader@example.com }
  - { email: limited@example.com }
  - { email: writer@example.com }
  - { email: guest@example.com }
  - { email: busy@example.com }
`;

describe("what of a shared calendar's events is shown", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    const clock = movedClock(Date.parse("2026-11-23T12:00:00Z"));
    sandbox = await createGoogleSandbox({ seed: await parseSeed(seed), clock });
  });
  afterEach(() => sandbox.close());

  const list = async (user: string, params: calendar_v3.Params$Resource$Events$List = {}) =>
    (await calendarClient(sandbox, user).events.list({ calendarId: alice, ...params })).data.items ?? [];
  const titles = async (user: string) => (await list(user)).map(({ summary }) => summary);

  it("are private events with their times alone for those who only read, and whole for those who write", async () => {
    for (const user of ["reader@example.com", "limited@example.com"]) {
      expect(await titles(user)).toEqual(["Review", undefined, "Reminder"]);
    }
    expect(await titles("writer@example.com")).toEqual(["Review", "Doctor", "Reminder"]);
    const [, doctor] = await list("reader@example.com");
    expect(doctor).toMatchObject({
      id: "doctor001",
      visibility: "private",
      start: { dateTime: "2026-11-24T11:00:00Z" },
      recurrence: ["RRULE:FREQ=DAILY;COUNT=2"],
    });
    for (const field of ["location", "attendees", "organizer", "creator", "reminders"]) {
      expect(doctor).not.toHaveProperty(field);
    }
  });

  it("are private events whole for who attends them", async () => {
    expect(await titles("guest@example.com")).toEqual(["Review", "Doctor", "Reminder"]);
  });

  it("are busy times alone for those who may see no more", async () => {
    const shown = await list("busy@example.com", { singleEvents: true });
    expect(shown.map(({ summary, visibility, start }) => [summary, visibility, start?.dateTime])).toEqual([
      [undefined, "private", "2026-11-24T09:00:00Z"],
      [undefined, "private", "2026-11-24T11:00:00Z"],
      [undefined, "private", "2026-11-25T11:00:00Z"],
    ]);
  });

  it("cannot be found out by searching", async () => {
    expect(await list("reader@example.com", { q: "clinic" })).toEqual([]);
    expect(await list("busy@example.com", { q: "review" })).toEqual([]);
    expect(await list("writer@example.com", { q: "clinic" })).toHaveLength(1);
  });

  it("is the same when one event is read, or the dates of one", async () => {
    const { events } = calendarClient(sandbox, "reader@example.com");
    for (const eventId of ["doctor001", "doctor001_20261125T110000Z"]) {
      const { data } = await events.get({ calendarId: alice, eventId });
      expect(data).toMatchObject({ id: eventId, visibility: "private" });
      expect(data).not.toHaveProperty("summary");
    }
    const { data } = await events.instances({ calendarId: alice, eventId: "doctor001" });
    expect(data.items?.map(({ summary }) => summary)).toEqual([undefined, undefined]);
  });
});
