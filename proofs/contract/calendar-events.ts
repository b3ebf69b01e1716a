import assert from "node:assert/strict";
import { refused, shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import { calendarId, get, hour, insert, list } from "./dates.js";

const reference = "https://developers.google.com/workspace/calendar/api/v3/reference/events";
const versions = "https://developers.google.com/workspace/calendar/api/guides/version-resources";
const extended = "https://developers.google.com/workspace/calendar/api/guides/extended-properties";
const performance = "https://developers.google.com/workspace/calendar/api/guides/performance";

/** Writing single events. */
export const calendarEvents: Chapter = {
  title: "Calendar: events",
  source: reference,
  behaviours: [
    {
      says: "a new event has what Google fills in",
      check: async ({ alice }) => {
        const made = await insert(alice);
        const self = { email: alice.email, self: true };
        shows(made, { kind: "calendar#event", status: "confirmed", sequence: 0, creator: self, organizer: self });
        assert.match(made.iCalUID ?? "", /^[a-v0-9]+@google\.com$/);
        assert.match(made.etag ?? "", /^".+"$/);
        assert.deepEqual([made.reminders, made.eventType], [{ useDefault: true }, "default"]);
      },
    },
    {
      says: "an event without an end is refused",
      check: async ({ alice }) => {
        await refused(insert(alice, { end: null as never }), 400, "required");
      },
    },
    {
      says: "an event that ends before it begins is refused",
      check: async ({ alice }) => {
        await refused(insert(alice, { start: hour(2).start ?? {}, end: hour(1).end ?? {} }), 400, "timeRangeEmpty");
      },
    },
    {
      says: "the end of an all-day event is the day after its last",
      check: async ({ alice }) => {
        const { id } = await insert(alice, { start: { date: "2026-12-01" }, end: { date: "2026-12-02" } });
        const day = async (from: string, to: string): Promise<boolean> =>
          (await list(alice, { timeMin: `${from}T00:00:00+01:00`, timeMax: `${to}T00:00:00+01:00` })).items.some(
            (each) => each.id === id,
          );
        assert.deepEqual([await day("2026-12-01", "2026-12-02"), await day("2026-12-02", "2026-12-03")], [true, false]);
      },
    },
    {
      says: "a client may choose the id: 5 to 1024 of the characters a to v and 0 to 9",
      check: async ({ alice }) => {
        assert.equal((await insert(alice, { id: "chosen0" })).id, "chosen0");
        for (const id of ["abcd", "with-hyphen", "wxyz0", "UPPER", "a".repeat(1025)])
          await refused(insert(alice, { id }), 400, "invalid");
      },
    },
    {
      says: "an id that is there already is 409 duplicate",
      check: async ({ alice }) => {
        await insert(alice, { id: "chosen0" });
        await refused(insert(alice, { id: "chosen0" }), 409, "duplicate");
      },
    },
    {
      says: "a deleted event's id is still taken",
      check: async ({ alice }) => {
        await insert(alice, { id: "chosen0" });
        await alice.calendar.events.delete({ calendarId, eventId: "chosen0" });
        await refused(insert(alice, { id: "chosen0" }), 409, "duplicate");
      },
    },
    {
      says: "deleting answers 204, and again 410 deleted",
      check: async ({ alice: { calendar }, alice }) => {
        const { id: eventId } = await insert(alice);
        assert.equal((await calendar.events.delete({ calendarId, eventId })).status, 204);
        await refused(calendar.events.delete({ calendarId, eventId }), 410, "deleted");
        await refused(calendar.events.delete({ calendarId, eventId: "nothing0" }), 404, "notFound");
      },
    },
    {
      says: "a deleted event is still there, as cancelled",
      check: async ({ alice }) => {
        const { id: eventId } = await insert(alice);
        await alice.calendar.events.delete({ calendarId, eventId });
        shows(await get(alice, eventId), { id: eventId, status: "cancelled" });
      },
    },
    {
      says: "patch changes what it names, removes what it sets to null and leaves the rest",
      source: performance,
      check: async ({ alice }) => {
        const { id: eventId } = await insert(alice, { location: "Here", description: "Why" });
        await alice.calendar.events.patch({ calendarId, eventId, requestBody: { summary: "New", location: null } });
        const { summary, location, description } = await get(alice, eventId);
        assert.deepEqual([summary, location, description], ["New", undefined, "Why"]);
      },
    },
    {
      says: "patch replaces a list as a whole",
      source: performance,
      check: async ({ alice }) => {
        const { id: eventId } = await insert(alice, {
          attendees: [{ email: "bob@example.com" }, { email: "eve@example.net" }],
        });
        const requestBody = { attendees: [{ email: "eve@example.net" }] };
        const { data } = await alice.calendar.events.patch({ calendarId, eventId, requestBody });
        shows(data.attendees, [{ email: "eve@example.net" }]);
      },
    },
    {
      says: "update writes the whole event: what is left out is gone",
      check: async ({ alice }) => {
        const { id: eventId } = await insert(alice, { location: "Here", colorId: "5" });
        const { data } = await alice.calendar.events.update({
          calendarId,
          eventId,
          requestBody: { summary: "Only", ...hour(1) },
        });
        assert.deepEqual([data.summary, data.location, data.colorId], ["Only", undefined, undefined]);
      },
    },
    {
      says: "every change makes another etag",
      source: versions,
      check: async ({ alice }) => {
        const { id: eventId, etag } = await insert(alice);
        const { data } = await alice.calendar.events.patch({ calendarId, eventId, requestBody: { summary: "New" } });
        assert.match(data.etag ?? "", /^".+"$/);
        assert.notEqual(data.etag, etag);
      },
    },
    {
      says: "If-Match with an old etag is 412 conditionNotMet, and changes nothing",
      source: versions,
      check: async ({ alice }) => {
        const { id: eventId, etag } = await insert(alice);
        const patch = (summary: string): Promise<unknown> =>
          alice.calendar.events.patch(
            { calendarId, eventId, requestBody: { summary } },
            { headers: { "If-Match": etag ?? "" } },
          );
        await patch("First");
        await refused(patch("Second"), 412, "conditionNotMet");
        assert.equal((await get(alice, eventId)).summary, "First");
      },
    },
    {
      says: "If-None-Match with the present etag is 304",
      source: versions,
      check: async ({ alice }) => {
        const { id, etag } = await insert(alice);
        const path = `/calendar/v3/calendars/primary/events/${id}`;
        shows(await alice.fetch(path, { headers: { "if-none-match": etag ?? "" } }), { status: 304, text: "" });
        shows(await alice.fetch(path, { headers: { "if-none-match": '"other"' } }), { status: 200 });
      },
    },
    {
      says: "private properties are for one calendar, shared ones for all copies",
      source: extended,
      check: async ({ alice, bob }) => {
        const extendedProperties = { private: { a: "1" }, shared: { b: "2" } };
        const { id } = await insert(alice, { extendedProperties, attendees: [{ email: bob.email }] });
        assert.deepEqual((await get(alice, id)).extendedProperties, extendedProperties);
        assert.deepEqual((await get(bob, id)).extendedProperties, { shared: { b: "2" } });
      },
    },
    {
      says: "events are found by their properties",
      source: extended,
      check: async ({ alice }) => {
        const { id } = await insert(alice, { extendedProperties: { private: { a: "1" }, shared: { b: "2" } } });
        await insert(alice);
        const found = async (options: object): Promise<unknown> =>
          (await list(alice, options)).items.map((each) => each.id);
        assert.deepEqual(await found({ privateExtendedProperty: ["a=1"], sharedExtendedProperty: ["b=2"] }), [id]);
        assert.deepEqual(await found({ privateExtendedProperty: ["a=2"] }), []);
      },
    },
    {
      says: "reminders of one's own are at most five",
      source: "https://developers.google.com/workspace/calendar/api/concepts/reminders",
      check: async ({ alice }) => {
        const reminders = (count: number): Promise<unknown> =>
          insert(alice, {
            reminders: {
              useDefault: false,
              overrides: Array.from({ length: count }, (_, index) => ({ method: "popup", minutes: index })),
            },
          });
        shows(await reminders(5), { status: "confirmed" });
        const error = await reminders(6).catch((thrown: unknown) => thrown);
        shows(error, { response: { status: 400 } });
      },
    },
    {
      says: "a video call is made for a client that says it knows conferences",
      source: "https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing",
      check: async ({ alice }) => {
        const conferenceData = { createRequest: { requestId: "r-1", conferenceSolutionKey: { type: "hangoutsMeet" } } };
        const made = await insert(alice, { conferenceData }, { conferenceDataVersion: 1 });
        assert.match(made.hangoutLink ?? "", /^https:\/\/meet\.google\.com\//);
        assert.equal((await insert(alice, { conferenceData })).conferenceData, undefined);
      },
    },
    {
      says: "the type of an event never changes",
      check: async ({ alice }) => {
        const { id: eventId } = await insert(alice);
        const requestBody = { eventType: "outOfOffice" };
        await refused(alice.calendar.events.patch({ calendarId, eventId, requestBody }), 400, "eventTypeRestriction");
      },
    },
    {
      says: "quickAdd makes an event of a line of text",
      check: async ({ alice }) => {
        const { data } = await alice.calendar.events.quickAdd({ calendarId, text: "Lunch with Ann tomorrow 12pm-1pm" });
        shows(data, { summary: "Lunch with Ann", status: "confirmed" });
        const minutes = (Date.parse(data.end?.dateTime ?? "") - Date.parse(data.start?.dateTime ?? "")) / 60_000;
        assert.equal(minutes, 60);
      },
    },
    {
      says: "import makes a private copy of an event that somebody else organizes",
      check: async ({ alice }) => {
        const requestBody = {
          iCalUID: "u-1@elsewhere.example",
          attendees: [{ email: alice.email }],
          organizer: { email: "eve@elsewhere.example" },
          ...hour(1),
        };
        const { data } = await alice.calendar.events.import({ calendarId, requestBody });
        shows(data, { iCalUID: "u-1@elsewhere.example", organizer: { email: "eve@elsewhere.example" } });
        shows((await list(alice, { iCalUID: "u-1@elsewhere.example" })).items, [{ id: data.id }]);
      },
    },
  ],
};
