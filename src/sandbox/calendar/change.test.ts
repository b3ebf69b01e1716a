import { describe, expect, it } from "vitest";
import { alice, bob, calendarWorld, hour, outsider } from "../../../test/support/calendar-world.js";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";

const calendarId = "primary";

describe("patching an event", () => {
  it("lays what is sent upon what there is: objects are merged, arrays replaced, null takes away", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({
      location: "There",
      description: "All of it",
      attendees: [{ email: bob }],
      extendedProperties: { private: { a: "1", b: "2" }, shared: { c: "3" } },
      reminders: { useDefault: false, overrides: [{ method: "popup", minutes: 5 }] },
    });
    const patched = await w.patch(alice, id, {
      summary: "New plan",
      location: null,
      attendees: [{ email: outsider }],
      extendedProperties: { private: { a: "9" } },
      reminders: { overrides: [{ method: "email", minutes: 60 }] },
    });
    expect(patched).toMatchObject({
      summary: "New plan",
      description: "All of it",
      attendees: [{ email: outsider }],
      extendedProperties: { private: { a: "9", b: "2" }, shared: { c: "3" } },
      reminders: { useDefault: false, overrides: [{ method: "email", minutes: 60 }] },
    });
    expect(patched).not.toHaveProperty("location");
    // @ts-expect-error: Google's types do not know that null takes a property away
    const { extendedProperties } = await w.patch(alice, id, { extendedProperties: { private: { a: null } } });
    expect(extendedProperties).toEqual({ private: { b: "2" }, shared: { c: "3" } });
  });

  it("makes a timed event one of whole days only when its times are taken away", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert();
    const day = { start: { date: "2026-11-24" }, end: { date: "2026-11-25" } };
    await expect(w.patch(alice, id, day)).rejects.toMatchObject(refusal(400, "invalid"));
    const noTime = { dateTime: null, timeZone: null };
    const patched = await w.patch(alice, id, { start: { ...day.start, ...noTime }, end: { ...day.end, ...noTime } });
    expect(patched).toMatchObject(day);
    expect(patched.start).toEqual(day.start);
  });

  it("changes nothing where something of it is refused", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }] });
    const before = [await w.copy(alice, id), await w.copy(bob, id)];
    const bad = { summary: "Half", colorId: "99" };
    await expect(w.patch(alice, id, bad)).rejects.toMatchObject(refusal(400, "invalid"));
    const empty = { summary: "Half", ...hour("2026-11-24"), end: hour("2026-11-23").end };
    await expect(w.patch(alice, id, empty)).rejects.toMatchObject(refusal(400, "timeRangeEmpty"));
    await expect(w.patch(alice, id, { summary: "Half" }, { sendUpdates: "some" })).rejects.toMatchObject({ code: 400 });
    expect([await w.copy(alice, id), await w.copy(bob, id)]).toEqual(before);
  });
});

describe("updating an event", () => {
  it("makes it what is sent: what is left out is gone", async () => {
    await using w = await calendarWorld();
    const given = { location: "There", colorId: "3", visibility: "private", attendees: [{ email: bob }] };
    const { id } = await w.insert({ ...given, reminders: { useDefault: false } });
    const requestBody = { summary: "Bare", ...hour("2026-11-24") };
    const { data } = await w.events(alice).update({ calendarId, eventId: id, requestBody });
    for (const name of Object.keys(given)) expect(data).not.toHaveProperty(name);
    expect((await w.copy(bob, id)).status).toBe("cancelled");
    const bare = w.events(alice).update({ calendarId, eventId: id, requestBody: { summary: "When?" } });
    await expect(bare).rejects.toMatchObject(refusal(400, "required"));
  });

  it("keeps an event that is sent back as it was read, and its copies", async () => {
    await using w = await calendarWorld();
    const created = await w.insert(
      {
        attendees: [{ email: bob, responseStatus: "accepted" }],
        extendedProperties: { private: { a: "1" } },
        conferenceData: { createRequest: { requestId: "r1" } },
        attachments: [{ fileUrl: "https://drive.google.com/1" }],
      },
      { conferenceDataVersion: 1, supportsAttachments: true },
    );
    const { data } = await w.events(alice).update({
      calendarId,
      eventId: created.id,
      requestBody: created,
      conferenceDataVersion: 1,
      supportsAttachments: true,
    });
    expect({ ...data, etag: "", updated: "" }).toEqual({ ...created, etag: "", updated: "" });
  });

  it("answers with so many attendees as the client wants to have, and keeps all", async () => {
    await using w = await calendarWorld();
    const attendees = [{ email: bob }, { email: outsider }, { email: alice }];
    const created = await w.insert({ attendees }, { maxAttendees: 2 });
    expect(created).toMatchObject({ attendees: [{ email: alice }], attendeesOmitted: true });
    const patched = await w.patch(alice, created.id, { summary: "So" }, { maxAttendees: 1 });
    expect(patched.attendees).toHaveLength(1);
    expect((await w.copy(alice, created.id)).attendees).toHaveLength(3);
    await expect(w.insert({}, { maxAttendees: 0 })).rejects.toMatchObject({ code: 400 });
  });

  it("answers for oneself with attendeesOmitted, and leaves the others", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob, responseStatus: "accepted" }, { email: alice }] });
    const attendees = [{ email: alice, responseStatus: "tentative" }];
    const patched = await w.patch(alice, id, { attendees, attendeesOmitted: true });
    expect(patched.attendees).toMatchObject([
      { email: bob, responseStatus: "accepted" },
      { email: alice, responseStatus: "tentative" },
    ]);
  });
});

describe("the version of an event", () => {
  it("changes with every write, and a write over another one is refused", async () => {
    await using w = await calendarWorld();
    const { id, etag } = await w.insert();
    const target = { calendarId, eventId: id };
    const old = { headers: { "If-Match": etag ?? "" } };
    const first = await w.events(alice).patch({ ...target, requestBody: { summary: "First" } }, old);
    expect(first.data.etag).not.toBe(etag);
    const conflict = refusal(412, "conditionNotMet");
    await expect(w.events(alice).patch({ ...target, requestBody: {} }, old)).rejects.toMatchObject(conflict);
    await expect(w.events(alice).delete(target, old)).rejects.toMatchObject(conflict);
    const any = { headers: { "If-Match": "*" } };
    await w.events(alice).delete(target, any);
    expect((await w.copy(alice, id)).status).toBe("cancelled");
  });

  it("changes with reminders, but not the time of the last change", async () => {
    await using w = await calendarWorld();
    const created = await w.insert({ attendees: [{ email: bob }] });
    const before = await w.copy(bob, created.id);
    w.sandbox.clock.advance(60_000);
    const patched = await w.patch(alice, created.id, { reminders: { useDefault: false } });
    expect(patched.etag).not.toBe(created.etag);
    expect(patched.updated).toBe(created.updated);
    expect((await w.patch(alice, created.id, { summary: "Later" })).updated).toBe("2026-11-23T12:01:00.000Z");
    expect((await w.copy(bob, created.id)).etag).not.toBe(before.etag);
  });

  it("counts its sequence up with its times, and refuses numbers from before", async () => {
    await using w = await calendarWorld();
    const { id, sequence } = await w.insert();
    expect(sequence).toBe(0);
    expect((await w.patch(alice, id, { summary: "Same time" })).sequence).toBe(0);
    expect((await w.patch(alice, id, hour("2026-11-25"))).sequence).toBe(1);
    expect((await w.patch(alice, id, { ...hour("2026-11-26"), sequence: 5 })).sequence).toBe(5);
    await expect(w.patch(alice, id, { sequence: 4 })).rejects.toMatchObject(refusal(400, "invalid"));
  });
});

describe("deleting an event", () => {
  it("leaves it cancelled, once; and it can be brought back", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }] });
    await w.events(alice).delete({ calendarId, eventId: id });
    expect(await w.copy(alice, id)).toMatchObject({ status: "cancelled", summary: "Plan" });
    expect((await w.copy(bob, id)).status).toBe("cancelled");
    const again = w.events(alice).delete({ calendarId, eventId: id });
    await expect(again).rejects.toMatchObject(refusal(410, "deleted"));
    expect((await w.patch(alice, id, { status: "confirmed" })).status).toBe("confirmed");
    expect((await w.copy(bob, id)).status).toBe("confirmed");
    expect((await w.patch(alice, id, { status: "cancelled" })).status).toBe("cancelled");
    expect((await w.copy(bob, id)).status).toBe("cancelled");
  });

  it("is for nobody who may only read, and finds nothing where nothing is", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert();
    const reader = calendarClient(w.sandbox, alice, ["calendar.events.readonly"]).events;
    const scopes = refusal(403, "insufficientPermissions");
    await expect(reader.delete({ calendarId, eventId: id })).rejects.toMatchObject(scopes);
    for (const eventId of ["never0001", `${id}_20261124T110000Z`]) {
      const missing = refusal(404, "notFound");
      await expect(w.events(alice).delete({ calendarId, eventId })).rejects.toMatchObject(missing);
      await expect(w.patch(alice, eventId, { summary: "?" })).rejects.toMatchObject(missing);
    }
  });
});
