import assert from "node:assert/strict";
import { buildSeed } from "maigic-integrations/sandbox";
import { refused, shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import type { Google, Person } from "./google.js";
import { calendarId, get, hour, insert, insertSeries, list } from "./dates.js";

const sync = "https://developers.google.com/workspace/calendar/api/guides/sync";
const recurring = "https://developers.google.com/workspace/calendar/api/guides/recurringevents";
const many = "many@example.com";
const december = { timeMin: "2026-12-01T00:00:00Z", timeMax: "2027-01-01T00:00:00Z" };

async function withMany(google: Google, count: number): Promise<Person> {
  const person = buildSeed().person(many);
  for (let minute = 0; minute < count; minute += 1) {
    const start = new Date(Date.UTC(2026, 11, 1, 0, minute)).toISOString();
    person.event(`${minute}`, start, { minutes: 1 });
  }
  const opened = await google.open({ seed: person.build() });
  return opened.person(many, ["https://www.googleapis.com/auth/calendar"]);
}

/** Lists of events, series and what changed. */
export const calendarLists: Chapter = {
  title: "Calendar: lists, series, synchronization",
  source: "https://developers.google.com/workspace/calendar/api/v3/reference/events/list",
  behaviours: [
    {
      says: "primary and the account's address name the same calendar",
      check: async ({ alice }) => {
        const { id } = await insert(alice);
        shows((await list(alice, { calendarId: alice.email })).items, [{ id }]);
      },
    },
    {
      says: "a page has 250 events unless more are asked for",
      check: async (google) => {
        const person = await withMany(google, 251);
        const first = await list(person);
        assert.equal(first.items.length, 250);
        assert.equal(first.nextSyncToken, undefined);
        const last = await list(person, { pageToken: first.nextPageToken ?? "" });
        assert.equal(last.items.length, 1);
        assert.ok(last.nextSyncToken);
      },
    },
    {
      says: "a page has 2,500 events at most",
      check: async (google) => {
        const person = await withMany(google, 2501);
        assert.equal((await list(person, { maxResults: 2500 })).items.length, 2500);
        await refused(list(person, { maxResults: 2501 }), 400, "invalidParameter").catch(async () => {
          assert.equal((await list(person, { maxResults: 2501 })).items.length, 2500);
        });
      },
    },
    {
      says: "timeMin and timeMax take what ends after and begins before, and need an offset",
      check: async ({ alice }) => {
        const { id } = await insert(alice, hour(1, 9));
        const found = async (timeMin: string, timeMax: string): Promise<unknown> =>
          (await list(alice, { timeMin, timeMax })).items.map((each) => each.id);
        assert.deepEqual(await found("2026-12-01T09:30:00Z", "2026-12-01T09:45:00Z"), [id]);
        assert.deepEqual(await found("2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z"), []);
        await refused(list(alice, { timeMin: "2026-12-01T09:00:00" }), 400, "badRequest");
      },
    },
    {
      says: "q finds words in titles, texts, places and people",
      check: async ({ alice }) => {
        const { id } = await insert(alice, { summary: "Boards", location: "Harbour" });
        await insert(alice);
        for (const q of ["boards", "harbour"]) shows((await list(alice, { q })).items, [{ id }]);
      },
    },
    {
      says: "orderBy=startTime needs singleEvents",
      check: async ({ alice }) => {
        const error = await list(alice, { orderBy: "startTime" }).catch((thrown: unknown) => thrown);
        shows(error, { response: { status: 400 } });
      },
    },
    {
      says: "a series is one event, and with singleEvents its dates",
      source: recurring,
      check: async ({ alice }) => {
        const { id } = await insertSeries(alice, 3);
        shows((await list(alice, december)).items, [{ id }]);
        const { items } = await list(alice, { ...december, singleEvents: true, orderBy: "startTime" });
        assert.deepEqual(
          items.map(({ recurringEventId }) => recurringEventId),
          [id, id, id],
        );
        shows(items[1], { id: `${id}_20261202T080000Z`, start: { dateTime: "2026-12-02T09:00:00+01:00" } });
      },
    },
    {
      says: "a date of a series has the id of the series with its original start, in UTC",
      source: recurring,
      check: async ({ alice }) => {
        const { id: eventId } = await insertSeries(alice, 2);
        const { data } = await alice.calendar.events.instances({ calendarId, eventId });
        assert.deepEqual(
          data.items?.map(({ id }) => id),
          [`${eventId}_20261201T080000Z`, `${eventId}_20261202T080000Z`],
        );
        shows(data.items[0], { originalStartTime: { dateTime: "2026-12-01T09:00:00+01:00" } });
      },
    },
    {
      says: "a series needs a time zone",
      source: recurring,
      check: async ({ alice }) => {
        const bare = { dateTime: "2026-12-01T09:00:00" };
        const error = await insert(alice, { start: bare, end: bare, recurrence: ["RRULE:FREQ=DAILY;COUNT=2"] }).catch(
          (thrown: unknown) => thrown,
        );
        shows(error, { response: { status: 400 } });
      },
    },
    {
      says: "a series keeps its hour when clocks change",
      source: recurring,
      check: async ({ alice }) => {
        const at = (time: string): object => ({ dateTime: `2027-03-27T${time}`, timeZone: "Europe/Berlin" });
        const series = { start: at("09:00:00"), end: at("10:00:00"), recurrence: ["RRULE:FREQ=DAILY;COUNT=2"] };
        const { id: eventId } = await insert(alice, series);
        const { data } = await alice.calendar.events.instances({ calendarId, eventId });
        assert.deepEqual(
          data.items?.map(({ start }) => start?.dateTime),
          ["2027-03-27T09:00:00+01:00", "2027-03-28T09:00:00+02:00"],
        );
      },
    },
    {
      says: "EXDATE takes a date out and RDATE puts one in",
      source: recurring,
      check: async ({ alice }) => {
        const rule = "RRULE:FREQ=DAILY;COUNT=3";
        const dates = ["EXDATE;TZID=Europe/Berlin:20261202T090000", "RDATE;TZID=Europe/Berlin:20261224T090000"];
        const { id: eventId } = await insertSeries(alice, 3, { recurrence: [rule, ...dates] });
        const { data } = await alice.calendar.events.instances({ calendarId, eventId });
        assert.deepEqual(
          data.items?.map(({ start }) => start?.dateTime?.slice(8, 10)),
          ["01", "03", "24"],
        );
      },
    },
    {
      says: "a changed date is an exception that the series does not overwrite",
      source: recurring,
      check: async ({ alice }) => {
        const { id } = await insertSeries(alice, 3);
        const eventId = `${id}_20261202T080000Z`;
        await alice.calendar.events.patch({ calendarId, eventId, requestBody: { summary: "Other" } });
        await alice.calendar.events.patch({ calendarId, eventId: id, requestBody: { location: "There" } });
        const { data } = await alice.calendar.events.instances({ calendarId, eventId: id });
        assert.deepEqual(
          data.items?.map(({ summary }) => summary),
          ["Plan", "Other", "Plan"],
        );
      },
    },
    {
      says: "a deleted date is gone from the series and no other",
      source: recurring,
      check: async ({ alice }) => {
        const { id } = await insertSeries(alice, 3);
        await alice.calendar.events.delete({ calendarId, eventId: `${id}_20261202T080000Z` });
        const { data } = await alice.calendar.events.instances({ calendarId, eventId: id });
        assert.deepEqual(
          data.items?.map(({ start }) => start?.dateTime?.slice(8, 10)),
          ["01", "03"],
        );
        const all = await alice.calendar.events.instances({ calendarId, eventId: id, showDeleted: true });
        assert.deepEqual(all.data.items?.map(({ status }) => status).sort(), ["cancelled", "confirmed", "confirmed"]);
      },
    },
    {
      says: "a recurrence that cannot be read is 400",
      source: recurring,
      check: async ({ alice }) => {
        const error = await insertSeries(alice, 1, { recurrence: ["RRULE:FREQ=SOMETIMES"] }).catch(
          (thrown: unknown) => thrown,
        );
        shows(error, { response: { status: 400 } });
      },
    },
    {
      says: "the last page gives a sync token, which leads to what changed since",
      source: sync,
      check: async ({ alice }) => {
        const { id } = await insert(alice);
        const { nextSyncToken } = await list(alice);
        assert.ok(nextSyncToken);
        const nothing = await list(alice, { syncToken: nextSyncToken });
        assert.deepEqual(nothing.items, []);
        await alice.calendar.events.patch({ calendarId, eventId: id, requestBody: { summary: "New" } });
        shows((await list(alice, { syncToken: nothing.nextSyncToken ?? "" })).items, [{ id, summary: "New" }]);
      },
    },
    {
      says: "what was deleted comes as cancelled, with singleEvents too",
      source: sync,
      check: async ({ alice }) => {
        for (const singleEvents of [false, true]) {
          const { id: eventId } = await insert(alice);
          const { nextSyncToken } = await list(alice, { singleEvents });
          await alice.calendar.events.delete({ calendarId, eventId });
          shows((await list(alice, { singleEvents, syncToken: nextSyncToken ?? "" })).items, [
            { id: eventId, status: "cancelled" },
          ]);
        }
      },
    },
    ...["timeMin", "timeMax", "q", "orderBy", "iCalUID", "updatedMin"].map((parameter) => ({
      says: `a sync token does not go together with ${parameter}`,
      check: async ({ alice }: Google) => {
        const { nextSyncToken } = await list(alice);
        const value = parameter.startsWith("time") || parameter === "updatedMin" ? "2026-12-01T00:00:00Z" : "updated";
        const call = list(alice, { syncToken: nextSyncToken ?? "", [parameter]: value });
        shows(await call.catch((thrown: unknown) => thrown), { response: { status: 400 } });
      },
    })),
    {
      says: "a sync token that has become too old is 410 fullSyncRequired",
      source: sync,
      check: async ({ alice, sandbox }) => {
        const { nextSyncToken } = await list(alice);
        sandbox.expireSyncTokens();
        await refused(list(alice, { syncToken: nextSyncToken ?? "" }), 410, "fullSyncRequired");
      },
    },
    {
      says: "how long sync tokens live is not said",
      certainty: "setting",
      source: sync,
      check: async (google) => {
        const seed = { calendar: { syncTokenDays: 2 }, users: [{ email: many }] };
        const { person, sandbox } = await google.open({ seed });
        const token = (await list(person(many, ["https://www.googleapis.com/auth/calendar"]))).nextSyncToken ?? "";
        const again = (): Promise<unknown> =>
          list(person(many, ["https://www.googleapis.com/auth/calendar"]), { syncToken: token });
        sandbox.clock.advance(1.9 * 86_400_000);
        shows(await again(), { items: [] });
        sandbox.clock.advance(0.2 * 86_400_000);
        await refused(again(), 410, "fullSyncRequired");
      },
    },
    {
      says: "updatedMin too long ago is 410 updatedMinTooLongAgo",
      check: async ({ alice }) => {
        await refused(list(alice, { updatedMin: "2020-01-01T00:00:00Z" }), 410, "updatedMinTooLongAgo");
      },
    },
    {
      says: "maxAttendees leaves out others than oneself, and says so",
      check: async ({ alice, bob }) => {
        const { id } = await insert(alice, { attendees: [{ email: "eve@example.net" }, { email: bob.email }] });
        const { items } = await list(bob, { maxAttendees: 1 });
        shows(items, [{ id, attendeesOmitted: true, attendees: [{ email: bob.email, self: true }] }]);
        assert.equal((await get(bob, id)).attendees?.length, 2);
      },
    },
  ],
};
