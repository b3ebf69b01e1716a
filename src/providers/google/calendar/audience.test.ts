import { describe, expect, it } from "vitest";
import { alice, alicesCalendars, berlin, bob, fromBob } from "../../../../test/support/alices-calendars.js";

const carol = "carol@example.com";
const team = "team@group.calendar.google.com";
const shared = [{ id: team, summary: "Team" }];
const start = "2026-11-25T09:00";
const durationMinutes = 30;
const telling = { notify: "none", dryRun: true } as const;

describe("who could read what is written", () => {
  it("is whoever organizes an event, though an answer to it is not told", async () => {
    await using c = await alicesCalendars([berlin(start, { id: "theirs01", ...fromBob() })]);
    const answer = { status: "accepted" } as const;
    const preview = await c.calendar.respondToInvitation("theirs01", answer, telling);
    expect(preview).toMatchObject({ recipients: [bob], notified: [] });
  });

  it("is every guest as well, once an answer has words", async () => {
    const attendees = [{ email: bob }, { email: alice }, { email: carol }];
    await using c = await alicesCalendars([berlin(start, { id: "theirs01", ...fromBob(), attendees })]);
    const answer = { status: "declined", comment: "I am away." } as const;
    const preview = await c.calendar.respondToInvitation("theirs01", answer, telling);
    expect(preview).toMatchObject({ recipients: [bob, carol], notified: [] });
  });

  it("is who organizes an event that its guests may change", async () => {
    await using c = await alicesCalendars([berlin(start, { id: "theirs01", guestsCanModify: true, ...fromBob() })]);
    const preview = await c.calendar.updateMyEvent("theirs01", { title: "New" }, telling);
    expect(preview).toMatchObject({ recipients: [bob], notified: [] });
  });

  it("is whoever is not invited any more as well: Google may write what has changed, and only Google knows to whom", async () => {
    const attendees = [{ email: bob }, { email: carol }];
    await using c = await alicesCalendars([berlin(start, { id: "ours01", attendees })]);
    const changes = { description: "New", removeAttendees: [carol] };
    const preview = await c.calendar.updateMyEvent("ours01", changes, { notify: "external", dryRun: true });
    expect(preview).toMatchObject({ recipients: [bob, carol], notified: [] });
  });

  it("is nobody for an event of one's own", async () => {
    await using c = await alicesCalendars([], shared);
    for (const calendarId of [undefined, "primary", alice]) {
      const options = { ...telling, ...(calendarId !== undefined && { calendarId }) };
      const preview = await c.calendar.createMyEvent({ title: "Dentist", start, durationMinutes }, options);
      expect(preview).toMatchObject({ recipients: [] });
      expect(preview).not.toHaveProperty("seenIn");
    }
  });

  it("is whoever reads a shared calendar that an event is put into, moved to or changed in", async () => {
    const theirs = { id: team, summary: "Team", events: [berlin(start, { id: "plan0002" })] };
    await using c = await alicesCalendars([berlin(start, { id: "plan0001" })], [theirs]);
    const ours = { id: "plan0002", calendarId: team };
    const previews = await Promise.all([
      c.calendar.createMyEvent({ title: "Retro", start, durationMinutes }, { ...telling, calendarId: team }),
      c.calendar.moveMyEvent("plan0001", team, telling),
      c.calendar.updateMyEvent(ours, { title: "Retro" }, telling),
      c.calendar.batchCreateEvents([{ title: "Retro", start, durationMinutes }], { ...telling, calendarId: team }),
    ]);
    expect(previews).toEqual(previews.map(() => expect.objectContaining({ seenIn: [team] }) as unknown));
  });

  it("is whoever is invited to a single occurrence, when the series is changed", async () => {
    const series = berlin(start, { id: "weekly01", recurrence: ["RRULE:FREQ=WEEKLY;COUNT=4"] });
    const own = { recurringEventId: "weekly01", originalStartTime: berlin("2026-12-02T09:00").start };
    const second = berlin("2026-12-02T09:00", {
      id: "weekly01_20261202T080000Z",
      ...own,
      attendees: [{ email: carol }],
    });
    await using c = await alicesCalendars([series, second]);
    const preview = await c.calendar.updateMyEvent(
      "weekly01",
      { description: "Door code" },
      { ...telling, scope: "all" },
    );
    expect(preview).toMatchObject({ recipients: [carol], notified: [] });
  });

  it("is whoever may see a calendar, once an event in it is public", async () => {
    await using c = await alicesCalendars([]);
    const preview = await c.calendar.createMyEvent(
      { title: "Open day", start, durationMinutes, visibility: "public" },
      telling,
    );
    expect(preview).toMatchObject({ seenIn: ["primary"] });
  });
});
