import { describe, expect, it } from "vitest";
import { alicesCalendars, berlin, bob } from "../../../test/support/alices-calendars.js";
import { previewOperation, runOperation } from "../../../test/support/run-operation.js";
import type { Event } from "../../calendar/models.js";
import { calendarOperations } from "./index.js";

const refused = (field: string): object => ({ code: "request.invalid", details: { field } });

describe("calendar.create", () => {
  it("tells first, and then creates an event with all that is said of it", async () => {
    await using c = await alicesCalendars([]);
    const asked = {
      ...{ title: "Plan", start: "today+1 09:00", minutes: 45, timeZone: "Europe/Berlin" },
      ...{
        description: "What comes next",
        location: "Harbour",
        attendees: [bob],
        optionalAttendees: ["carol@example.com"],
      },
      ...{ repeat: ["FREQ=WEEKLY;COUNT=2"], reminders: ["popup:10", "email:60"], visibility: "private" },
      ...{ free: true, tentative: true, conference: true, guestsCanModify: true, guestsCanInvite: false },
      ...{ guestsCanSeeGuests: false, notify: "all", onConflict: "allow", idempotencyKey: "plan-1" },
    };
    const preview = await previewOperation({ client: c.calendar }, "calendar.create", asked);
    expect(preview).toMatchObject({ recipients: [bob, "carol@example.com"], occurrences: 2 });
    expect(await c.calendar.searchEvents("Plan")).toMatchObject({ events: [] });
    const { event } = await runOperation({ client: c.calendar }, "calendar.create", asked);
    expect(event).toMatchObject({
      ...{ title: "Plan", description: "What comes next", location: "Harbour", visibility: "private" },
      start: { dateTime: "2026-11-24T09:00:00+01:00" },
      end: { dateTime: "2026-11-24T09:45:00+01:00" },
      ...{ busy: false, status: "tentative", guestsCanModify: true, guestsCanInvite: false, guestsCanSeeGuests: false },
      recurrence: { lines: ["RRULE:FREQ=WEEKLY;COUNT=2"] },
      reminders: [
        { method: "popup", minutesBefore: 10 },
        { method: "email", minutesBefore: 60 },
      ],
      conferenceUrl: expect.stringContaining("https://") as unknown,
    });
    expect(event).toMatchObject({
      attendees: expect.arrayContaining([
        expect.objectContaining({ email: "carol@example.com", optional: true }),
      ]) as unknown,
    });
  });

  it("refuses what cannot be, naming its field as it was given", async () => {
    await using c = await alicesCalendars([]);
    const create = (input: object): Promise<unknown> =>
      runOperation({ client: c.calendar }, "calendar.create", { title: "Plan", start: "2026-11-24 09:00", ...input });
    await expect(create({ end: "2026-11-24 10:00", minutes: 30 })).rejects.toMatchObject(refused("minutes"));
    await expect(create({})).rejects.toMatchObject(refused("end"));
    await expect(create({ minutes: 30, repeat: ["FREQ=OFTEN"] })).rejects.toMatchObject(refused("repeat"));
  });
});

describe("calendar.update", () => {
  const mine = berlin("2026-11-24T09:00", {
    ...{ id: "planning1", summary: "Plan", description: "Old", location: "Harbour", attendees: [{ email: bob }] },
    ...{ recurrence: ["RRULE:FREQ=DAILY;COUNT=2"], reminders: { useDefault: false, overrides: [] } },
  });

  it("tells first, and then changes what is named and takes away what is to be cleared", async () => {
    await using c = await alicesCalendars([mine]);
    const before = await c.calendar.getEvent("planning1");
    const asked = {
      ...{ id: "planning1", title: "Plan B", start: "2026-11-24 10:00", scope: "all", notify: "none" },
      ...{ addAttendees: ["carol@example.com"], optionalAttendees: ["dan@example.com"], removeAttendees: [bob] },
      ...{ clear: ["description", "location", "repeat", "reminders"], conference: true, free: true },
      ...{ onConflict: "warn", expectedVersion: before.version, calendar: "primary" },
    };
    const preview = await previewOperation({ client: c.calendar }, "calendar.update", asked);
    expect(preview.diff).toContain("~ title: Plan → Plan B");
    expect(await c.calendar.getEvent("planning1")).toEqual(before);
    const { event } = await runOperation({ client: c.calendar }, "calendar.update", asked);
    expect(event).toMatchObject({
      ...{ title: "Plan B", start: { dateTime: "2026-11-24T10:00:00+01:00" }, busy: false },
      end: { dateTime: "2026-11-24T11:00:00+01:00" },
    });
    const { attendees } = event as Event;
    expect(attendees.map(({ email, optional }) => [email, optional])).toEqual([
      ["carol@example.com", false],
      ["dan@example.com", true],
    ]);
    for (const field of ["description", "location", "recurrence"]) expect(event).not.toHaveProperty(field);
  });

  it("refuses what cannot be, naming its field as it was given", async () => {
    await using c = await alicesCalendars([mine]);
    const update = (input: object): Promise<unknown> =>
      runOperation({ client: c.calendar }, "calendar.update", { id: "planning1", scope: "all", ...input });
    await expect(update({})).rejects.toMatchObject(refused("changes"));
    await expect(update({ location: "Here", clear: ["location"] })).rejects.toMatchObject(refused("clear"));
    await expect(update({ end: "2026-11-24 12:00", minutes: 5 })).rejects.toMatchObject(refused("minutes"));
    await expect(update({ repeat: ["DTSTART:20261124"] })).rejects.toMatchObject(refused("repeat"));
  });
});

describe("calendar.move and calendar.delete", () => {
  it("tell first, and then move an event and cancel it", async () => {
    const team = "team@group.calendar.google.com";
    const mine = berlin("2026-11-24T09:00", { id: "planning1", summary: "Plan", attendees: [{ email: bob }] });
    await using c = await alicesCalendars([mine], [{ id: team, summary: "Team" }]);
    const moving = { id: "planning1", toCalendar: team, calendar: "primary", notify: "none" };
    const deleting = { id: "planning1", calendar: team, scope: "this", notify: "all" };
    expect(await previewOperation({ client: c.calendar }, "calendar.move", moving)).toMatchObject({ notified: [] });
    expect(await runOperation({ client: c.calendar }, "calendar.move", moving)).toMatchObject({
      event: { calendarId: team },
    });
    expect(await previewOperation({ client: c.calendar }, "calendar.delete", deleting)).toMatchObject({
      ...{ notified: [bob], reversible: false },
    });
    const message = { ...deleting, message: "Sorry" };
    await expect(runOperation({ client: c.calendar }, "calendar.delete", message)).rejects.toMatchObject({
      code: "request.unsupported",
    });
    expect(await runOperation({ client: c.calendar }, "calendar.delete", deleting)).toMatchObject({
      ...{ event: { title: "Plan" }, notified: [bob] },
    });
  });
});

describe("what calendar operations do to the world", () => {
  it("may reach other people wherever it writes, and cannot be taken back where it cancels", () => {
    const writing = calendarOperations.filter(({ effect }) => effect !== "read");
    expect(Object.fromEntries(writing.map(({ name, effect }) => [name, effect]))).toEqual({
      "calendar.create": "send",
      "calendar.update": "send",
      "calendar.delete": "delete",
      "calendar.move": "send",
      "calendar.respond": "send",
      "calendar.propose": "send",
    });
    expect(writing.every(({ access }) => access === "write")).toBe(true);
  });
});
