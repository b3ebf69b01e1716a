import { describe, expect, it } from "vitest";
import {
  alice,
  answers,
  bob,
  calendarWorld,
  carol,
  hour,
  outsider,
  studio,
  team,
} from "../../../test/support/calendar-world.js";
import { refusal } from "../../../test/support/google-clients.js";

const calendarId = "primary";
const foreign = refusal(403, "forbiddenForNonOrganizer");

describe("an event with guests", () => {
  it("is in the calendar of each, without a word about mails, and everybody's copy shows who one is", async () => {
    await using w = await calendarWorld();
    const created = await w.insert({ attendees: [{ email: bob }, { email: outsider }] });
    const copy = await w.copy(bob, created.id);
    expect(copy).toMatchObject({ summary: "Plan", iCalUID: created.iCalUID, organizer: { email: alice } });
    expect(copy.organizer).not.toHaveProperty("self");
    expect(copy.attendees).toEqual([
      { email: bob, responseStatus: "needsAction", self: true },
      { email: outsider, responseStatus: "needsAction" },
    ]);
    await expect(w.copy(carol, created.id)).rejects.toMatchObject(refusal(404, "notFound"));
  });

  it("comes to who is invited later, goes from who no longer is, and comes back", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }] });
    await w.patch(alice, id, { attendees: [{ email: carol }] });
    expect((await w.copy(carol, id)).status).toBe("confirmed");
    expect((await w.copy(bob, id)).status).toBe("cancelled");
    await w.patch(alice, id, { attendees: [{ email: carol }, { email: bob }] });
    expect((await w.copy(bob, id)).status).toBe("confirmed");
  });

  it("takes a guest's answer, with a comment and company, into everybody's copy", async () => {
    await using w = await calendarWorld();
    const { id, etag } = await w.insert({ attendees: [{ email: bob }, { email: carol }] });
    const answer = { email: bob, responseStatus: "accepted", comment: "With pleasure", additionalGuests: 1 };
    await w.patch(bob, id, { attendees: [answer] });
    for (const user of [alice, carol]) {
      const copy = await w.copy(user, id);
      expect(copy.attendees).toContainEqual(answer);
      expect(answers(copy)).toEqual({ [bob]: "accepted", [carol]: "needsAction" });
    }
    expect((await w.copy(alice, id)).etag).not.toBe(etag);
  });

  it("lets a guest answer for nobody else, and change nothing that is the organizer's", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }, { email: carol }] });
    await w.patch(bob, id, { attendees: [{ email: carol, responseStatus: "declined" }] });
    expect(answers(await w.copy(carol, id))).toEqual({ [bob]: "needsAction", [carol]: "needsAction" });
    for (const change of [
      { summary: "Mine" },
      { location: "Elsewhere" },
      hour("2026-11-25"),
      { recurrence: ["RRULE:FREQ=DAILY"] },
      { guestsCanModify: true },
      { summary: null },
    ]) {
      await expect(w.patch(bob, id, change)).rejects.toMatchObject(foreign);
    }
    await expect(w.patch(bob, id, { summary: "Mine" })).rejects.toMatchObject({
      response: { data: { error: { errors: [{ domain: "calendar" }] } } },
    });
    expect((await w.patch(bob, id, { summary: "Plan" })).summary).toBe("Plan"); // it is so already
  });

  it("lets each have colours, reminders, visibility and transparency of one's own", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }], transparency: "transparent", colorId: "1" });
    const before = await w.copy(alice, id);
    const own = { colorId: "7", transparency: "opaque", visibility: "private" };
    const properties = { private: { mine: "yes" }, shared: { ours: "yes" } };
    const reminders = { useDefault: false, overrides: [{ method: "popup", minutes: 3 }] };
    expect(await w.patch(bob, id, { ...own, reminders })).toMatchObject({ ...own, reminders });
    expect(await w.copy(alice, id)).toEqual(before);
    expect((await w.patch(bob, id, { extendedProperties: properties })).extendedProperties).toEqual(properties);
    expect((await w.copy(alice, id)).extendedProperties).toEqual({ shared: { ours: "yes" } });
    expect(await w.copy(bob, id)).toMatchObject(own);
  });

  it("lets guests invite others, unless the organizer does not wish it", async () => {
    await using w = await calendarWorld();
    const attendees = [{ email: bob }, { email: carol }];
    const open = await w.insert({ attendees: [{ email: bob }] });
    await w.patch(bob, open.id, { attendees });
    expect(answers(await w.copy(carol, open.id))).toEqual({ [bob]: "needsAction", [carol]: "needsAction" });
    const closed = await w.insert({ attendees: [{ email: bob }], guestsCanInviteOthers: false });
    await expect(w.patch(bob, closed.id, { attendees })).rejects.toMatchObject(foreign);
    await expect(w.copy(carol, closed.id)).rejects.toMatchObject(refusal(404, "notFound"));
  });

  it("lets guests change all of it where the organizer wishes it", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }], guestsCanModify: true });
    await w.patch(bob, id, { summary: "Ours", ...hour("2026-11-26"), attendees: [{ email: bob }, { email: carol }] });
    expect(await w.copy(alice, id)).toMatchObject({ summary: "Ours", organizer: { email: alice, self: true } });
    expect((await w.copy(carol, id)).start?.dateTime).toBe("2026-11-26T12:00:00+01:00");
  });

  it("is declined by a guest who deletes it, and only taken from that calendar", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }, { email: carol }] });
    await w.events(bob).delete({ calendarId, eventId: id });
    expect((await w.copy(bob, id)).status).toBe("cancelled");
    expect(answers(await w.copy(alice, id))).toEqual({ [bob]: "declined", [carol]: "needsAction" });
    expect((await w.copy(carol, id)).status).toBe("confirmed");
    await w.patch(alice, id, { summary: "Without Bob" });
    expect((await w.copy(bob, id)).status).toBe("cancelled");
    await w.patch(bob, id, { status: "confirmed", attendees: [{ email: bob, responseStatus: "accepted" }] });
    expect(await w.copy(bob, id)).toMatchObject({ status: "confirmed", summary: "Without Bob" });
  });

  it("is declined as well by a guest who makes it cancelled", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }] });
    expect((await w.patch(bob, id, { status: "cancelled" })).status).toBe("cancelled");
    expect(await w.copy(alice, id)).toMatchObject({ status: "confirmed", attendees: [{ responseStatus: "declined" }] });
  });

  it("is in a calendar that is invited by its address", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: team }] });
    const target = { calendarId: team, eventId: id };
    expect((await w.events(bob).get(target)).data.attendees).toMatchObject([{ email: team, self: true }]);
    const requestBody = { attendees: [{ email: team, responseStatus: "accepted" }] };
    await w.events(bob).patch({ ...target, requestBody });
    expect(answers(await w.copy(alice, id))).toEqual({ [team]: "accepted" });
  });

  it("reaches the members of a group that is invited, who attend once they answer", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: studio }] });
    expect((await w.copy(carol, id)).status).toBe("confirmed");
    await w.patch(bob, id, { attendees: [{ email: studio }, { email: bob, responseStatus: "accepted" }] });
    expect(answers(await w.copy(alice, id))).toEqual({ [studio]: "needsAction", [bob]: "accepted" });
    await w.patch(alice, id, { attendees: [{ email: bob, responseStatus: "accepted" }] });
    expect((await w.copy(carol, id)).status).toBe("cancelled");
    expect((await w.copy(bob, id)).status).toBe("confirmed");
  });

  it("hides its other guests from each where the organizer wishes it", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }, { email: carol }], guestsCanSeeOtherGuests: false });
    expect((await w.copy(bob, id)).attendees).toEqual([{ email: bob, responseStatus: "needsAction", self: true }]);
    expect((await w.copy(alice, id)).attendees).toHaveLength(2);
  });

  it("shows its source to nobody but who made it", async () => {
    await using w = await calendarWorld();
    const source = { url: "https://studio.example/7", title: "Ticket 7" };
    const { id } = await w.insert({ attendees: [{ email: bob }], source });
    expect((await w.copy(alice, id)).source).toEqual(source);
    expect(await w.copy(bob, id)).not.toHaveProperty("source");
  });
});

describe("the mails about an event", () => {
  it("are sent to those whom the client names by sendUpdates, and to nobody without it", async () => {
    await using w = await calendarWorld();
    const mails = () => w.sandbox.inspect.calendarMails().map(({ kind, to, hasAccount }) => [kind, to, hasAccount]);
    const attendees = [{ email: bob }, { email: outsider }, { email: alice }];
    await w.insert({ attendees });
    await w.insert({ attendees }, { sendUpdates: "none" });
    expect(mails()).toEqual([]);
    await w.insert({ attendees }, { sendUpdates: "externalOnly" });
    expect(mails()).toEqual([["invitation", outsider, false]]);
    await w.insert({ attendees }, { sendNotifications: true });
    expect(mails().slice(1)).toEqual([
      ["invitation", bob, true],
      ["invitation", outsider, false],
    ]);
    await expect(w.insert({ attendees }, { sendUpdates: "some" })).rejects.toMatchObject(refusal(400, "invalid"));
  });

  it("invite, tell of changes, cancel and answer", async () => {
    await using w = await calendarWorld();
    const all = { sendUpdates: "all" };
    const { id } = await w.insert({ attendees: [{ email: bob }] });
    await w.patch(alice, id, { summary: "Better plan", attendees: [{ email: bob }, { email: carol }] }, all);
    await w.patch(alice, id, { attendees: [{ email: bob }] }, all);
    await w.patch(bob, id, { attendees: [{ email: bob, responseStatus: "tentative" }] }, all);
    await w.patch(bob, id, { colorId: "3" }, all);
    await w.events(alice).delete({ calendarId, eventId: id, ...all });
    expect(w.sandbox.inspect.calendarMails()).toMatchObject([
      { kind: "invitation", from: alice, to: carol, eventId: id, summary: "Better plan", sendUpdates: "all" },
      { kind: "update", from: alice, to: bob },
      { kind: "cancellation", from: alice, to: carol },
      { kind: "response", from: bob, to: alice, responseStatus: "tentative" },
      { kind: "cancellation", from: alice, to: bob, sentMs: Date.parse("2026-11-23T12:00:00Z") },
    ]);
  });

  it("tell the organizer that a guest who deleted the event declined", async () => {
    await using w = await calendarWorld();
    const { id } = await w.insert({ attendees: [{ email: bob }] });
    await w.events(bob).delete({ calendarId, eventId: id, sendUpdates: "all" });
    expect(w.sandbox.inspect.calendarMails()).toMatchObject([
      { kind: "response", from: bob, to: alice, responseStatus: "declined" },
    ]);
  });
});
