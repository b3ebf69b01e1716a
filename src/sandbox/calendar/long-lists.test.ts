import { describe, expect, it } from "vitest";
import { alice, bob, calendarWorld } from "../../../test/support/calendar-world.js";
import { refusal } from "../../../test/support/google-clients.js";

const calendarId = "primary";
const timeZone = "Europe/Berlin";
const early = {
  id: "since1999",
  start: { dateTime: "1999-01-04T09:00:00", timeZone },
  end: { dateTime: "1999-01-04T09:15:00", timeZone },
  recurrence: ["RRULE:FREQ=DAILY"],
};

describe("a series of more than ten thousand dates", () => {
  it("is listed, followed and expanded like any other", async () => {
    await using w = await calendarWorld();
    const events = w.events(alice);
    await events.insert({ calendarId, requestBody: early });
    const { data: all } = await events.list({ calendarId, singleEvents: true, maxResults: 5 });
    expect(all.items).toHaveLength(5);
    const { data: first } = await events.instances({ calendarId, eventId: early.id, maxResults: 2 });
    expect(first.items?.map(({ start }) => start?.dateTime)).toEqual([
      "1999-01-04T09:00:00+01:00",
      "1999-01-05T09:00:00+01:00",
    ]);
    const far = { timeMin: "2098-12-30T00:00:00Z", timeMax: "2099-01-01T00:00:00Z" };
    const { data: late } = await events.instances({ calendarId, eventId: early.id, ...far });
    expect(late.items?.map(({ start }) => start?.dateTime)).toEqual([
      "2098-12-30T09:00:00+01:00",
      "2098-12-31T09:00:00+01:00",
    ]);
  });
});

it.each(["HOURLY", "MINUTELY", "SECONDLY"])("a series that happens %s is refused, as Google has none", async (rate) => {
  await using w = await calendarWorld();
  const requestBody = { ...early, recurrence: [`RRULE:FREQ=${rate}`] };
  await expect(w.events(alice).insert({ calendarId, requestBody })).rejects.toMatchObject(refusal(400, "invalid"));
});

it("a sync token is good for the same list with its defaults written out", async () => {
  await using w = await calendarWorld();
  const { data } = await w.events(alice).list({ calendarId });
  const again = { calendarId, singleEvents: false, showHiddenInvitations: false, syncToken: data.nextSyncToken ?? "" };
  expect((await w.events(alice).list(again)).data.items ?? []).toEqual([]);
  await expect(w.events(alice).list({ ...again, singleEvents: true })).rejects.toMatchObject(refusal(400, "invalid"));
});

it("a page token is good for nobody else, and for the same list with its defaults written out", async () => {
  await using w = await calendarWorld();
  for (const user of [alice, bob]) {
    for (const hour of [8, 9, 10]) {
      const at = (minute: string): object => ({
        dateTime: `2026-11-24T${String(hour).padStart(2, "0")}:${minute}:00Z`,
      });
      await w.events(user).insert({ calendarId, requestBody: { start: at("00"), end: at("30") } });
    }
  }
  const { data } = await w.events(alice).list({ calendarId, maxResults: 2 });
  const next = { calendarId, maxResults: 2, pageToken: data.nextPageToken ?? "" };
  expect((await w.events(alice).list({ ...next, singleEvents: false })).data.items?.length).toBeGreaterThan(0);
  await expect(w.events(bob).list(next)).rejects.toMatchObject(refusal(400, "invalid"));
});
