import { describe, expect, it } from "vitest";
import { alice, alicesCalendars, berlin, bob, fromBob } from "../../../../test/support/alices-calendars.js";
import { calendarClient } from "../../../../test/support/google-clients.js";
import { without } from "../../../core/without.js";
import type { EventChanges } from "../../../calendar/models.js";
import type { SeedEvent } from "../../../sandbox/index.js";

const carol = "carol@elsewhere.example";
/** A meeting of Alice's with much to lose. */
const rich = (more: Partial<SeedEvent> = {}): SeedEvent =>
  berlin("2026-11-24T09:00", {
    id: "plan0001",
    summary: "Plan",
    description: "All of it",
    location: "Room 7",
    colorId: "7",
    attendees: [
      { email: bob, responseStatus: "accepted", comment: "With pleasure" },
      { email: carol, responseStatus: "tentative" },
    ],
    conferenceData: {
      conferenceId: "abc",
      entryPoints: [{ entryPointType: "video", uri: "https://meet.example/abc" }],
    },
    extendedProperties: { private: { note: "mine" }, shared: { ticket: "42" } },
    somethingNew: { kept: true },
    ...more,
  });

describe("updateMyEvent", () => {
  it("changes what is named and leaves every other byte as it was", async () => {
    await using c = await alicesCalendars([rich()]);
    const before = c.sandbox.inspect.event(alice, "primary", "plan0001");
    const { event, notified, conflicts } = await c.calendar.updateMyEvent("plan0001", {
      title: "The plan",
      location: null,
    });
    expect([event.title, event.location, notified, conflicts]).toEqual(["The plan", undefined, [bob, carol], []]);
    const unchanged = without(before ?? {}, ["location"]);
    const wanted = { ...unchanged, summary: "The plan", etag: 0, updated: 0, sequence: 0 };
    const after = c.sandbox.inspect.event(alice, "primary", "plan0001");
    expect({ ...after, etag: 0, updated: 0, sequence: 0 }).toEqual(wanted);
  });

  it.each<[string, EventChanges, object]>([
    [
      "the start, keeping the length",
      { start: "2026-11-25T15:00" },
      { start: { dateTime: "2026-11-25T15:00:00+01:00" }, end: { dateTime: "2026-11-25T16:00:00+01:00" } },
    ],
    [
      "the length",
      { durationMinutes: 90 },
      { start: { dateTime: "2026-11-24T09:00:00+01:00" }, end: { dateTime: "2026-11-24T10:30:00+01:00" } },
    ],
    [
      "the zone of new times",
      { start: "2026-11-24T09:00", timeZone: "America/New_York" },
      { start: { dateTime: "2026-11-24T09:00:00-05:00", timeZone: "America/New_York" } },
    ],
    [
      "a time to days",
      { start: "2026-11-24", end: "2026-11-26" },
      { allDay: true, start: { date: "2026-11-24" }, end: { date: "2026-11-26" } },
    ],
    ["whether it blocks the time", { busy: false }, { busy: false }],
    [
      "reminders",
      { reminders: [{ method: "popup", minutesBefore: 3 }] },
      { reminders: [{ method: "popup", minutesBefore: 3 }] },
    ],
    [
      "visibility and status",
      { visibility: "private", status: "tentative" },
      { visibility: "private", status: "tentative" },
    ],
    [
      "what guests may",
      { guestsCanModify: true, guestsCanInvite: false, guestsCanSeeGuests: false },
      { guestsCanModify: true, guestsCanInvite: false, guestsCanSeeGuests: false },
    ],
    ["properties by name", { properties: { note: null, more: "x" } }, { properties: { more: "x" } }],
  ])("changes %s", async (_, changes, wanted) => {
    await using c = await alicesCalendars([rich()]);
    const { event } = await c.calendar.updateMyEvent("plan0001", changes);
    expect(event).toMatchObject(wanted);
    expect(await c.calendar.getEvent("plan0001")).toEqual(event);
  });

  it("adds, takes away and replaces attendees, who keep their answers", async () => {
    await using c = await alicesCalendars([rich()]);
    const answers = ({ attendees }: { attendees: { email: string; response: string }[] }): unknown =>
      Object.fromEntries(attendees.map(({ email, response }) => [email, response]));
    const added = await c.calendar.updateMyEvent("plan0001", {
      addAttendees: ["dora@x.example", { email: bob.toUpperCase(), name: "Bob", optional: true }],
    });
    expect(answers(added.event)).toEqual({ [bob]: "accepted", [carol]: "tentative", "dora@x.example": "needsAction" });
    expect(added.event.attendees[0]).toMatchObject({ name: "Bob", optional: true, comment: "With pleasure" });
    const removed = await c.calendar.updateMyEvent("plan0001", { removeAttendees: [carol] });
    expect(answers(removed.event)).toEqual({ [bob]: "accepted", "dora@x.example": "needsAction" });
    expect(removed.notified).toContain(carol);
    const replaced = await c.calendar.updateMyEvent("plan0001", { attendees: [bob, "emil@x.example"] });
    expect(answers(replaced.event)).toEqual({ [bob]: "accepted", "emil@x.example": "needsAction" });
  });

  it("adds a video call, keeps the one that is there, and takes it away", async () => {
    await using c = await alicesCalendars([berlin("2026-11-24T09:00", { id: "call0001" })]);
    const { event } = await c.calendar.updateMyEvent("call0001", { conference: true });
    expect(event.conferenceUrl).toMatch(/^https:/);
    expect((await c.calendar.updateMyEvent("call0001", { conference: true })).event.conferenceUrl).toBe(
      event.conferenceUrl,
    );
    expect((await c.calendar.updateMyEvent("call0001", { conference: false })).event.conferenceUrl).toBeUndefined();
  });

  it("writes nothing, and tells nobody, when nothing would be different", async () => {
    await using c = await alicesCalendars([rich()]);
    c.sandbox.clearRequests();
    const { notified } = await c.calendar.updateMyEvent("plan0001", { title: "Plan", busy: true });
    expect(notified).toEqual([]);
    expect(c.sandbox.findRequests({ method: "calendar.events.update" })).toEqual([]);
  });

  it("keeps what somebody else changed meanwhile", async () => {
    await using c = await alicesCalendars([rich()]);
    const ours = () => c.calendar.updateMyEvent("plan0001", { title: "Ours" });
    expect(await overtaken(c, { description: "Theirs" }, ours)).toBeUndefined();
    expect(await c.calendar.getEvent("plan0001")).toMatchObject({ title: "Ours", description: "Theirs" });
  });

  it("says so when both changed the same, with both versions", async () => {
    await using c = await alicesCalendars([rich()]);
    const clash = await overtaken(c, { summary: "Theirs" }, () =>
      c.calendar.updateMyEvent("plan0001", { title: "Ours", location: "Here" }),
    );
    expect(clash).toMatchObject({
      code: "request.conflict",
      details: { fields: ["summary"], theirs: { title: "Theirs" }, yours: { title: "Ours", location: "Here" } },
    });
    expect(await c.calendar.getEvent("plan0001")).toMatchObject({ title: "Theirs", location: "Room 7" });
  });

  it("knows its own work again when the answer was lost, in whichever offset the service writes it", async () => {
    await using c = await alicesCalendars([rich()]);
    const { version } = await c.calendar.getEvent("plan0001");
    c.sandbox.failNext({ method: "calendar.events.update", respond: "accepted-no-answer" });
    const changes = { title: "Later", start: { dateTime: "2026-11-24T10:00:00-05:00", timeZone: "Europe/Berlin" } };
    const { event, notified } = await c.calendar.updateMyEvent("plan0001", changes, { expectedVersion: version });
    expect([event.title, event.start.dateTime, notified]).toEqual(["Later", "2026-11-24T16:00:00+01:00", [bob, carol]]);
    expect(c.sandbox.findRequests({ method: "calendar.events.update" }).map(({ status }) => status)).toContain(412);
  });

  it("writes only over the version that is expected", async () => {
    await using c = await alicesCalendars([rich()]);
    const { version } = await c.calendar.getEvent("plan0001");
    const { event } = await c.calendar.updateMyEvent("plan0001", { title: "Second" }, { expectedVersion: version });
    await expect(
      c.calendar.updateMyEvent("plan0001", { title: "Third" }, { expectedVersion: version }),
    ).rejects.toMatchObject({
      code: "request.conflict",
      details: { expectedVersion: version, version: event.version },
    });
  });

  it.each<[EventChanges, string]>([
    [{ title: " " }, "title"],
    [{ end: "2026-11-24T08:00" }, "end"],
    [{ timeZone: "Europe/Paris" }, "timeZone"],
    [{ addAttendees: ["no address"] }, "attendees"],
    [{ recurrence: { lines: ["RRULE:FREQ=SOMETIMES"] } }, "recurrence"],
    [{ properties: { maigicRequest: "x" } }, "properties"],
    [{ name: "x" } as EventChanges, "name"],
    [{}, "changes"],
  ])("refuses %j, naming the field, and writes nothing", async (changes, field) => {
    await using c = await alicesCalendars([rich()]);
    await expect(c.calendar.updateMyEvent("plan0001", changes)).rejects.toMatchObject({
      code: "request.invalid",
      details: { field },
    });
    expect(c.sandbox.findRequests({ method: "calendar.events.update" })).toEqual([]);
  });

  it("does not change, delete or move what somebody else organizes, and says who may", async () => {
    await using c = await alicesCalendars([berlin("2026-11-24T09:00", { id: "theirs01", ...fromBob() })]);
    for (const write of [
      () => c.calendar.updateMyEvent("theirs01", { title: "Mine" }),
      () => c.calendar.deleteMyEvent("theirs01"),
      () => c.calendar.moveMyEvent("theirs01", "primary"),
    ]) {
      await expect(write()).rejects.toMatchObject({
        code: "request.forbidden",
        message: expect.stringContaining(bob) as string,
        details: { organizer: { email: bob }, editors: [bob] },
      });
    }
    expect(c.sandbox.requests.some(({ method }) => /update|delete|move$/.test(method))).toBe(false);
  });

  it("lets a guest change what is the guest's own, and the rest where the organizer allows it", async () => {
    await using c = await alicesCalendars([
      berlin("2026-11-24T09:00", { id: "theirs01", ...fromBob() }),
      berlin("2026-11-25T09:00", { id: "theirs02", ...fromBob(), guestsCanModify: true }),
    ]);
    const reminders = [{ method: "popup" as const, minutesBefore: 1 }];
    const own = await c.calendar.updateMyEvent("theirs01", { reminders, busy: false });
    expect(own.event).toMatchObject({ reminders, busy: false });
    const all = await c.calendar.updateMyEvent("theirs02", { title: "Better" });
    expect(all.event.title).toBe("Better");
    expect(c.sandbox.inspect.event(bob, "primary", "theirs02")).toMatchObject({ summary: "Better" });
  });

  it("tells what it would do, and does nothing", async () => {
    await using c = await alicesCalendars([rich()]);
    const preview = await c.calendar.updateMyEvent(
      "plan0001",
      { title: "The plan", removeAttendees: [carol] },
      { dryRun: true },
    );
    expect(preview).toMatchObject({
      ...{ account: alice, recipients: [bob, carol], notified: [bob, carol], occurrences: 1, reversible: true },
      diff: [
        "= Plan, Tuesday 2026-11-24T09:00:00+01:00 Europe/Berlin",
        "~ title: Plan → The plan",
        `- attendee ${carol}: tentative`,
      ],
    });
    expect(await c.calendar.getEvent("plan0001")).toMatchObject({ title: "Plan" });
    const again = await c.calendar.updateMyEvent(
      "plan0001",
      { title: "The plan", removeAttendees: [carol] },
      { dryRun: true },
    );
    expect(again.payloadHash).toBe(preview.payloadHash);
  });
});

/** Lets another program of Alice's write between our reading and our writing. @returns what ours failed with */
async function overtaken(
  { sandbox, clock }: Awaited<ReturnType<typeof alicesCalendars>>,
  requestBody: object,
  ours: () => Promise<unknown>,
): Promise<unknown> {
  // Our first attempt is refused for being too fast; while we wait, our version gets old.
  sandbox.failNext({ method: "calendar.events.update", respond: "429-retry-after-seconds" });
  const sleep = clock.sleep.bind(clock);
  const sleepOnce: typeof sleep = async (...wait) => {
    Object.assign(clock, { sleep });
    await calendarClient(sandbox, alice).events.patch({ calendarId: "primary", eventId: "plan0001", requestBody });
    return sleep(...wait);
  };
  Object.assign(clock, { sleep: sleepOnce });
  return ours().then(
    () => undefined,
    (error: unknown) => error,
  );
}
