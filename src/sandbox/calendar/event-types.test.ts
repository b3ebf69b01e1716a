import { describe, expect, it } from "vitest";
import { alice, calendarWorld, hour, team } from "../../../test/support/calendar-world.js";
import type { SeedEvent } from "../index.js";
import { refusal } from "../../../test/support/google-clients.js";

const day = { start: { date: "2026-11-24" }, end: { date: "2026-11-25" } };
const focus = {
  eventType: "focusTime",
  focusTimeProperties: { autoDeclineMode: "declineNone", chatStatus: "doNotDisturb" },
};
const away = {
  eventType: "outOfOffice",
  outOfOfficeProperties: { autoDeclineMode: "declineAllConflictingInvitations" },
};
const home = {
  eventType: "workingLocation",
  workingLocationProperties: { type: "homeOffice", homeOffice: {} },
  visibility: "public",
  transparency: "transparent",
};
const birthday = {
  eventType: "birthday",
  ...day,
  visibility: "private",
  transparency: "transparent",
  recurrence: ["RRULE:FREQ=YEARLY"],
};

describe("events that are more than meetings", () => {
  it.each<[string, object]>([
    ["focus time", focus],
    ["an absence", away],
    ["a place of work", home],
    ["a place of work for a day", { ...home, ...day }],
    ["a birthday", birthday],
  ])("can be made and changed: %s", async (_, body) => {
    await using w = await calendarWorld();
    const created = await w.insert(body);
    expect(created).toMatchObject({ eventType: Reflect.get(body, "eventType") as string });
    expect(await w.patch(alice, created.id, { summary: "So" })).toMatchObject({
      ...body,
      ...timesOf(created),
      summary: "So",
    });
  });

  it.each<[string, string, object]>([
    ["focus time without its properties", "malformedFocusTimeEvent", { eventType: "focusTime" }],
    ["focus time of a whole day", "malformedFocusTimeEvent", { ...focus, ...day }],
    ["focus time that takes no time", "malformedFocusTimeEvent", { ...focus, transparency: "transparent" }],
    [
      "focus time with a status of its own",
      "malformedFocusTimeEvent",
      { ...focus, focusTimeProperties: { chatStatus: "asleep" } },
    ],
    ["an absence without its properties", "malformedOutOfOfficeEvent", { eventType: "outOfOffice" }],
    ["an absence of a whole day", "malformedOutOfOfficeEvent", { ...away, ...day }],
    [
      "an absence that declines by whim",
      "malformedOutOfOfficeEvent",
      { ...away, outOfOfficeProperties: { autoDeclineMode: "some" } },
    ],
    ["a place of work nowhere", "malformedWorkingLocationEvent", { ...home, workingLocationProperties: null }],
    [
      "a place of work on the moon",
      "malformedWorkingLocationEvent",
      { ...home, workingLocationProperties: { type: "moon" } },
    ],
    ["a place of work in secret", "malformedWorkingLocationEvent", { ...home, visibility: "private" }],
    ["a place of work that takes time", "malformedWorkingLocationEvent", { ...home, transparency: "opaque" }],
    ["a place of work for two days", "malformedWorkingLocationEvent", { ...home, ...day, end: { date: "2026-11-26" } }],
    ["a birthday once", "malformedBirthdayEvent", { ...birthday, recurrence: null }],
    ["a birthday for all to see", "malformedBirthdayEvent", { ...birthday, visibility: "public" }],
    ["a birthday at noon", "malformedBirthdayEvent", { ...birthday, ...hour("2026-11-24") }],
    ["a birthday somewhere", "malformedBirthdayEvent", { ...birthday, location: "Garden" }],
    ["an anniversary", "malformedBirthdayEvent", { ...birthday, birthdayProperties: { type: "anniversary" } }],
    ["what Gmail alone makes", "eventTypeRestriction", { eventType: "fromGmail" }],
  ])("are refused where they lack what they need: %s", async (_, reason, body) => {
    await using w = await calendarWorld();
    const { status, json } = await w.raw("POST", "", { ...hour("2026-11-24"), ...body });
    expect([status, json]).toMatchObject([400, { error: { errors: [{ domain: "calendar", reason }] } }]);
    expect(w.sandbox.inspect.events(alice)).toEqual([]);
  });

  it("are in main calendars alone, and of one type for ever", async () => {
    await using w = await calendarWorld();
    const elsewhere = w.events(alice).insert({ calendarId: team, requestBody: { ...hour("2026-11-24"), ...focus } });
    await expect(elsewhere).rejects.toMatchObject(refusal(400, "malformedFocusTimeEvent"));
    const { id } = await w.insert(focus);
    const change = w.patch(alice, id, { eventType: "default" });
    await expect(change).rejects.toMatchObject(refusal(400, "eventTypeRestriction"));
    const usual = await w.insert({});
    await expect(w.patch(alice, usual.id, focus)).rejects.toMatchObject(refusal(400, "eventTypeRestriction"));
    const move = w.events(alice).move({ calendarId: "primary", eventId: id, destination: team });
    await expect(move).rejects.toMatchObject(refusal(400, "eventTypeRestriction"));
  });

  it("let nothing be changed that Gmail wrote", async () => {
    const flight = { id: "flight01", summary: "Flight", eventType: "fromGmail", ...hour("2026-11-24") };
    await using w = await calendarWorld([flight as unknown as SeedEvent]);
    const own = { colorId: "4", visibility: "private", reminders: { useDefault: false } };
    expect(await w.patch(alice, flight.id, own)).toMatchObject({ ...own, eventType: "fromGmail" });
    for (const change of [{ summary: "Train" }, { location: "Gate 3" }, hour("2026-11-25")]) {
      await expect(w.patch(alice, flight.id, change)).rejects.toMatchObject(refusal(400, "eventTypeRestriction"));
    }
    await w.events(alice).delete({ calendarId: "primary", eventId: flight.id });
  });

  function timesOf({ start, end }: { start?: object; end?: object }): object {
    return { start, end };
  }
});

describe("a video call", () => {
  const createRequest = { requestId: "r1", conferenceSolutionKey: { type: "hangoutsMeet" } };
  const knowing = { conferenceDataVersion: 1 };

  it("is made for those who say that they know conferences, and stays with the event", async () => {
    await using w = await calendarWorld();
    expect(await w.insert({ conferenceData: { createRequest } })).not.toHaveProperty("conferenceData");
    const created = await w.insert({ conferenceData: { createRequest } }, knowing);
    expect(created.hangoutLink).toMatch(/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
    expect(created.conferenceData).toMatchObject({
      createRequest: { ...createRequest, status: { statusCode: "success" } },
      entryPoints: [{ entryPointType: "video", uri: created.hangoutLink }],
      conferenceSolution: { key: { type: "hangoutsMeet" }, name: "Google Meet" },
    });
    const { hangoutLink } = created;
    expect(await w.patch(alice, created.id, { summary: "Call" })).toMatchObject({ hangoutLink });
    expect(await w.patch(alice, created.id, { summary: "Call" }, knowing)).toMatchObject({ hangoutLink });
    const target = { calendarId: "primary", eventId: created.id, requestBody: hour("2026-11-24") };
    expect((await w.events(alice).update(target)).data).toMatchObject({ hangoutLink });
    expect((await w.events(alice).update({ ...target, ...knowing })).data).not.toHaveProperty("hangoutLink");
  });

  it("is another one with another request, and the same with the same", async () => {
    await using w = await calendarWorld();
    const { id, hangoutLink } = await w.insert({ conferenceData: { createRequest } }, knowing);
    const request = (requestId: string) => ({ conferenceData: { createRequest: { requestId } } });
    expect((await w.patch(alice, id, request("r1"), knowing)).hangoutLink).toBe(hangoutLink);
    const other = (await w.patch(alice, id, request("r2"), knowing)).hangoutLink;
    expect(other).toMatch(/^https:\/\/meet/);
    expect(other).not.toBe(hangoutLink);
    expect((await w.insert(request("r1"), knowing)).hangoutLink).not.toBe(hangoutLink);
  });

  it("can be copied from another event, and taken away", async () => {
    await using w = await calendarWorld();
    const first = await w.insert({ conferenceData: { createRequest } }, knowing);
    const copy = await w.insert({ conferenceData: first.conferenceData ?? {} }, knowing);
    expect(copy).toMatchObject({ hangoutLink: first.hangoutLink, conferenceData: first.conferenceData });
    const { status, json } = await w.raw("PATCH", `/${copy.id}?conferenceDataVersion=1`, { conferenceData: null });
    expect(status).toBe(200);
    expect(json).not.toHaveProperty("conferenceData");
    expect(json).not.toHaveProperty("hangoutLink");
  });

  it.each<[string, string, object]>([
    ["by another company", "invalid", { createRequest: { requestId: "r", conferenceSolutionKey: { type: "addOn" } } }],
    ["without a request's id", "required", { createRequest: {} }],
    ["with nothing", "invalid", {}],
  ])("cannot be made %s", async (_, reason, conferenceData) => {
    await using w = await calendarWorld();
    await expect(w.insert({ conferenceData }, knowing)).rejects.toMatchObject(refusal(400, reason));
    await expect(w.insert({}, { conferenceDataVersion: 2 })).rejects.toMatchObject(refusal(400, "invalid"));
  });
});
