import assert from "node:assert/strict";
import type { CalendarSearchQuery } from "../../calendar/models.js";
import { at, days, make, makeSeries, titles, when, withCode } from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

async function found(world: CalendarWorld, query: string | CalendarSearchQuery): Promise<string[]> {
  return titles((await world.client.searchEvents(query)).events);
}

async function fill(world: CalendarWorld): Promise<void> {
  const [ann, bo] = world.people;
  const invited = { attendees: [world.address, bo], start: at(world, 3), end: at(world, 3, "13:00") };
  await make(world, { title: "Paint", description: "blue for the lighthouse", start: at(world, 1) });
  await make(world, { title: "Lunch", location: "Lighthouse café", start: at(world, 2), attendees: [ann] });
  await make(world, {
    title: "Maybe",
    status: "tentative",
    start: at(world, 4),
    attendees: [{ email: bo, name: "Bo Dix" }],
  });
  const uid = await world.personCreates(ann, { title: "Board", ...invited });
  await world.personAnswers(world.address, uid, "accepted");
}

/** What searches find. */
export const searching: CalendarTests = {
  async "finds by words in title, description, location and attendees, all of which must fit"(world) {
    await fill(world);
    const cases: [string, string[]][] = [
      ["lighthouse", ["Paint", "Lunch"]],
      ["LIGHTHOUSE blue", ["Paint"]],
      ["board", ["Board"]],
      ["café", ["Lunch"]],
      [world.people[1], ["Board", "Maybe"]],
      ["submarine", []],
    ];
    for (const [query, wanted] of cases) {
      assert.deepEqual(await found(world, query), wanted, query);
      assert.deepEqual(await found(world, { text: query }), wanted, query);
    }
  },

  async "finds by fields, all of which must fit"(world) {
    await fill(world);
    const [ann, bo] = world.people;
    const [annsName = ""] = ann.split("@");
    const cases: [CalendarSearchQuery, string[]][] = [
      [{ attendee: bo }, ["Board", "Maybe"]],
      [{ attendee: "dix" }, ["Maybe"]],
      [{ attendee: bo.toUpperCase() }, ["Board", "Maybe"]],
      [{ organizer: annsName }, ["Board"]],
      [{ organizer: world.address }, ["Paint", "Lunch", "Maybe"]],
      [{ status: "tentative" }, ["Maybe"]],
      [{ myResponse: "accepted" }, ["Board"]],
      [{ attendee: bo, organizer: ann }, ["Board"]],
      [{ text: "lighthouse", attendee: ann }, ["Lunch"]],
      [{ text: "lighthouse", range: days(world, 2, 3) }, ["Lunch"]],
    ];
    for (const [query, wanted] of cases) assert.deepEqual(await found(world, query), wanted, JSON.stringify(query));
  },

  async "looks from 90 days ago to a year from now, unless a range is given"(world) {
    for (const days of [-95, -85, 355, 380]) await make(world, { title: `Lighthouse ${days}`, start: at(world, days) });
    assert.deepEqual(await found(world, "lighthouse"), ["Lighthouse -85", "Lighthouse 355"]);
    const range = days(world, -100, -90);
    assert.deepEqual(await found(world, { text: "lighthouse", range }), ["Lighthouse -95"]);
  },

  async "searches several calendars, and says which could not be read"(world) {
    await make(world, { title: "Lighthouse", start: at(world, 2) });
    await make(world, { title: "Lighthouse away", start: at(world, 1) }, { calendarId: world.otherCalendar });
    const [main] = await world.client.getCalendars();
    const calendarIds = [main?.id ?? "", world.otherCalendar, world.closedCalendar];
    const { events, failures } = await world.client.searchEvents("lighthouse", { calendarIds });
    assert.deepEqual(titles(events), ["Lighthouse away", "Lighthouse"]);
    assert.deepEqual(
      failures.map(({ calendarId }) => calendarId),
      [world.closedCalendar],
    );
  },

  async "gives pages that fit together, and refuses another search's cursor"(world) {
    for (let index = 1; index <= 7; index += 1) await make(world, { title: `Walk ${index}`, start: at(world, index) });
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.client.searchEvents("walk", { limit: 3, ...(cursor !== undefined && { cursor }) });
      all.push(...titles(page.events));
      cursor = page.cursor;
    } while (cursor !== undefined);
    assert.deepEqual(
      all,
      [1, 2, 3, 4, 5, 6, 7].map((index) => `Walk ${index}`),
    );
    const first = await world.client.searchEvents("walk", { limit: 3 });
    assert.ok(first.cursor);
    const other = world.client.searchEvents("run", { limit: 3, cursor: first.cursor });
    await assert.rejects(other, withCode("request.invalid"));
  },
};

/** What searches find of series. */
export const searchingSeries: CalendarTests = {
  async "gives the occurrences of series"(world) {
    await makeSeries(world, ["RRULE:FREQ=DAILY;COUNT=3"]);
    const { events } = await world.client.searchEvents("standup");
    assert.deepEqual(events.map(when), [at(world, 1), at(world, 2), at(world, 3)]);
  },
};
