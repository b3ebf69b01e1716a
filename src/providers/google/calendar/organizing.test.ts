import { describe, expect, it } from "vitest";
import { alice, alicesCalendars, berlin, bob, fromBob, titles } from "../../../../test/support/alices-calendars.js";
import { timeRange } from "../../../calendar/time-range.js";

const week = timeRange.between("2026-11-23", "2026-11-30");
const team = "team@group.calendar.google.com";
const mine = berlin("2026-11-24T09:00", { id: "plan0001", summary: "Plan", attendees: [{ email: bob }] });

describe("deleteMyEvent", () => {
  it("cancels an event for everybody and gives what it was", async () => {
    await using c = await alicesCalendars([mine]);
    const { event, notified } = await c.calendar.deleteMyEvent("plan0001");
    expect([event.title, notified]).toEqual(["Plan", [bob]]);
    expect(await c.calendar.getEvents(week)).toEqual([]);
    expect(c.sandbox.inspect.event(bob, "primary", "plan0001")).toMatchObject({ status: "cancelled" });
    await expect(c.calendar.deleteMyEvent("plan0001")).rejects.toMatchObject({ code: "request.not_found" });
  });

  it("is done when its answer was lost and the event is gone", async () => {
    await using c = await alicesCalendars([mine]);
    c.sandbox.failNext({ method: "calendar.events.delete", respond: "accepted-no-answer" });
    await expect(c.calendar.deleteMyEvent("plan0001", { notify: "none" })).resolves.toMatchObject({ notified: [] });
  });

  it("refuses a message that nobody would get, and writes nothing", async () => {
    await using c = await alicesCalendars([mine]);
    const deleting = c.calendar.deleteMyEvent("plan0001", { message: "Sorry" });
    await expect(deleting).rejects.toMatchObject({ code: "request.unsupported" });
    expect(titles(await c.calendar.getEvents(week))).toEqual(["Plan"]);
  });

  it("asks which occurrences of a series are meant", async () => {
    await using c = await alicesCalendars([{ ...mine, recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] }]);
    await expect(c.calendar.deleteMyEvent("plan0001")).rejects.toMatchObject({ code: "request.scope_required" });
    const following = c.calendar.deleteMyEvent("plan0001", { scope: "following" });
    await expect(following).rejects.toMatchObject({ code: "request.invalid", details: { field: "scope" } });
    const [, second] = await c.calendar.getEvents(week);
    await c.calendar.deleteMyEvent(second ?? "");
    expect((await c.calendar.getEvents(week)).map(({ start }) => start.weekday)).toEqual(["Tuesday", "Thursday"]);
    const preview = await c.calendar.deleteMyEvent("plan0001", { scope: "all", dryRun: true });
    expect(preview).toMatchObject({ notified: [bob], reversible: false });
    await c.calendar.deleteMyEvent("plan0001", { scope: "all" });
    expect(await c.calendar.getEvents(week)).toEqual([]);
  });
});

describe("moveMyEvent", () => {
  const more = [
    { id: team, summary: "Team" },
    { id: "holidays@x", accessRole: "reader" as const },
  ];

  it("lets another calendar organize an event, also when the answer is lost", async () => {
    await using c = await alicesCalendars([mine, berlin("2026-11-25T09:00", { id: "plan0002" })], more);
    const preview = await c.calendar.moveMyEvent("plan0001", team, { dryRun: true });
    expect(preview).toMatchObject({
      diff: ["= Plan, Tuesday 2026-11-24T09:00:00+01:00 Europe/Berlin", `~ calendar: primary → ${team}`],
      notified: [bob],
    });
    const { event } = await c.calendar.moveMyEvent("plan0001", team);
    expect(event).toMatchObject({ id: "plan0001", calendarId: team, title: "Plan", organizer: { self: true } });
    c.sandbox.failNext({ method: "calendar.events.move", respond: "accepted-no-answer" });
    await c.calendar.moveMyEvent("plan0002", team);
    expect(await c.calendar.getEvents(week, { calendarIds: [team] })).toHaveLength(2);
  });

  it("does not put an event where this account may only read", async () => {
    await using c = await alicesCalendars([mine], more);
    const moving = c.calendar.moveMyEvent("plan0001", "holidays@x");
    await expect(moving).rejects.toMatchObject({ code: "request.forbidden", details: { calendarRole: "reader" } });
  });

  it("says that a move failed when it did", async () => {
    await using c = await alicesCalendars([mine], more);
    c.sandbox.failNext({ method: "calendar.events.move", respond: "before-write" });
    await expect(c.calendar.moveMyEvent("plan0001", team)).rejects.toMatchObject({ code: "connection.network" });
    expect(titles(await c.calendar.getEvents(week))).toEqual(["Plan"]);
  });
});

describe("getEventPermissions", () => {
  it("tells organizers, guests and readers apart", async () => {
    const shown = {
      id: "holidays@x",
      accessRole: "reader" as const,
      events: [berlin("2026-11-26T09:00", { id: "free0001" })],
    };
    await using c = await alicesCalendars(
      [mine, berlin("2026-11-25T09:00", { id: "theirs01", ...fromBob() })],
      [shown],
    );
    expect(await c.calendar.getEventPermissions("plan0001")).toMatchObject({
      ...{ role: "organizer", calendarRole: "owner", canEdit: true, canDelete: true, canMove: true, canRespond: false },
      editors: [alice],
    });
    expect(await c.calendar.getEventPermissions("theirs01")).toMatchObject({
      ...{ role: "attendee", canEdit: false, canDelete: false, canInvite: true, canRespond: true, editors: [bob] },
      reasons: [expect.stringContaining(bob), expect.stringContaining(bob)],
    });
    expect(await c.calendar.getEventPermissions({ id: "free0001", calendarId: "holidays@x" })).toMatchObject({
      ...{ calendarRole: "reader", canEdit: false, canDelete: false, canRespond: false },
    });
  });
});

describe("suggestReschedule", () => {
  it("answers tentatively with the proposal as comment, and says that this is how it was delivered", async () => {
    await using c = await alicesCalendars([berlin("2026-11-25T09:00", { id: "theirs01", ...fromBob() })]);
    const proposed = timeRange.between("2026-11-26T14:00", "2026-11-26T15:00");
    const preview = await c.calendar.suggestReschedule("theirs01", proposed, "Earlier is hard.", { dryRun: true });
    expect(preview).toMatchObject({
      recipients: [bob],
      diff: [expect.stringContaining("Wednesday"), expect.stringContaining("tentative")],
    });
    const result = await c.calendar.suggestReschedule("theirs01", proposed, "Earlier is hard.");
    const text =
      "Proposed new time: 2026-11-26T14:00:00+01:00 to 2026-11-26T15:00:00+01:00 (Europe/Berlin). Earlier is hard.";
    expect(result).toMatchObject({
      event: { myResponse: "tentative" },
      delivery: { how: "comment", text },
      notified: [bob],
    });
    expect(c.sandbox.inspect.event(bob, "primary", "theirs01")?.["attendees"]).toContainEqual(
      expect.objectContaining({ email: alice, responseStatus: "tentative", comment: text }),
    );
  });

  it("is for invitations", async () => {
    await using c = await alicesCalendars([mine]);
    const suggesting = c.calendar.suggestReschedule("plan0001", timeRange.between("2026-11-26", "2026-11-27"));
    await expect(suggesting).rejects.toMatchObject({
      code: "request.not_invited",
      hint: expect.stringContaining("updateMyEvent") as string,
    });
  });
});

describe("many at once", () => {
  const event = (title: string, start = "2026-11-24T10:00") => ({ title, start, durationMinutes: 30 });

  it("creates with an outcome for each, once by their key", async () => {
    await using c = await alicesCalendars([]);
    const wanted = [event("One"), event(" "), event("Three")];
    const result = await c.calendar.batchCreateEvents(wanted, { onConflict: "allow", idempotencyKey: "k" });
    expect(result).toMatchObject({
      ...{ done: 2, failed: 1, notUndone: [] },
      outcomes: [{ done: true }, { done: false, undone: false, error: { code: "request.invalid" } }, { done: true }],
    });
    await c.calendar.batchCreateEvents(wanted, { onConflict: "allow", idempotencyKey: "k" });
    expect(titles(await c.calendar.getEvents(week)).sort()).toEqual(["One", "Three"]);
  });

  it("creates all or nothing", async () => {
    await using c = await alicesCalendars([]);
    const checked = await c.calendar.batchCreateEvents([event("One"), event(" ")], { atomic: true });
    expect(checked).toMatchObject({
      done: 0,
      failed: 2,
      outcomes: [{ undone: false }, { error: { code: "request.invalid" } }],
    });
    c.sandbox.failNext({ method: "calendar.events.insert", after: 2, times: 5, respond: "quotaExceeded" });
    const result = await c.calendar.batchCreateEvents([event("A"), event("B"), event("C"), event("D")], {
      atomic: true,
    });
    expect([result.done, result.failed, result.notUndone]).toEqual([0, 4, []]);
    expect(result.outcomes.filter((each) => !each.done && each.undone)).toHaveLength(2);
    expect(await c.calendar.getEvents(week)).toEqual([]);
  });

  it("takes changes back, and says what it could not take back", async () => {
    await using c = await alicesCalendars([mine, berlin("2026-11-25T09:00", { id: "plan0002", summary: "Two" })]);
    const updates = [
      { ref: "plan0001", changes: { title: "New", addAttendees: ["dora@x.example"] } },
      { ref: "plan0001", changes: { location: "Roof" } },
      { ref: "gone0001", changes: { title: "New" } },
    ];
    const before = await c.calendar.getEvent("plan0001");
    const checked = await c.calendar.batchUpdateEvents(updates, { atomic: true });
    expect(checked).toMatchObject({ done: 0, failed: 3, outcomes: [{}, {}, { error: { code: "request.not_found" } }] });
    c.sandbox.failNext({ method: "calendar.events.update", after: 2, respond: "quotaExceeded" });
    const [first, second] = updates.slice(0, 2);
    const last = { ref: "plan0002", changes: { title: "New" } };
    if (!first || !second) throw new TypeError("there are two");
    const undone = await c.calendar.batchUpdateEvents([first, second, last], { atomic: true });
    expect([undone.done, undone.notUndone]).toEqual([0, []]);
    const after = await c.calendar.getEvent("plan0001");
    expect({ ...after, version: 0, updatedAt: 0 }).toEqual({ ...before, version: 0, updatedAt: 0 });
  });

  it("changes several things of one event one after the other", async () => {
    await using c = await alicesCalendars([mine]);
    const updates = Array.from({ length: 8 }, (_, index) => ({
      ref: "plan0001",
      changes: { title: `Title ${index}` },
    }));
    expect(await c.calendar.batchUpdateEvents(updates)).toMatchObject({ done: 8, failed: 0 });
    expect(await c.calendar.getEvent("plan0001")).toMatchObject({ title: "Title 7" });
  });

  it("previews all of it", async () => {
    await using c = await alicesCalendars([mine]);
    const created = await c.calendar.batchCreateEvents([event("One"), { ...event("Two"), attendees: [bob] }], {
      dryRun: true,
    });
    expect(created).toMatchObject({
      occurrences: 2,
      recipients: [bob],
      diff: expect.arrayContaining(["0: + title: One", "1: + title: Two"]) as string[],
    });
    const changed = await c.calendar.batchUpdateEvents([{ ref: "plan0001", changes: { title: "New" } }], {
      dryRun: true,
    });
    expect(changed).toMatchObject({
      occurrences: 1,
      diff: ["0: = Plan, Tuesday 2026-11-24T09:00:00+01:00 Europe/Berlin", "0: ~ title: Plan → New"],
    });
    expect(titles(await c.calendar.getEvents(week))).toEqual(["Plan"]);
  });
});
