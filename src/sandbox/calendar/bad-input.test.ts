import { describe, expect, it } from "vitest";
import { alice, bob, calendarWorld, hour } from "../../../test/support/calendar-world.js";
import { refusal } from "../../../test/support/google-clients.js";

const odd: unknown[] = [null, -1, 1e308, true, "", "\u0000", [], [null], {}];
const names = [
  "attachments",
  "attendees",
  "attendeesOmitted",
  "birthdayProperties",
  "colorId",
  "conferenceData",
  "creator",
  "description",
  "end",
  "eventType",
  "extendedProperties",
  "guestsCanModify",
  "iCalUID",
  "id",
  "organizer",
  "originalStartTime",
  "privateCopy",
  "recurrence",
  "recurringEventId",
  "reminders",
  "sequence",
  "source",
  "start",
  "status",
  "summary",
  "transparency",
  "visibility",
  "workingLocationProperties",
  "__proto__",
  "constructor",
];
const versions = "?conferenceDataVersion=1&supportsAttachments=true&eventLabelVersion=1";

describe("whatever is sent to write an event", () => {
  it.each([
    ["POST", versions],
    ["POST", "/import?conferenceDataVersion=1&supportsAttachments=true"],
    ["PUT", `/series01${versions}`],
    ["PATCH", `/series01${versions}`],
    ["PATCH", `/series01_20261125T110000Z${versions}`],
  ])("is taken or refused, and nothing breaks: %s %s", async (method, path) => {
    await using w = await calendarWorld();
    await w.insert({ id: "series01", recurrence: ["RRULE:FREQ=DAILY;COUNT=3"], attendees: [{ email: bob }] });
    for (const name of names) {
      for (const value of odd) {
        const body = Object.fromEntries([...Object.entries({ ...hour("2026-11-24"), iCalUID: "u@x" }), [name, value]]);
        const { status } = await w.raw(method, path, body);
        expect([200, 400, 409], `${name}: ${JSON.stringify(value)} gave ${status}`).toContain(status);
      }
    }
    expect(w.sandbox.findRequests({ status: 500 })).toEqual([]);
    const season = { timeMin: "2026-11-01T00:00:00Z", timeMax: "2027-01-01T00:00:00Z" };
    const { data } = await w.events(alice).list({ calendarId: "primary", singleEvents: true, ...season });
    expect(data.items?.length).toBeGreaterThan(0);
  });

  it.each([
    ["no object", [1]],
    ["a text", "event"],
    ["nothing", undefined],
  ])("is refused where it is %s", async (_, body) => {
    await using w = await calendarWorld();
    expect(await w.raw("POST", "", body)).toMatchObject({ status: 400, json: { error: { code: 400 } } });
  });

  it("is refused with parameters that Google does not have there", async () => {
    await using w = await calendarWorld();
    expect((await w.raw("POST", "?supportsEverything=true", hour("2026-11-24"))).status).toBe(400);
    for (const parameter of ["sendNotifications=maybe", "supportsAttachments=1", "eventLabelVersion=2"]) {
      expect((await w.raw("POST", `?${parameter}`, hour("2026-11-24"))).status, parameter).toBe(400);
    }
    expect((await w.raw("POST", "/import?sendUpdates=all", hour("2026-11-24"))).status).toBe(400);
  });
});

describe("writes at the same time", () => {
  it("come one after the other: of two with the same new id one is refused", async () => {
    await using w = await calendarWorld();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => w.insert({ id: "same00001" })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject(refusal(409, "duplicate"));
    }
    expect(w.sandbox.inspect.events(alice)).toHaveLength(1);
  });

  it("over the same version, of which one is refused; and on the same occurrence, which is one exception", async () => {
    await using w = await calendarWorld();
    const { id, etag } = await w.insert({ recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] });
    const options = { headers: { "If-Match": etag ?? "" } };
    const change = (summary: string, eventId = id) =>
      w.events(alice).patch({ calendarId: "primary", eventId, requestBody: { summary } }, options);
    const results = await Promise.allSettled([change("One"), change("Two"), change("Three")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const occurrence = `${id}_20261125T110000Z`;
    await Promise.all(["A", "B", "C"].map((location) => w.patch(alice, occurrence, { location })));
    expect(w.sandbox.inspect.events(alice)).toHaveLength(2);
  });
});
