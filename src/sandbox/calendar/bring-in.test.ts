import { describe, expect, it } from "vitest";
import {
  alice,
  answers,
  bob,
  calendarWorld,
  carol,
  hour,
  outsider,
  team,
} from "../../../test/support/calendar-world.js";
import { refusal } from "../../../test/support/google-clients.js";

const calendarId = "primary";

describe("importing an event", () => {
  const foreign = {
    iCalUID: "7@harbour.example",
    summary: "Quay walk",
    organizer: { email: outsider, displayName: "Jens" },
    attendees: [{ email: alice, responseStatus: "accepted" }, { email: bob }],
    ...hour("2026-11-24"),
  };

  it("puts a private copy into one's calendar, keeps the organizer, and tells nobody", async () => {
    await using w = await calendarWorld();
    const { data } = await w.events(alice).import({ calendarId, requestBody: foreign });
    expect(data).toMatchObject({
      iCalUID: foreign.iCalUID,
      organizer: { email: outsider, displayName: "Jens" },
      privateCopy: true,
      attendees: [{ email: alice, responseStatus: "accepted", self: true }, { email: bob }],
    });
    expect(w.sandbox.inspect.events(bob)).toEqual([]);
    expect(w.sandbox.inspect.calendarMails()).toEqual([]);
    await w.patch(alice, data.id ?? "", { summary: "Quay walk, ours" });
    expect(w.sandbox.inspect.events(bob)).toEqual([]);
  });

  it("of the same iCalUID again changes the event, unless it is older", async () => {
    await using w = await calendarWorld();
    const first = await w.events(alice).import({ calendarId, requestBody: { ...foreign, sequence: 2 } });
    const requestBody = { ...foreign, summary: "Quay run", sequence: 3 };
    const second = await w.events(alice).import({ calendarId, requestBody });
    expect(second.data).toMatchObject({ id: first.data.id, summary: "Quay run", sequence: 3 });
    const older = w.events(alice).import({ calendarId, requestBody: { ...foreign, sequence: 1 } });
    await expect(older).rejects.toMatchObject(refusal(400, "invalid"));
    expect(w.sandbox.inspect.events(alice)).toHaveLength(1);
  });

  it("needs an iCalUID, and that the calendar's owner organizes it or attends", async () => {
    await using w = await calendarWorld();
    const unnamed = w.events(alice).import({ calendarId, requestBody: { ...foreign, iCalUID: "" } });
    await expect(unnamed).rejects.toMatchObject(refusal(400, "required"));
    const stranger = w.events(alice).import({ calendarId, requestBody: { ...foreign, attendees: [{ email: bob }] } });
    await expect(stranger).rejects.toMatchObject(refusal(400, "participantIsNeitherOrganizerNorAttendee"));
    const { data } = await w
      .events(alice)
      .import({ calendarId, requestBody: { ...foreign, organizer: { email: alice } } });
    expect(data.organizer).toEqual({ email: alice, self: true });
    expect(data).not.toHaveProperty("privateCopy");
    expect(w.sandbox.inspect.events(bob)).toEqual([]);
  });

  it("makes an event of another type a usual one", async () => {
    await using w = await calendarWorld();
    const requestBody = { ...foreign, eventType: "focusTime", focusTimeProperties: { chatStatus: "available" } };
    const { data } = await w.events(alice).import({ calendarId, requestBody });
    expect(data.eventType).toBe("default");
    expect(data).not.toHaveProperty("focusTimeProperties");
  });

  it("is refused where one was invited to that event already", async () => {
    await using w = await calendarWorld();
    const { iCalUID } = await w.insert({ attendees: [{ email: bob }] });
    const requestBody = { ...foreign, iCalUID: iCalUID ?? "", attendees: [{ email: bob }] };
    await expect(w.events(bob).import({ calendarId, requestBody })).rejects.toMatchObject(refusal(409, "duplicate"));
  });
});

describe("moving an event to another calendar", () => {
  it("makes that calendar its organizer and leaves a cancelled one behind", async () => {
    await using w = await calendarWorld();
    const { id, iCalUID } = await w.insert({ attendees: [{ email: carol, responseStatus: "accepted" }] });
    const all = { sendUpdates: "all" };
    const { data } = await w.events(alice).move({ calendarId, eventId: id, destination: team, ...all });
    expect(data).toMatchObject({ id, iCalUID, organizer: { email: team, displayName: "Team", self: true } });
    expect((await w.copy(alice, id)).status).toBe("cancelled");
    expect(await w.copy(carol, id)).toMatchObject({ status: "confirmed", organizer: { email: team } });
    expect(w.sandbox.inspect.calendarMails()).toMatchObject([{ kind: "update", from: team, to: carol }]);
    const back = await w.events(bob).get({ calendarId: team, eventId: id });
    expect(answers(back.data)).toEqual({ [carol]: "accepted" });
    await w.events(alice).move({ calendarId: team, eventId: id, destination: "primary" });
    expect((await w.copy(alice, id)).status).toBe("confirmed");
  });

  it("takes a series with its exceptions, and stays with an organizer who attends", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ recurrence: ["RRULE:FREQ=DAILY;COUNT=2"], attendees: [{ email: alice }] });
    await w.patch(alice, `${id}_20261125T110000Z`, { summary: "Second" });
    await w.events(alice).move({ calendarId, eventId: id, destination: team });
    const { data } = await w.events(bob).list({
      calendarId: team,
      singleEvents: true,
      orderBy: "startTime",
      timeMin: "2026-11-24T00:00:00Z",
      timeMax: "2026-11-30T00:00:00Z",
    });
    expect(data.items?.map(({ summary }) => summary)).toEqual(["Plan", "Second"]);
    expect(await w.copy(alice, id)).toMatchObject({
      status: "confirmed",
      organizer: { email: team },
      attendees: [{ email: alice, self: true }],
    });
    expect((await w.copy(alice, id)).attendees?.[0]).not.toHaveProperty("organizer");
  });

  it("is refused for occurrences, for guests, and to where one may not write", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ recurrence: ["RRULE:FREQ=DAILY;COUNT=2"], attendees: [{ email: bob }] });
    const target = { calendarId, eventId: id, destination: team };
    const instance = w.events(alice).move({ ...target, eventId: `${id}_20261125T110000Z` });
    await expect(instance).rejects.toMatchObject(refusal(400, "cannotChangeOrganizerOfInstance"));
    await expect(w.events(bob).move(target)).rejects.toMatchObject(refusal(400, "cannotChangeOrganizer"));
    const elsewhere = w.events(alice).move({ ...target, destination: "who@elsewhere.example" });
    await expect(elsewhere).rejects.toMatchObject(refusal(404, "notFound"));
    const bobs = w.events(alice).move({ ...target, destination: bob });
    await expect(bobs).rejects.toMatchObject(refusal(403, "requiredAccessLevel"));
    expect(await w.raw("POST", `/${id}/move`)).toMatchObject({
      status: 400,
      json: { error: { errors: [{ reason: "required", location: "destination" }] } },
    });
    await w.events(alice).insert({ calendarId: team, requestBody: { id, ...hour("2026-11-26") } });
    await expect(w.events(alice).move(target)).rejects.toMatchObject(refusal(409, "duplicate"));
  });
});

describe("an event from a line of text", () => {
  const time = (date: string, from: string, to: string, toDate = date) => ({
    start: { dateTime: `${date}T${from}:00+01:00`, timeZone: "Europe/Berlin" },
    end: { dateTime: `${toDate}T${to}:00+01:00`, timeZone: "Europe/Berlin" },
  });
  const day = (date: string, next: string) => ({ start: { date }, end: { date: next } });

  // It is Monday the 23rd of November 2026, one o'clock in Berlin.
  it.each<[string, string, object]>([
    ["Lunch tomorrow 12pm-1pm", "Lunch", time("2026-11-24", "12:00", "13:00")],
    ["Dinner with Ann on 2026-12-01 at 19:00", "Dinner with Ann", time("2026-12-01", "19:00", "20:00")],
    ["Review today 3-4:30pm", "Review", time("2026-11-23", "15:00", "16:30")],
    ["Brunch on Sunday 11-1pm", "Brunch", time("2026-11-29", "11:00", "13:00")],
    ["Call from 9am to 10am next Monday", "Call", time("2026-11-30", "09:00", "10:00")],
    ["Watch 23:00 to 1am on Dec 3rd", "Watch", time("2026-12-03", "23:00", "01:00", "2026-12-04")],
    ["Workshop on 5 December 2026 at 9:30 for 90 minutes", "Workshop", time("2026-12-05", "09:30", "11:00")],
    ["Walk at noon tomorrow for 1.5 hours", "Walk", time("2026-11-24", "12:00", "13:30")],
    ["Holiday on 12/24", "Holiday", day("2026-12-24", "2026-12-25")],
    ["Stocktaking January 2", "Stocktaking", day("2027-01-02", "2027-01-03")],
    ["Think about the 2 boards", "Think about the 2 boards", time("2026-11-23", "13:00", "14:00")],
    ["Party on February 30", "Party on February 30", time("2026-11-23", "13:00", "14:00")],
  ])("is read as people write: %s", async (text, summary, times) => {
    await using w = await calendarWorld();
    const { data } = await w.events(alice).quickAdd({ calendarId, text });
    expect(data).toMatchObject({ summary, ...times, organizer: { email: alice, self: true }, status: "confirmed" });
  });

  it('has a place after "at", invites addresses, and takes as long as the person\'s events do', async () => {
    await using w = await calendarWorld();
    w.sandbox.changeCalendarSetting(alice, "defaultEventLength", "25");
    const text = `Coffee with ${bob} tomorrow at 10:00 at Luigi's`;
    const { data } = await w.events(alice).quickAdd({ calendarId, text, sendUpdates: "all" });
    expect(data).toMatchObject({ location: "Luigi's", ...time("2026-11-24", "10:00", "10:25") });
    expect(answers(data)).toEqual({ [bob]: "needsAction" });
    expect(w.sandbox.inspect.calendarMails()).toMatchObject([{ kind: "invitation", to: bob }]);
    expect(await w.raw("POST", "/quickAdd")).toMatchObject({
      status: 400,
      json: { error: { errors: [{ reason: "required", location: "text" }] } },
    });
  });
});
