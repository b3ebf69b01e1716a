import type { calendar_v3 } from "@googleapis/calendar";
import { describe, expect, it } from "vitest";
import {
  alice,
  answers,
  bob,
  calendarWorld,
  carol,
  hour,
  type CalendarWorld,
} from "../../../test/support/calendar-world.js";
import { refusal } from "../../../test/support/google-clients.js";

const calendarId = "primary";
const daily = { id: "standup01", summary: "Stand-up", recurrence: ["RRULE:FREQ=DAILY;COUNT=5"] };
/** The id of the occurrence of a day, which is at noon in Berlin. */
const on = (day: number): string => `standup01_202611${day}T110000Z`;

const season = { calendarId, timeMin: "2026-11-01T00:00:00Z", timeMax: "2027-01-01T00:00:00Z" };

/** What somebody's calendar has of the series, by day. */
async function shown(w: CalendarWorld, user: string): Promise<Record<string, string>> {
  const { data } = await w.events(user).list({ ...season, singleEvents: true, orderBy: "startTime" });
  const items: calendar_v3.Schema$Event[] = data.items ?? [];
  return Object.fromEntries(
    items.map(({ start, summary }) => [start?.dateTime?.slice(8, 13) ?? start?.date ?? "", summary ?? ""]),
  );
}

const plain = {
  "24T12": "Stand-up",
  "25T12": "Stand-up",
  "26T12": "Stand-up",
  "27T12": "Stand-up",
  "28T12": "Stand-up",
};

function without(days: Record<string, string>, day: string): Record<string, string> {
  return Object.fromEntries(Object.entries(days).filter(([each]) => each !== day));
}

describe("an occurrence of a series", () => {
  it("that is changed differs from the series in everybody's calendar", async () => {
    await using w = await calendarWorld();
    await w.insert({ ...daily, attendees: [{ email: bob }] });
    const changed = await w.patch(alice, on(25), { summary: "Long stand-up", ...hour("2026-11-25", 15) });
    expect(changed).toMatchObject({
      id: on(25),
      recurringEventId: daily.id,
      originalStartTime: { dateTime: "2026-11-25T12:00:00+01:00" },
      iCalUID: `${daily.id}@google.com`,
    });
    expect(changed).not.toHaveProperty("recurrence");
    const others = without(plain, "25T12");
    const wanted = { ...others, "25T15": "Long stand-up" };
    expect([await shown(w, alice), await shown(w, bob)]).toEqual([wanted, wanted]);
    expect((await w.copy(bob, daily.id)).summary).toBe("Stand-up");
  });

  it("that is changed wrongly is as it was", async () => {
    await using w = await calendarWorld();
    await w.insert({ ...daily, attendees: [{ email: bob }] });
    await expect(w.patch(alice, on(25), { colorId: "99" })).rejects.toMatchObject(refusal(400, "invalid"));
    await expect(w.patch(bob, on(25), { summary: "Mine" })).rejects.toMatchObject({ code: 403 });
    expect(w.sandbox.inspect.events(alice)).toHaveLength(1);
  });

  it("is answered alone by a guest, in both copies", async () => {
    await using w = await calendarWorld();
    await w.insert({ ...daily, attendees: [{ email: bob, responseStatus: "accepted" }] });
    await w.patch(bob, on(26), { attendees: [{ email: bob, responseStatus: "declined" }] }, { sendUpdates: "all" });
    for (const user of [alice, bob]) {
      expect(answers(await w.copy(user, on(26)))).toEqual({ [bob]: "declined" });
      expect(answers(await w.copy(user, on(27)))).toEqual({ [bob]: "accepted" });
    }
    expect(w.sandbox.inspect.calendarMails()).toMatchObject([{ kind: "response", eventId: on(26) }]);
  });

  it("is deleted for all by the organizer, and by a guest for the guest", async () => {
    await using w = await calendarWorld();
    await w.insert({ ...daily, attendees: [{ email: bob }] });
    await w.events(alice).delete({ calendarId, eventId: on(25) });
    await w.events(bob).delete({ calendarId, eventId: on(26) });
    const alices = without(plain, "25T12");
    const bobs = without(alices, "26T12");
    expect([await shown(w, alice), await shown(w, bob)]).toEqual([alices, bobs]);
    expect(answers(await w.copy(alice, on(26)))).toEqual({ [bob]: "declined" });
    expect(answers(await w.copy(alice, on(27)))).toEqual({ [bob]: "needsAction" });
    const again = w.events(alice).delete({ calendarId, eventId: on(25) });
    await expect(again).rejects.toMatchObject(refusal(410, "deleted"));
    await w.patch(alice, on(25), { status: "confirmed" });
    expect(await shown(w, alice)).toEqual(plain);
  });

  it("has guests of its own", async () => {
    await using w = await calendarWorld();
    await w.insert({ ...daily, attendees: [{ email: bob }] });
    await w.patch(alice, on(25), { attendees: [{ email: carol }] });
    expect(await shown(w, carol)).toEqual({ "25T12": "Stand-up" });
    expect(await w.copy(carol, on(25))).toMatchObject({ recurringEventId: daily.id });
    const bobs = without(plain, "25T12");
    expect(await shown(w, bob)).toEqual(bobs);
  });

  it("cannot be more visible than its series, and takes the series with it when it is less", async () => {
    await using w = await calendarWorld();
    await w.insert(daily);
    expect((await w.patch(alice, on(25), { visibility: "private" })).visibility).toBe("private");
    expect((await w.copy(alice, daily.id)).visibility).toBe("private");
    expect((await w.patch(alice, on(26), { visibility: "public", summary: "Open" })).visibility).toBe("private");
    expect((await w.copy(alice, on(26))).summary).toBe("Open");
  });
});

describe("a series", () => {
  it("that is changed leaves what differs from it", async () => {
    await using w = await calendarWorld();
    await w.insert(daily);
    await w.patch(alice, on(25), { summary: "Long stand-up" });
    await w.patch(alice, daily.id, { summary: "Sit-down", location: "Studio" });
    expect(await shown(w, alice)).toMatchObject({ "24T12": "Sit-down", "25T12": "Long stand-up", "26T12": "Sit-down" });
  });

  it("that moves loses the exceptions whose dates it no longer has", async () => {
    await using w = await calendarWorld();
    await w.insert(daily);
    await w.patch(alice, on(24), { summary: "First" });
    await w.patch(alice, on(27), { summary: "Fourth" });
    await w.patch(alice, daily.id, { recurrence: ["RRULE:FREQ=DAILY;COUNT=2"] });
    expect(await shown(w, alice)).toEqual({ "24T12": "First", "25T12": "Stand-up" });
    await w.patch(alice, daily.id, hour("2026-11-24", 9));
    expect(await shown(w, alice)).toEqual({ "24T09": "Stand-up", "25T09": "Stand-up" });
  });

  it("is split into itself and what follows by plain calls", async () => {
    await using w = await calendarWorld();
    await w.insert({ ...daily, attendees: [{ email: bob }] });
    await w.patch(alice, on(25), { summary: "Kept" });
    await w.patch(alice, on(28), { summary: "Lost" });
    await w.patch(alice, daily.id, { recurrence: ["RRULE:FREQ=DAILY;UNTIL=20261126T105959Z"] });
    await w.insert({
      ...hour("2026-11-26", 10),
      summary: "Early stand-up",
      recurrence: ["RRULE:FREQ=DAILY;COUNT=3"],
      attendees: [{ email: bob }],
    });
    const wanted = {
      "24T12": "Stand-up",
      "25T12": "Kept",
      "26T10": "Early stand-up",
      "27T10": "Early stand-up",
      "28T10": "Early stand-up",
    };
    expect([await shown(w, alice), await shown(w, bob)]).toEqual([wanted, wanted]);
  });

  it("that is deleted takes its exceptions with it, and so does one that a guest deletes", async () => {
    await using w = await calendarWorld();
    await w.insert({ ...daily, attendees: [{ email: bob }, { email: carol }] });
    await w.patch(alice, on(25), { summary: "Long stand-up" });
    await w.events(bob).delete({ calendarId, eventId: daily.id });
    expect(await shown(w, bob)).toEqual({});
    expect(await shown(w, carol)).toMatchObject({ "25T12": "Long stand-up" });
    expect(answers(await w.copy(alice, on(25)))).toEqual({ [bob]: "declined", [carol]: "needsAction" });
    await w.events(alice).delete({ calendarId, eventId: daily.id });
    expect([await shown(w, alice), await shown(w, carol)]).toEqual([{}, {}]);
  });

  it("shows a new guest what differs from it and what was deleted of it", async () => {
    await using w = await calendarWorld();
    await w.insert(daily);
    await w.patch(alice, on(25), { summary: "Long stand-up" });
    await w.events(alice).delete({ calendarId, eventId: on(26) });
    await w.patch(alice, daily.id, { attendees: [{ email: bob }] });
    const others = without(plain, "26T12");
    expect(await shown(w, bob)).toEqual({ ...others, "25T12": "Long stand-up" });
    await w.patch(alice, daily.id, { attendees: [] });
    expect(await shown(w, bob)).toEqual({});
  });

  it("whose exceptions change with it says so to who asks for changes since", async () => {
    await using w = await calendarWorld();
    await w.insert(daily);
    await w.patch(alice, on(25), { summary: "Long stand-up" });
    w.sandbox.clock.advance(3_000_000);
    const updatedMin = "2026-11-23T12:30:00Z";
    const changed = async () => {
      const { data } = await w.events(alice).list({ calendarId, updatedMin });
      return (data.items ?? []).map(({ id, status }) => [id, status]);
    };
    expect(await changed()).toEqual([]);
    await w.patch(alice, daily.id, { attendees: [{ email: bob }] });
    expect(await changed()).toEqual([
      [daily.id, "confirmed"],
      [on(25), "confirmed"],
    ]);
    await w.patch(alice, daily.id, hour("2026-11-24", 9));
    expect(await changed()).toContainEqual([on(25), "cancelled"]);
  });

  it("is answered as a whole, but for the occurrences that were answered otherwise", async () => {
    await using w = await calendarWorld();
    await w.insert({ ...daily, attendees: [{ email: bob }] });
    await w.patch(alice, on(25), { summary: "Long stand-up" });
    await w.patch(bob, on(26), { attendees: [{ email: bob, responseStatus: "declined" }] });
    await w.patch(bob, daily.id, { attendees: [{ email: bob, responseStatus: "accepted" }] });
    expect(answers(await w.copy(alice, on(25)))).toEqual({ [bob]: "accepted" });
    expect(answers(await w.copy(alice, on(26)))).toEqual({ [bob]: "declined" });
    expect(answers(await w.copy(alice, on(27)))).toEqual({ [bob]: "accepted" });
  });

  it("may be a list of dates, timed or of whole days", async () => {
    await using w = await calendarWorld();
    await w.insert({ summary: "Market", recurrence: ["RDATE;TZID=Europe/Berlin:20261201T120000,20261203T120000"] });
    const days = { start: { date: "2026-12-10" }, end: { date: "2026-12-11" } };
    await w.insert({
      summary: "Fair",
      ...days,
      recurrence: ["RRULE:FREQ=DAILY;COUNT=4", "EXDATE;VALUE=DATE:20261211,20261212"],
    });
    expect(await shown(w, alice)).toEqual({
      "24T12": "Market",
      "01T12": "Market",
      "03T12": "Market",
      "2026-12-10": "Fair",
      "2026-12-13": "Fair",
    });
  });
});
