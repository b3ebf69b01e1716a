import type { calendar_v3 } from "@googleapis/calendar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarClient, gmailClient } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, largeWorld, parseSeed, type GoogleSandbox } from "../index.js";

const person = "person1@example.com";
const calendarId = "primary";
const now = Date.parse("2026-11-23T12:00:00Z");

describe("a generated calendar", () => {
  let sandbox: GoogleSandbox;
  let events: calendar_v3.Schema$Event[];
  beforeAll(async () => {
    const seed = largeWorld({ users: 2, messages: 5000, events: 4000 });
    sandbox = await createGoogleSandbox({ seed, clock: movedClock(now), limits: "none" });
    events = await all({ showDeleted: true });
  });
  afterAll(() => sandbox.close());

  const all = async (params: calendar_v3.Params$Resource$Events$List) => {
    const api = calendarClient(sandbox, person).events;
    const found: calendar_v3.Schema$Event[] = [];
    for (let pageToken: string | undefined; ;) {
      const more = pageToken === undefined ? {} : { pageToken };
      const { data } = await api.list({ calendarId, maxResults: 2500, ...params, ...more });
      found.push(...(data.items ?? []));
      if (!data.nextPageToken) return found;
      pageToken = data.nextPageToken;
    }
  };
  const count = (fits: (event: calendar_v3.Schema$Event) => unknown) => events.filter(fits).length;
  const answers = (status: string) => (event: calendar_v3.Schema$Event) =>
    event.attendees?.some(({ self, responseStatus }) => self && responseStatus === status);

  it("has as many events as were asked for, each once, and of all kinds", () => {
    expect(events).toHaveLength(4000);
    expect(new Set(events.map(({ id }) => id)).size).toBe(4000);
    const kinds = {
      meetings: count(({ attendees }) => attendees && attendees.length > 1),
      series: count(({ recurrence }) => recurrence),
      otherZones: count(({ start }) => start?.timeZone && start.timeZone !== "Europe/Berlin"),
      moved: count(({ recurringEventId, status }) => recurringEventId && status === "confirmed"),
      cancelled: count(({ status }) => status === "cancelled"),
      wholeDays: count(({ start }) => start?.date),
      declined: count(answers("declined")),
      unanswered: count(answers("needsAction")),
      tentative: count(({ status }) => status === "tentative"),
      private: count(({ visibility }) => visibility === "private"),
      free: count(({ transparency }) => transparency === "transparent"),
      outOfOffice: count(({ eventType }) => eventType === "outOfOffice"),
      past: count(({ end }) => Date.parse(end?.dateTime ?? `${end?.date}T00:00:00Z`) < now),
    };
    for (const [kind, found] of Object.entries(kinds)) expect(found, kind).toBeGreaterThan(10);
    expect(kinds.past).toBeLessThan(3600);
    expect(kinds.series).toBeGreaterThan(100);
  });

  it("has texts that try something, as they were written", () => {
    expect(events.some(({ summary }) => summary?.includes("<img src=x onerror="))).toBe(true);
    expect(events.some(({ summary }) => summary?.startsWith("=HYPERLINK"))).toBe(true);
    expect(events.some(({ summary }) => summary?.includes("\u202E"))).toBe(true);
  });

  it("keeps its series at their time on the wall, with what was moved and cancelled", async () => {
    const summer = { timeMin: "2026-03-01T00:00:00Z", timeMax: "2026-04-30T00:00:00Z", singleEvents: true };
    const dates = (await all(summer)).filter(({ recurringEventId }) => recurringEventId);
    const wall = (event: calendar_v3.Schema$Event): string => {
      const { dateTime, timeZone } = event.start ?? {};
      const format = new Intl.DateTimeFormat("en-GB", { timeZone: timeZone ?? "UTC", timeStyle: "short" });
      return format.format(Date.parse(dateTime ?? ""));
    };
    const bySeries = new Map<unknown, Set<string>>();
    for (const date of dates.filter(
      ({ id, start, originalStartTime }) => id && start?.dateTime === originalStartTime?.dateTime,
    )) {
      bySeries.set(date.recurringEventId, (bySeries.get(date.recurringEventId) ?? new Set()).add(wall(date)));
    }
    expect(bySeries.size).toBeGreaterThan(15);
    for (const times of bySeries.values()) expect(times.size).toBe(1);
    const moved = events.find(({ recurringEventId, status }) => recurringEventId && status === "confirmed");
    const eventId = moved?.recurringEventId ?? "";
    const { data } = await calendarClient(sandbox, person).events.instances({ calendarId, eventId });
    expect(data.items).toHaveLength(9); // ten, of which one is cancelled
    expect(data.items).toContainEqual(moved);
  });

  it("is the same again with the same seed, and another with another", async () => {
    const titles = async (seed: number, user: string): Promise<unknown[]> => {
      const world = largeWorld({ users: 2, messages: 10, events: 100, seed });
      const again = await createGoogleSandbox({ seed: world, clock: movedClock(now) });
      const shown = again.inspect.events(user).map(({ id, summary, start }) => [id, summary, start]);
      await again.close();
      return shown;
    };
    const first = await titles(1, person);
    expect(await titles(1, person)).toEqual(first);
    expect(await titles(2, person)).not.toEqual(first);
    expect(await titles(1, "person2@example.com")).toHaveLength(10);
  });

  it("stands beside as much mail, of people in several zones", async () => {
    const { data } = await gmailClient(sandbox, person).users.getProfile({ userId: "me" });
    expect(data.messagesTotal).toBe(5000);
    expect(largeWorld().users[0]).toMatchObject({
      generatedMessages: 100_000,
      calendars: [{ generatedEvents: 10_000 }],
    });
    const other = await calendarClient(sandbox, "person2@example.com").calendars.get({ calendarId });
    expect(other.data.timeZone).toBe("America/New_York");
  });

  it("stands in a seed beside events of one's own", async () => {
    const seed = `
      users:
        - email: ${person}
          calendars:
            - generatedEvents: 50
              events: [{ id: mine0001, start: { date: 2026-11-24 }, end: { date: 2026-11-25 } }]`;
    const small = await createGoogleSandbox({ seed: await parseSeed(seed) });
    expect(small.inspect.events(person)).toHaveLength(51);
    await small.close();
    const wrong = seed.replace("50", "-1");
    await expect(parseSeed(wrong)).rejects.toMatchObject({
      details: { path: "users.0.calendars.0.generatedEvents" },
    });
  });
});
