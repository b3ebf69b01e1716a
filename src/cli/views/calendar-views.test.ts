import { describe, expect, it } from "vitest";
import type { Attendee, Event } from "../../calendar/models.js";
import { viewOf } from "./index.js";
import { render } from "./render.js";

const context = { now: Date.parse("2026-11-29T12:00:00Z"), timeZone: "Europe/Berlin", profile: "default" };

/** What a person sees of an operation's output on a terminal of 80 columns. */
async function shown(operation: string, output: unknown): Promise<string[]> {
  return render((await viewOf(operation))(output, context), { width: 80, colour: false }).split("\n");
}

const at = (dateTime: string, timeZone = "Europe/Berlin"): Event["start"] => ({
  dateTime,
  timeZone,
  weekday: "Monday",
});
const day = (date: string): Event["start"] => ({ date, weekday: "Monday" });
const guest = (email: string, given: Partial<Attendee> = {}): Attendee => ({
  ...{ email, response: "needsAction", optional: false, resource: false, organizer: false, self: false },
  ...given,
});

function event(given: Partial<Event> = {}): Event {
  return {
    ...{
      id: "e1",
      calendarId: "alice@example.com",
      iCalUid: "u1",
      title: "Planning",
      allDay: false,
      status: "confirmed",
    },
    ...{ start: at("2026-11-29T14:00:00+01:00"), end: at("2026-11-29T15:00:00+01:00"), busy: true },
    ...{ organizer: { email: "ann@example.com", name: "Ann", self: false }, attendees: [], attendeesOmitted: false },
    ...{ visibility: "default", guestsCanModify: false, guestsCanInvite: true, guestsCanSeeGuests: true, version: "1" },
    ...given,
  };
}

const night = event({
  ...{ id: "e2", title: "Night train", status: "tentative", myResponse: "tentative" },
  ...{ start: at("2026-11-30T22:00:00+01:00"), end: at("2026-12-01T07:00:00+01:00") },
});
const fair = event({ id: "e3", title: "Fair", allDay: true, start: day("2026-11-27"), end: day("2026-12-03") });

describe("events", () => {
  it("stand by day in an agenda, what still goes on under today", async () => {
    const failures = [{ calendarId: "team", code: "x", message: "It is not allowed.", hint: "Ask its owner." }];
    const events = [fair, event({ myResponse: "accepted", location: "Room 4" }), night];
    expect(await shown("calendar.agenda", { events, failures })).toEqual([
      ...["Today, Sun 29 Nov", "  to Wed 2 Dec              Fair                     e3"],
      "  14:00–15:00            ✓  Planning · Room 4        e1",
      ...["", "Tomorrow, Mon 30 Nov", "  22:00–Tue 1 Dec 07:00  ?  Night train (tentative)  e2", ""],
      ...["team  Not read: It is not allowed.", "      Ask its owner."],
    ]);
    expect(await shown("calendar.agenda", { events: [], failures: [] })).toEqual(["Nothing is planned."]);
  });

  it("stand one a line in a list, with their calendars where there are several", async () => {
    const other = event({ id: "e4", calendarId: "team", title: "", start: day("2027-11-27"), end: day("2027-11-28") });
    expect(await shown("calendar.events", { events: [event(), other], failures: [], cursor: "c" })).toEqual([
      "WHEN                      EVENT       ID  CALENDAR",
      "today 14:00–15:00         Planning    e1  alice@example.com",
      "Sat 27 Nov 2027, all day  (no title)  e4  team",
      ...["", "There is more: add --cursor c"],
    ]);
  });

  it("are shown whole, with their own time and how they repeat", async () => {
    const lines = ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261224T225959Z", "EXDATE:20261207T140000Z"];
    const attendees = [
      guest("ann@example.com", { name: "Ann", response: "accepted", organizer: true }),
      guest("alice@example.com", { self: true }),
      guest("carol@example.com", { response: "declined", optional: true, comment: "On holiday" }),
    ];
    const whole = event({
      ...{
        start: at("2026-11-30T09:00:00-05:00", "America/New_York"),
        end: at("2026-11-30T15:00:00Z", "America/New_York"),
      },
      ...{ recurrence: { lines }, attendees, myResponse: "needsAction", conferenceUrl: "https://meet.example/abc" },
      ...{ description: "Numbers", attendeesOmitted: true },
    });
    expect(await shown("calendar.show", { event: whole })).toEqual([
      "Planning",
      "When         Mon 30 Nov 2026 15:00–16:00 (tomorrow)",
      "Own time     Mon 30 Nov 2026 09:00–10:00 (tomorrow), America/New_York",
      "Repeats      every 2 weeks on Mon, Wed until Thu 24 Dec 2026",
      "             without Mon 7 Dec 2026",
      "Call         https://meet.example/abc",
      "Organizer    Ann <ann@example.com>",
      "Your answer  · not answered",
      "Calendar     alice@example.com",
      ...["ID           e1", "", "   INVITED                           COMMENT"],
      ...["✓  Ann <ann@example.com>  organizer", "·  alice@example.com      you"],
      ...["✗  carol@example.com      optional   On holiday", ""],
      ...["The service does not show all who are invited.", "", "  Numbers"],
    ]);
  });

  it("repeat in words where the rule is a usual one, else as it is written", async () => {
    const words = async (line: string): Promise<string | undefined> =>
      (await shown("calendar.show", { event: event({ recurrence: { lines: [line] } }) }))
        .find((shownLine) => shownLine.startsWith("Repeats"))
        ?.slice("Repeats    ".length);
    expect(await words("RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=5")).toBe("every month on the last Fri 5 times");
    expect(await words("RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15")).toBe("every month on day 1, 15 of the month");
    expect(await words("RRULE:FREQ=YEARLY;BYSETPOS=1;BYDAY=MO")).toBe("RRULE:FREQ=YEARLY;BYSETPOS=1;BYDAY=MO");
  });
});

describe("what a write did to an event", () => {
  it("is told with who was notified and what it clashes with", async () => {
    const conflicts = [{ kind: "duplicate", message: "It is much like Plan.", event: { id: "e9" } }];
    expect(await shown("calendar.create", { event: event(), notified: ["ann@example.com"], conflicts })).toEqual([
      ...["The event was created.", "", "Event     Planning", "When      Sun 29 Nov 2026 14:00–15:00 (today)"],
      ...["Notified  ann@example.com", "Calendar  alice@example.com", "ID        e1", ""],
      ...["Duplicate  It is much like Plan.", "           e9"],
    ]);
    const answered = { event: night, notified: [], conflicts: [] };
    expect((await shown("calendar.respond", answered))[0]).toBe("Your answer: accepted tentatively.");
    const delivery = { how: "comment", text: "Monday 10:00?" };
    expect(await shown("calendar.propose", { ...answered, delivery })).toEqual(
      expect.arrayContaining([expect.stringContaining("as a comment"), "Told      Monday 10:00?", "Notified  nobody"]),
    );
  });

  it("is followed, what was removed as well", async () => {
    const removed = {
      type: "removed",
      id: "e5_1",
      calendarId: "team",
      seriesId: "e5",
      originalStart: day("2026-11-30"),
    };
    const page = {
      changes: [removed],
      cursor: "c",
      hasMore: false,
      reset: true,
      resetCalendars: ["team"],
      failures: [],
    };
    expect(await shown("calendar.changes", page)).toEqual([
      ...["CHANGE   WHEN               EVENT             ID    CALENDAR"],
      ...["removed  tomorrow, all day  of the series e5  e5_1  team", ""],
      "The cursor was too old for the service to tell what changed: read every event of",
      ...["team anew.", "", "What changes from now on: add --cursor c"],
    ]);
  });
});

describe("availability", () => {
  it("tells who is busy when, and never takes what is unknown for free", async () => {
    const busy = [{ start: "2026-11-29T16:00:00+01:00", end: "2026-11-29T16:15:00+01:00" }];
    const freeBusy = [
      { who: "me", status: "known", busy },
      { who: "bob@example.com", status: "unknown", busy: [], reason: "notFound" },
      { who: "carol@example.com", status: "known", busy: [] },
    ];
    expect(await shown("calendar.free", { freeBusy })).toEqual([
      ...["me", "  today 16:00–16:15", "", "bob@example.com", "  not known: notFound", ""],
      ...["carol@example.com", "  free the whole time"],
    ]);
  });

  it("tells the best times and why, and what is in the way of others", async () => {
    const slot = {
      ...{ start: at("2026-11-30T09:00:00+01:00"), end: at("2026-11-30T09:30:00+01:00"), score: 0.923, confidence: 1 },
      ...{ reasons: ["It is the earliest."], people: [{ email: "bob", optional: true, state: "outside_hours" }] },
    };
    const days = [{ day: day("2026-11-30"), slots: 1, obstacles: [{ kind: "busy", message: "You are busy." }] }];
    expect(await shown("calendar.slots", { slots: [slot], days })).toEqual([
      "WHEN                  SCORE  WHO IS NOT FREE    WHY",
      "tomorrow 09:00–09:30   0.92  bob outside hours  It is the earliest.",
      ...["", "tomorrow · 1 time", "  You are busy."],
    ]);
    expect(await shown("calendar.slots", { slots: [] })).toEqual(["No time suits all who are required."]);
    expect(await shown("calendar.conflicts", { conflicts: [] })).toEqual(["No conflicts."]);
  });

  it("tells what this account may do, and which calendars it has", async () => {
    const rights = { canEdit: false, canDelete: true, canMove: false, canInvite: true, canRespond: true };
    const permissions = {
      ...{ role: "attendee", calendarRole: "owner", ...rights, canSeeAttendees: true },
      ...{ organizer: { email: "ann@example.com", self: false }, editors: [], reasons: ["Only Ann may."] },
    };
    const lines = await shown("calendar.permissions", { permissions });
    expect(lines).toEqual(expect.arrayContaining(["✗ change it for all", "✓ delete it", "Only Ann may."]));
    const calendars = [
      { id: "a@x", name: "Alice", timeZone: "UTC", accessRole: "owner", primary: true, selected: true },
    ];
    expect(await shown("calendar.calendars", { calendars })).toEqual([
      ...["CALENDAR      ACCESS  TIME ZONE  ID", "Alice (main)  owner   UTC        a@x"],
    ]);
    const waiting = { events: [event({ nextOccurrence: { start: night.start, end: night.end } })], failures: [] };
    expect((await shown("calendar.invitations", waiting))[1]).toContain(
      "tomorrow 22:00 – Tue 1 Dec 07:00  Planning  Ann",
    );
  });
});
