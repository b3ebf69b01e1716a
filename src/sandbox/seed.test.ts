import { describe, expect, it } from "vitest";
import { calendarClient } from "../../test/support/google-clients.js";
import { createGoogleSandbox } from "./index.js";
import { parseSeed, type SeedEvent } from "./seed.js";

describe("parseSeed", () => {
  it("says where a file is no YAML", async () => {
    await expect(parseSeed("users:\n  - email: 'a\n")).rejects.toMatchObject({
      code: "config.invalid",
      message: expect.stringMatching(/line 3/) as string,
    });
  });

  it("names a key that it does not know", async () => {
    await expect(parseSeed("users: [{ email: a@b.c, mails: [] }]")).rejects.toMatchObject({
      details: { path: "users.0.mails" },
    });
  });
});

describe("the faults of a seed", () => {
  const users = [{ email: "a@example.com" }];

  it("come without a test's asking", async () => {
    const respond = { status: 502, body: "<html>Bad gateway</html>" };
    const faults = [{ method: "oauth.token", times: 2, respond }];
    const sandbox = await createGoogleSandbox({ seed: { faults, users } });
    const statuses: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      statuses.push((await fetch(`${sandbox.url}/token`, { method: "POST" })).status);
    }
    expect(statuses).toEqual([502, 502, 400]);
    await sandbox.close();
  });

  it.each([
    ["an unknown fault", "respond: tired", "faults.0", "tired"],
    ["an unknown method", "{ method: gmail.users.fly, respond: reset }", "faults.0", "gmail.users.fly"],
    ["an unknown person", "{ user: eve@example.com, respond: reset }", "faults.0", "eve@example.com"],
    ["an unknown key", "{ often: 3, respond: reset }", "faults.0.often", "often"],
    ["no answer", "{ method: oauth.token }", "faults.0.respond", "respond"],
  ])("are refused for %s, which is named with its place", async (_, fault, path, words) => {
    const content = `faults: [${fault.startsWith("{") ? fault : `{ ${fault} }`}]\nusers: [{ email: a@example.com }]`;
    const start = async (): Promise<unknown> => createGoogleSandbox({ seed: await parseSeed(content) });
    await expect(start()).rejects.toMatchObject({
      code: "config.invalid",
      message: expect.stringContaining(words) as string,
      details: { path },
    });
  });
});

describe("the events of a seed", () => {
  const times = { start: { date: "2026-11-23" }, end: { date: "2026-11-24" } };
  const timed = (field: object) => ({
    start: { dateTime: "2026-11-23T09:00:00Z", ...field },
    end: { dateTime: "2026-11-23T10:00:00Z" },
  });

  it.each<[string, SeedEvent]>([
    ["start", { ...times, start: {} }],
    ["start.date", { ...times, start: { date: "notadate" } }],
    ["start.date", { ...times, start: { date: "2026-02-30" } }],
    ["start.date", { ...times, start: { date: "9999-12-31" } }],
    ["start.dateTime", timed({ dateTime: "0000-01-01T09:00:00Z" })],
    ["start.dateTime", timed({ dateTime: "yesterday" })],
    ["start.dateTime", timed({ dateTime: "2026-11-31T09:00:00" })],
    ["start.timeZone", timed({ timeZone: "Mars/Base" })],
    ["end", { ...times, end: { dateTime: "2026-11-23T09:00:00Z" } }],
    ["id", { ...times, id: "a b/c" }],
    ["created", { ...times, created: "once" }],
    ["originalStartTime", { ...times, recurringEventId: "weekly01" }],
    ["recurrence", { ...times, recurrence: "RRULE:FREQ=DAILY" }],
    ["recurrence.1", { ...times, recurrence: ["RRULE:FREQ=DAILY", "RRULE:FREQ=NOPE"] }],
    ["recurrence.0", { ...times, recurrence: ["every day"] }],
    ["recurrence.0", { ...times, recurrence: ["RRULE:FREQ=SECONDLY"] }],
    ["recurrence.1", { ...times, recurrence: ["RRULE:FREQ=DAILY", "EXDATE:20261332T090000Z"] }],
    ["recurrence", { ...times, recurrence: ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"] }],
  ])("that cannot be are refused with their place: %s", async (place, event) => {
    const seed = { users: [{ email: "a@example.com", calendars: [{ events: [times, event] }] }] };
    await expect(createGoogleSandbox({ seed })).rejects.toMatchObject({
      code: "config.invalid",
      details: { path: `users.0.calendars.0.events.1.${place}` },
    });
  });

  it("that have the same id in one calendar are refused, wherever the calendar is named", async () => {
    const calendar = (id: string) => ({ id, events: [{ ...times, id: "same00001" }] });
    const team = "team@group.calendar.google.com";
    const seed = (second: string) => ({
      users: [
        { email: "a@example.com", calendars: [calendar(team)] },
        { email: "b@example.com", calendars: [{}, calendar(second)] },
      ],
    });
    await expect(createGoogleSandbox({ seed: seed(team) })).rejects.toMatchObject({
      details: { path: "users.1.calendars.1.events.0.id" },
    });
    await (await createGoogleSandbox({ seed: seed("other@group.calendar.google.com") })).close();
  });

  it("and two calendars of a person with the same id", async () => {
    const seed = { users: [{ email: "a@example.com", calendars: [{ summary: "Main" }, { summary: "Main as well" }] }] };
    await expect(createGoogleSandbox({ seed })).rejects.toMatchObject({ details: { path: "users.0.calendars.1.id" } });
  });

  it("may be an occurrence that differs from its series", async () => {
    const at = (day: number, hour = 9) => ({
      dateTime: `2026-11-${day}T${String(hour).padStart(2, "0")}:00:00Z`,
      timeZone: "UTC",
    });
    const series = {
      id: "weekly01",
      summary: "Weekly",
      start: at(23),
      end: at(23, 10),
      recurrence: ["RRULE:FREQ=WEEKLY"],
    };
    const moved = {
      id: "weekly01_20261130T090000Z",
      summary: "Later",
      start: at(30, 14),
      end: at(30, 15),
      recurringEventId: "weekly01",
      originalStartTime: at(30),
    };
    const seed = { users: [{ email: "a@example.com", calendars: [{ events: [series, moved] }] }] };
    const sandbox = await createGoogleSandbox({ seed });
    const { events } = calendarClient(sandbox, "a@example.com");
    const list = async () =>
      (
        await events.list({
          calendarId: "primary",
          singleEvents: true,
          orderBy: "startTime",
          timeMin: "2026-11-23T00:00:00Z",
          timeMax: "2026-12-08T00:00:00Z",
        })
      ).data.items?.map(({ summary, start }) => `${start?.dateTime} ${summary}`);
    expect(await list()).toEqual([
      "2026-11-23T09:00:00Z Weekly",
      "2026-11-30T14:00:00Z Later",
      "2026-12-07T09:00:00Z Weekly",
    ]);
    await events.delete({ calendarId: "primary", eventId: "weekly01" });
    expect(await list()).toEqual([]);
    await sandbox.close();
  });

  it("and a person's impossible zone", async () => {
    const seed = { users: [{ email: "a@example.com", timeZone: "Nowhere" }] };
    await expect(createGoogleSandbox({ seed })).rejects.toMatchObject({ details: { path: "users.0.timeZone" } });
  });
});
