import assert from "node:assert/strict";
import { refused, shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import { answerOf, calendarId, get, hour, insert, insertSeries, list } from "./dates.js";
import type { Google } from "./google.js";

const invite = "https://developers.google.com/workspace/calendar/api/concepts/sharing";
const freebusy = "https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query";
const bobs = "bob@example.com";

/** Alice's answer to herself is of no interest here; Bob says yes to an event of hers. */
async function accept({ bob }: Google, eventId: string): Promise<void> {
  const { attendees = [] } = await get(bob, eventId);
  const answered = attendees.map((each) => (each.self ? { ...each, responseStatus: "accepted" } : each));
  await bob.calendar.events.patch({ calendarId, eventId, requestBody: { attendees: answered } });
}

/** Who sees what, and what travels between people. */
export const calendarPeople: Chapter = {
  title: "Calendar: people",
  source: invite,
  behaviours: [
    {
      says: "an invited guest has a copy under the same id, which says who one is",
      check: async ({ alice, bob }) => {
        const { id } = await insert(alice, { attendees: [{ email: bobs }] });
        const copy = await get(bob, id);
        shows(copy, {
          organizer: { email: alice.email },
          attendees: [{ email: bobs, self: true, responseStatus: "needsAction" }],
        });
        assert.equal(copy.organizer?.self, undefined);
        assert.equal((await get(alice, id)).organizer?.self, true);
      },
    },
    {
      says: "a guest's answer reaches the organizer's copy",
      check: async (google) => {
        const { id } = await insert(google.alice, { attendees: [{ email: bobs }] });
        await accept(google, id);
        assert.equal(await answerOf(google.alice, id, bobs), "accepted");
      },
    },
    {
      says: "a guest's answer to one date of a series leaves the others",
      check: async (google) => {
        const { id } = await insertSeries(google.alice, 2, { attendees: [{ email: bobs }] });
        await accept(google, `${id}_20261202T080000Z`);
        assert.equal(await answerOf(google.alice, `${id}_20261202T080000Z`, bobs), "accepted");
        assert.equal(await answerOf(google.alice, `${id}_20261201T080000Z`, bobs), "needsAction");
      },
    },
    {
      says: "a guest may not change what is the organizer's",
      source: "https://developers.google.com/workspace/calendar/api/guides/errors",
      check: async ({ alice, bob }) => {
        const { id: eventId } = await insert(alice, { attendees: [{ email: bobs }] });
        await refused(
          bob.calendar.events.patch({ calendarId, eventId, requestBody: { summary: "Mine" } }),
          403,
          "forbiddenForNonOrganizer",
        );
        assert.equal((await get(alice, eventId)).summary, "Plan");
      },
    },
    {
      says: "a guest may change the event where guestsCanModify says so",
      check: async ({ alice, bob }) => {
        const { id: eventId } = await insert(alice, { attendees: [{ email: bobs }], guestsCanModify: true });
        await bob.calendar.events.patch({ calendarId, eventId, requestBody: { summary: "Ours" } });
        assert.equal((await get(alice, eventId)).summary, "Ours");
      },
    },
    {
      says: "guests do not see each other where guestsCanSeeOtherGuests is false",
      check: async ({ alice, bob }) => {
        const attendees = [{ email: bobs }, { email: "eve@example.net" }];
        const { id } = await insert(alice, { attendees, guestsCanSeeOtherGuests: false });
        const seen = (await get(bob, id)).attendees?.map(({ email }) => email) ?? [];
        assert.equal(seen.includes(bobs), true);
        assert.equal(seen.includes("eve@example.net"), false);
      },
    },
    {
      says: "what the organizer changes and cancels reaches the guest",
      check: async ({ alice, bob }) => {
        const { id: eventId } = await insert(alice, { attendees: [{ email: bobs }] });
        await alice.calendar.events.patch({ calendarId, eventId, requestBody: { location: "Harbour" } });
        assert.equal((await get(bob, eventId)).location, "Harbour");
        await alice.calendar.events.delete({ calendarId, eventId });
        assert.equal((await get(bob, eventId)).status, "cancelled");
      },
    },
    {
      says: "a guest who deletes the event declines it, and the organizer keeps it",
      check: async ({ alice, bob }) => {
        const { id: eventId } = await insert(alice, { attendees: [{ email: bobs }] });
        await bob.calendar.events.delete({ calendarId, eventId });
        assert.equal(await answerOf(alice, eventId, bobs), "declined");
        assert.equal((await get(alice, eventId)).status, "confirmed");
      },
    },
    {
      says: "sendUpdates says whether all, only guests elsewhere, or nobody gets a mail",
      source: "https://developers.google.com/workspace/calendar/api/v3/reference/events/insert",
      check: async ({ alice, sandbox }) => {
        const attendees = [{ email: bobs }, { email: "eve@elsewhere.example" }];
        const told = async (sendUpdates: string): Promise<string[]> => {
          const before = sandbox.inspect.calendarMails().length;
          await insert(alice, { attendees }, { sendUpdates });
          return sandbox.inspect
            .calendarMails()
            .slice(before)
            .map(({ to }) => to);
        };
        assert.deepEqual(await told("all"), [bobs, "eve@elsewhere.example"]);
        assert.deepEqual(await told("externalOnly"), ["eve@elsewhere.example"]);
        assert.deepEqual(await told("none"), []);
      },
    },
    {
      says: "the sequence counts changes of time",
      source: "https://developers.google.com/workspace/calendar/api/v3/reference/events#sequence",
      check: async ({ alice }) => {
        const { id: eventId } = await insert(alice);
        const sequence = async (requestBody: object): Promise<unknown> =>
          (await alice.calendar.events.patch({ calendarId, eventId, requestBody })).data.sequence;
        assert.deepEqual([await sequence(hour(2)), await sequence(hour(3))], [1, 2]);
      },
    },
    {
      says: "reminders and colours are each person's own",
      check: async ({ alice, bob }) => {
        const { id: eventId } = await insert(alice, { attendees: [{ email: bobs }] });
        await bob.calendar.events.patch({ calendarId, eventId, requestBody: { colorId: "3" } });
        assert.deepEqual([(await get(bob, eventId)).colorId, (await get(alice, eventId)).colorId], ["3", undefined]);
      },
    },
    {
      says: "a calendar that one may not see is not found",
      check: async (google) => {
        const { bob } = await google.open({ seed: { users: [{ email: "alice@example.org" }, { email: bobs }] } });
        await refused(list(bob, { calendarId: "alice@example.org" }), 404, "notFound");
      },
    },
    ...(["reader", "freeBusyReader"] as const).map((role) => ({
      says: `who has a calendar as ${role} sees ${role === "reader" ? "events, and private ones without details" : "busy times without details"}`,
      check: async (google: Google) => {
        const events = [
          { summary: "Open", ...seeded(1) },
          { summary: "Secret", visibility: "private", ...seeded(2) },
        ];
        const calendars = [{ share: [{ email: bobs, role }], events }];
        const { bob } = await google.open({
          seed: { users: [{ email: "alice@example.com", calendars }, { email: bobs }] },
        });
        const { items, accessRole } = await list(bob, { calendarId: "alice@example.com" });
        assert.equal(accessRole, role);
        assert.deepEqual(
          items.map(({ summary }) => summary),
          role === "reader" ? ["Open", undefined] : [undefined, undefined],
        );
      },
    })),
    {
      says: "who may only read a calendar cannot write there",
      check: async (google) => {
        const calendars = [{ share: [{ email: bobs, role: "reader" as const }] }];
        const { bob } = await google.open({
          seed: { users: [{ email: "alice@example.com", calendars }, { email: bobs }] },
        });
        await refused(insert(bob, {}, { calendarId: "alice@example.com" }), 403, "requiredAccessLevel");
      },
    },
    {
      says: "free/busy joins overlapping times and tells nothing else of them",
      source: freebusy,
      check: async ({ alice, bob }) => {
        await insert(alice, { ...hour(1, 9) });
        await insert(alice, { start: { dateTime: "2026-12-01T09:30:00Z" }, end: { dateTime: "2026-12-01T11:00:00Z" } });
        await insert(alice, { ...hour(1, 14), transparency: "transparent" });
        const requestBody = {
          timeMin: "2026-12-01T00:00:00Z",
          timeMax: "2026-12-02T00:00:00Z",
          items: [{ id: alice.email }],
        };
        const { data } = await bob.calendar.freebusy.query({ requestBody });
        assert.deepEqual(data.calendars?.[alice.email], {
          busy: [{ start: "2026-12-01T09:00:00Z", end: "2026-12-01T11:00:00Z" }],
        });
      },
    },
    {
      says: "free/busy has an error for a calendar that one may not see, beside the others",
      source: freebusy,
      check: async ({ bob }) => {
        const items = [{ id: "nobody@elsewhere.example" }, { id: bobs }];
        const requestBody = { timeMin: "2026-12-01T00:00:00Z", timeMax: "2026-12-02T00:00:00Z", items };
        const { data } = await bob.calendar.freebusy.query({ requestBody });
        shows(data.calendars, {
          "nobody@elsewhere.example": { errors: [{ domain: "global", reason: "notFound" }] },
          [bobs]: { busy: [] },
        });
      },
    },
    {
      says: "free/busy answers for 50 calendars at most",
      source: freebusy,
      check: async ({ bob }) => {
        const items = Array.from({ length: 51 }, (_, index) => ({ id: `${index}@example.com` }));
        const requestBody = { timeMin: "2026-12-01T00:00:00Z", timeMax: "2026-12-02T00:00:00Z", items };
        const { text } = await bob.fetch("/calendar/v3/freeBusy", { method: "POST", json: requestBody });
        assert.match(text, /tooManyCalendarsRequested/);
      },
    },
    {
      says: "the palette has 24 colours of calendars and 11 of events",
      source: "https://developers.google.com/workspace/calendar/api/v3/reference/colors",
      check: async ({ alice }) => {
        const { data } = await alice.calendar.colors.get();
        assert.deepEqual([Object.keys(data.calendar ?? {}).length, Object.keys(data.event ?? {}).length], [24, 11]);
      },
    },
    {
      says: "a person's settings tell zone, locale and first day of the week",
      source: "https://developers.google.com/workspace/calendar/api/v3/reference/settings",
      check: async ({ alice }) => {
        const { data } = await alice.calendar.settings.list();
        const values = new Map(data.items?.map(({ id, value }) => [id, value]));
        assert.deepEqual(
          [values.get("timezone"), values.has("locale"), values.has("weekStart")],
          ["Europe/Berlin", true, true],
        );
      },
    },
  ],
};

function seeded(day: number): { start: { dateTime: string }; end: { dateTime: string } } {
  const at = (of: number): { dateTime: string } => ({ dateTime: `2026-12-0${day}T0${of}:00:00Z` });
  return { start: at(8), end: at(9) };
}
