import { describe, expect, it } from "vitest";
import { alice, bob, calendarWorld, hour, outsider, team } from "../../../test/support/calendar-world.js";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";

describe("a new event", () => {
  it("has all that Google fills in", async () => {
    await using w = await calendarWorld();
    const created = await w.insert({ summary: "Plan", attendees: [{ email: bob }] });
    expect(created).toMatchObject({
      kind: "calendar#event",
      status: "confirmed",
      created: "2026-11-23T12:00:00.000Z",
      creator: { email: alice, self: true },
      organizer: { email: alice, self: true },
      start: { dateTime: "2026-11-24T12:00:00+01:00", timeZone: "Europe/Berlin" },
      iCalUID: `${created.id}@google.com`,
      sequence: 0,
      attendees: [{ email: bob, responseStatus: "needsAction" }],
      reminders: { useDefault: true },
      eventType: "default",
    });
    expect(await w.copy(alice, created.id)).toEqual(created);
  });

  it("keeps what it was given, and leaves out what goes without saying", async () => {
    await using w = await calendarWorld();
    const given = {
      description: "<b>Bring</b> the boards",
      location: "Studio",
      colorId: "5",
      transparency: "transparent",
      visibility: "private",
      guestsCanModify: true,
      guestsCanInviteOthers: false,
      guestsCanSeeOtherGuests: false,
      source: { url: "https://studio.example/7", title: "Ticket 7" },
      extendedProperties: { private: { a: "1" }, shared: { b: "2" } },
      reminders: { useDefault: false, overrides: [{ method: "email", minutes: 40_320 }] },
      attendees: [
        { email: bob, displayName: "Bob", optional: true, comment: "If it must be", additionalGuests: 2 },
        { email: alice, responseStatus: "accepted" },
      ],
    };
    const created = await w.insert(given);
    expect(created).toMatchObject({
      ...given,
      attendees: [
        { ...given.attendees[0], responseStatus: "needsAction" },
        { email: alice, responseStatus: "accepted", self: true, organizer: true },
      ],
    });
    const usual = {
      transparency: "opaque",
      visibility: "default",
      guestsCanModify: false,
      guestsCanInviteOthers: true,
    };
    expect(Object.keys(await w.insert(usual))).not.toEqual(expect.arrayContaining(Object.keys(usual)));
  });

  it("may choose its id, once in a calendar, also when it was deleted; and its iCalUID", async () => {
    await using w = await calendarWorld();
    await w.insert({ id: "ours00001" });
    await expect(w.insert({ id: "ours00001" })).rejects.toMatchObject(refusal(409, "duplicate"));
    await w.events(alice).delete({ calendarId: "primary", eventId: "ours00001" });
    await expect(w.insert({ id: "ours00001" })).rejects.toMatchObject(refusal(409, "duplicate"));
    const elsewhere = { calendarId: team, requestBody: { id: "ours00001", ...hour("2026-11-25") } };
    expect((await w.events(alice).insert(elsewhere)).data.id).toBe("ours00001");
    expect((await w.insert({ iCalUID: "plan@studio.example" })).iCalUID).toBe("plan@studio.example");
    await expect(w.insert({ iCalUID: "plan@studio.example" })).rejects.toMatchObject(refusal(409, "duplicate"));
  });

  it("reaches a guest who has another event with that id", async () => {
    await using w = await calendarWorld();
    await w.events(bob).insert({ calendarId: "primary", requestBody: { id: "same00001", ...hour("2026-11-25") } });
    await w.insert({ id: "same00001", summary: "Alice's", attendees: [{ email: bob }] });
    expect((await w.copy(bob, "same00001")).summary).toBeUndefined();
    const { data } = await w.events(bob).list({ calendarId: "primary", q: "Alice's" });
    expect(data.items).toMatchObject([{ summary: "Alice's", iCalUID: "same00001@google.com" }]);
  });

  it("is made in somebody else's calendar by those who may write there", async () => {
    await using w = await calendarWorld();
    const { data } = await w.events(bob).insert({ calendarId: team, requestBody: hour("2026-11-25") });
    expect(data).toMatchObject({
      creator: { email: bob },
      organizer: { email: team, displayName: "Team", self: true },
    });
    expect(data.creator).not.toHaveProperty("self");
  });

  it("is made with a token for calendars of one's own, but not in others", async () => {
    await using w = await calendarWorld();
    const requestBody = hour("2026-11-25");
    const owned = (user: string) => calendarClient(w.sandbox, user, ["calendar.events.owned"]).events;
    expect((await owned(bob).insert({ calendarId: "primary", requestBody })).data.status).toBe("confirmed");
    await expect(owned(bob).insert({ calendarId: team, requestBody })).rejects.toMatchObject({ code: 403 });
  });

  it("counts properties of applications, drops long keys and cuts long values", async () => {
    await using w = await calendarWorld();
    const key = "k".repeat(44);
    const created = await w.insert({
      extendedProperties: { private: { [key]: "v".repeat(2000), [`${key}k`]: "gone" }, shared: {} },
    });
    expect(created.extendedProperties).toEqual({ private: { [key]: "v".repeat(1024) } });
    const many = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`k${index}`, "v"]));
    await expect(w.insert({ extendedProperties: { shared: many } })).rejects.toMatchObject(refusal(400, "invalid"));
  });

  it("has attachments only from clients that know them", async () => {
    await using w = await calendarWorld();
    const attachments = [{ fileUrl: "https://drive.google.com/file/d/1/view", title: "Boards" }];
    expect(await w.insert({ attachments })).not.toHaveProperty("attachments");
    const created = await w.insert({ attachments }, { supportsAttachments: true });
    expect(created.attachments).toEqual(attachments);
    expect((await w.patch(alice, created.id, { attachments: [] })).attachments).toEqual(attachments);
    expect(await w.patch(alice, created.id, { attachments: [] }, { supportsAttachments: true })).not.toHaveProperty(
      "attachments",
    );
    const tooMany = Array.from({ length: 26 }, () => attachments[0] ?? {});
    await expect(w.insert({ attachments: tooMany }, { supportsAttachments: true })).rejects.toMatchObject({
      code: 400,
    });
  });
});

describe("an event that cannot be", () => {
  const guests = (count: number) => Array.from({ length: count }, (_, index) => ({ email: `g${index}@there.example` }));
  const timed = { dateTime: "2026-11-24T12:00:00+01:00" };
  it.each<[string, string, object]>([
    ["without a start", "required", { start: null }],
    ["without an end", "required", { end: null }],
    ["that ends before it starts", "timeRangeEmpty", hourBackwards()],
    ["that starts with a day and ends with a time", "invalid", { start: { date: "2026-11-24" } }],
    ["with a day and a time", "invalid", { start: { ...timed, date: "2026-11-24" } }],
    ["on the 30th of February", "invalid", { start: { date: "2026-02-30" }, end: { date: "2026-03-02" } }],
    ["at a time that is none", "invalid", { start: { dateTime: "yesterday" } }],
    ["at a time without a zone", "required", { start: { dateTime: "2026-11-24T12:00:00" } }],
    ["in a zone that is none", "invalid", { start: { ...timed, timeZone: "Mars/Base" } }],
    ["that repeats without a zone", "required", { start: timed, end: timed, recurrence: ["RRULE:FREQ=DAILY"] }],
    ["that repeats by no list", "invalid", { recurrence: "RRULE:FREQ=DAILY" }],
    ["that repeats every so often", "invalid", { recurrence: ["RRULE:FREQ=OFTEN"] }],
    ["that repeats for ever and until", "invalid", { recurrence: ["RRULE:FREQ=DAILY;COUNT=2;UNTIL=20261224T000000Z"] }],
    ["that repeats on no day there is", "invalid", { recurrence: ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"] }],
    ["that repeats in the 13th month", "invalid", { recurrence: ["RRULE:FREQ=DAILY;BYMONTH=13"] }],
    [
      "that repeats with a start of its own",
      "invalid",
      { recurrence: ["DTSTART:20261124T110000Z", "RRULE:FREQ=DAILY"] },
    ],
    ["that is only left out", "invalid", { recurrence: ["EXDATE:20261125T110000Z"] }],
    ["with an id in capitals", "invalid", { id: "With-Dashes" }],
    ["with an id of four letters", "invalid", { id: "abcd" }],
    ["with an id of 1025 letters", "invalid", { id: "a".repeat(1025) }],
    ["with an id that is a number", "invalid", { id: 12345 }],
    ["with a guest without an address", "required", { attendees: [{ displayName: "Bob" }] }],
    ["with a guest at no address", "invalid", { attendees: [{ email: "bob" }] }],
    ["with a guest who is a text", "required", { attendees: [bob] }],
    ["with a guest who might come", "invalid", { attendees: [{ email: bob, responseStatus: "maybe" }] }],
    ["with fewer than no guests", "invalid", { attendees: [{ email: bob, additionalGuests: -1 }] }],
    ["with guests in no list", "invalid", { attendees: { email: bob } }],
    ["with 201 guests", "invalid", { attendees: guests(201) }],
    ["with a title that is a number", "invalid", { summary: 7 }],
    ["with a colour that Google has not", "invalid", { colorId: "12" }],
    ["with a visibility that Google has not", "invalid", { visibility: "secret" }],
    ["with a transparency that Google has not", "invalid", { transparency: "half" }],
    ["with a status that Google has not", "invalid", { status: "maybe" }],
    ["with a switch that is a text", "invalid", { guestsCanModify: "yes" }],
    ["from a source without an address", "invalid", { source: { title: "Ticket" } }],
    ["of a type that Google has not", "invalid", { eventType: "party" }],
    ["with six reminders", "invalid", { reminders: { overrides: Array(6).fill({ method: "popup", minutes: 1 }) } }],
    ["with a reminder by text message", "invalid", { reminders: { overrides: [{ method: "sms", minutes: 1 }] } }],
    [
      "with a reminder five weeks before",
      "invalid",
      { reminders: { overrides: [{ method: "popup", minutes: 50_400 }] } },
    ],
    [
      "with the usual reminders and others",
      "cannotUseDefaultRemindersAndSpecifyOverride",
      { reminders: { useDefault: true, overrides: [{ method: "popup", minutes: 1 }] } },
    ],
  ])("is refused, and is not there: %s", async (_, reason, body) => {
    await using w = await calendarWorld();
    const sent = { ...hour("2026-11-24"), attendees: [{ email: outsider }], ...body };
    const { status, json } = await w.raw("POST", "?sendUpdates=all", sent);
    expect([status, json]).toMatchObject([400, { error: { code: 400, errors: [{ reason }] } }]);
    expect(w.sandbox.inspect.events(alice)).toEqual([]);
    expect(w.sandbox.inspect.calendarMails()).toEqual([]);
  });

  it("may have 200 guests", async () => {
    await using w = await calendarWorld();
    expect((await w.insert({ attendees: guests(200) })).attendees).toHaveLength(200);
  });

  function hourBackwards(): object {
    const { start, end } = hour("2026-11-24");
    return { start: end, end: start };
  }
});
