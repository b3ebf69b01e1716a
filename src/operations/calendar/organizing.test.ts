import { describe, expect, it } from "vitest";
import { alicesCalendars, bob } from "../../../test/support/alices-calendars.js";
import { previewOperation, runOperation } from "../../../test/support/run-operation.js";

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
    const refused = (field: string): object => ({ code: "request.invalid", details: { field } });
    await expect(create({ end: "2026-11-24 10:00", minutes: 30 })).rejects.toMatchObject(refused("minutes"));
    await expect(create({})).rejects.toMatchObject(refused("end"));
    await expect(create({ minutes: 30, repeat: ["FREQ=OFTEN"] })).rejects.toMatchObject(refused("repeat"));
  });
});
