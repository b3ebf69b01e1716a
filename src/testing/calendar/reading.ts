import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { Event } from "../../calendar/models.js";
import {
  at,
  day,
  days,
  input,
  make,
  makeSeries,
  occurrence,
  occurrences,
  titles,
  until,
  when,
  withCode,
} from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

async function fill(world: CalendarWorld): Promise<string> {
  await make(world, { title: "c", start: at(world, 2, "09:00") });
  await make(world, { title: "a", start: at(world, 1, "09:00") });
  await make(world, { title: "b", start: at(world, 1, "15:00") }, { calendarId: world.otherCalendar });
  const [main] = await world.client.getCalendars();
  assert.ok(main);
  return main.id;
}

/** What ranges, lists and single events give. */
export const reading: CalendarTests = {
  async "merges the events of several calendars, sorted by start, each with its calendar"(world) {
    const calendarIds = [await fill(world), world.otherCalendar];
    const events = await world.client.getEvents(days(world, 0, 7), { calendarIds });
    assert.deepEqual(titles(events), ["a", "b", "c"]);
    assert.deepEqual(events[1]?.calendarId, world.otherCalendar);
    assert.deepEqual(titles(await world.client.getEvents(days(world, 0, 7))), ["a", "c"]);
    for (const event of events) assert.equal((await world.client.getEvent(event)).title, event.title);
  },

  async "gives what of a calendar could be read beside what kept others from it"(world) {
    const calendarIds = [await fill(world), world.closedCalendar, world.otherCalendar];
    const page = await world.client.listEvents(days(world, 0, 7), { calendarIds });
    assert.deepEqual(titles(page.events), ["a", "b", "c"]);
    const [failure, ...others] = page.failures;
    assert.deepEqual([failure?.calendarId, others], [world.closedCalendar, []]);
    assert.ok(failure?.code.startsWith("request.") && failure.message !== "" && failure.hint !== "");
    await assert.rejects(world.client.getEvents(days(world, 0, 7), { calendarIds }), (error) => {
      assert.ok(isIntegrationError(error, "request.partial_failure"));
      const { events, failures } = error.details ?? {};
      assert.deepEqual([titles(events as Event[]), failures], [["a", "b", "c"], page.failures]);
      return true;
    });
  },

  async "gives pages that fit together, and refuses another list's cursor"(world) {
    for (const start of ["08:00", "09:00", "09:00", "10:00", "11:00"])
      await make(world, { start: at(world, 1, start) });
    const wanted = (await world.client.getEvents(days(world, 0, 7))).map(({ id }) => id);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.client.listEvents(days(world, 0, 7), { limit: 2, ...(cursor && { cursor }) });
      assert.ok(page.events.length <= 2);
      ids.push(...page.events.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    assert.deepEqual(ids, wanted);
    assert.deepEqual(ids.slice(1, 3), ids.slice(1, 3).sort());
    const first = await world.client.listEvents(days(world, 0, 7), { limit: 2 });
    const other = world.client.listEvents(days(world, 0, 8), { limit: 2, ...first });
    await assert.rejects(other, withCode("request.invalid"));
    await assert.rejects(world.client.listEvents(days(world, 0, 7), { limit: 0 }), withCode("request.invalid"));
  },

  async "leaves out what the account declined, unless it is asked for"(world) {
    const [person] = world.people;
    const when = { start: at(world, 1), end: at(world, 1, "13:00"), attendees: [world.address] };
    const uid = await world.personCreates(person, { title: "No", ...when });
    await world.personCreates(person, { title: "Perhaps", ...when });
    await world.personAnswers(world.address, uid, "declined");
    assert.deepEqual(titles(await world.client.getEvents(days(world, 0, 7))), ["Perhaps"]);
    const all = await world.client.getEvents(days(world, 0, 7), { includeDeclined: true });
    assert.deepEqual(titles(all).sort(), ["No", "Perhaps"]);
    assert.equal(all.find(({ title }) => title === "No")?.myResponse, "declined");
  },

  async "gives times with their zone, offset and weekday, and the local ones of a zone that is asked for"(world) {
    const { id } = await make(world, { start: "2027-01-15T09:00", timeZone: "America/New_York" });
    const event = await world.client.getEvent(id, { timeZone: "Asia/Tokyo" });
    const start = { dateTime: "2027-01-15T09:00:00-05:00", timeZone: "America/New_York", weekday: "Friday" };
    const local = { dateTime: "2027-01-15T23:00:00+09:00", timeZone: "Asia/Tokyo", weekday: "Friday" };
    assert.deepEqual(event.start, { ...start, local });
    assert.deepEqual((await world.client.getEvent(id)).start, start);
    const range = { start: "2027-01-15", end: "2027-01-17" };
    const [listed] = await world.client.getEvents(range, { timeZone: "Asia/Tokyo" });
    assert.deepEqual(listed?.end, {
      ...{ dateTime: "2027-01-15T10:00:00-05:00", timeZone: "America/New_York", weekday: "Friday" },
      local: { dateTime: "2027-01-16T00:00:00+09:00", timeZone: "Asia/Tokyo", weekday: "Saturday" },
    });
  },

  async "keeps events of several whole days as days, and finds them on each"(world) {
    const made = await make(world, { title: "Trip", start: { date: "2027-03-27" }, end: { date: "2027-03-30" } });
    for (const zone of [undefined, "Pacific/Apia", "America/Los_Angeles"]) {
      const trip = await world.client.getEvent(made, zone === undefined ? {} : { timeZone: zone });
      assert.deepEqual([trip.allDay, trip.start], [true, { date: "2027-03-27", weekday: "Saturday" }], zone);
      assert.deepEqual(trip.end, { date: "2027-03-30", weekday: "Tuesday" }, zone);
    }
    for (const [date, next, count] of [
      ["2027-03-26", "2027-03-27", 0],
      ["2027-03-27", "2027-03-28", 1],
      ["2027-03-29", "2027-03-30", 1],
      ["2027-03-30", "2027-03-31", 0],
    ] as const) {
      const found = await world.client.getEvents({ start: date, end: next, timeZone: world.timeZone });
      assert.equal(found.length, count, date);
    }
  },

  async "finds what overlaps the range, and not what only touches it"(world) {
    for (const [title, start] of [
      ["before", "09:00"],
      ["into", "09:30"],
      ["inside", "10:15"],
      ["out of", "11:30"],
      ["after", "12:00"],
    ] as const) {
      await make(world, { title, start: at(world, 1, start) });
    }
    const range = { start: at(world, 1, "10:00"), end: at(world, 1, "12:00"), timeZone: world.timeZone };
    assert.deepEqual(titles(await world.client.getEvents(range)), ["into", "inside", "out of"]);
    const instants = { start: new Date(world.now()), end: new Date(world.now() + 3 * 86_400_000) };
    assert.equal((await world.client.getEvents(instants)).length, 5);
  },

  async "reads today in the zone of the range, else of the profile, else of the calendar"(world) {
    // Half an hour after midnight, of the day that it is there now.
    const today = (zone: string): string => new Intl.DateTimeFormat("sv", { timeZone: zone }).format(world.now());
    const far = "Pacific/Kiritimati";
    await make(world, { title: "there", start: `${today(far)}T00:30`, timeZone: far, durationMinutes: 10 });
    await make(world, { title: "here", start: `${today(world.timeZone)}T23:30`, durationMinutes: 10 });
    const range = { start: "today", end: "today+1" };
    assert.deepEqual(titles(await world.client.getEvents({ ...range, timeZone: world.timeZone })).at(-1), "here");
    assert.deepEqual(titles(await world.client.getEvents(range)).at(-1), "here");
    assert.deepEqual(titles(await world.client.getEvents({ ...range, timeZone: far }))[0], "there");
    const evening = { start: "today 23:15", end: "today+1 00:15", timeZone: world.timeZone };
    assert.deepEqual(titles(await world.client.getEvents(evening)).at(-1), "here");
    assert.deepEqual(await world.client.getEvents({ ...evening, start: "today 23:45" }), []);
    await world.setProfileZone(far);
    assert.deepEqual(titles(await world.another().getEvents(range))[0], "there");
  },

  async "lists the account's calendars, the main one first"(world) {
    const [main, ...others] = await world.client.getCalendars();
    assert.deepEqual([main?.primary, main?.accessRole, main?.timeZone], [true, "owner", world.timeZone]);
    assert.ok(others.every(({ primary }) => !primary));
    const roles = Object.fromEntries(others.map(({ id, accessRole }) => [id, accessRole]));
    assert.deepEqual([roles[world.otherCalendar], roles[world.readableCalendar]], ["owner", "reader"]);
    assert.equal(roles[world.closedCalendar], undefined);
  },

  async "finds this account's copy by the UID"(world) {
    const single = await make(world);
    const away = await make(world, {}, { calendarId: world.otherCalendar });
    const uid = await world.personCreates(world.people[0], {
      ...{ title: "Invitation", start: at(world, 1), end: at(world, 1, "13:00"), attendees: [world.address] },
    });
    assert.equal((await world.client.findEventByUid(single.iCalUid)).id, single.id);
    assert.equal((await world.client.findEventByUid(uid)).title, "Invitation");
    const options = { calendarIds: [world.otherCalendar] };
    assert.equal((await world.client.findEventByUid(away.iCalUid, options)).id, away.id);
    await assert.rejects(world.client.findEventByUid("nobody@nowhere.example"), withCode("request.not_found"));
  },

  async "says what cannot be found or read"(world) {
    const { id } = await make(world);
    await world.client.deleteMyEvent(id);
    await assert.rejects(world.client.getEvent("nothing0like0this"), withCode("request.not_found"));
    const elsewhere = { id: (await make(world)).id, calendarId: world.otherCalendar };
    await assert.rejects(world.client.getEvent(elsewhere), withCode("request.not_found"));
    const invalid = withCode("request.invalid");
    const range = { start: day(world, 2), end: day(world, 1) };
    await assert.rejects(world.client.getEvents(range), invalid);
    await assert.rejects(world.client.getEvents({ start: "soon", end: "later" }), invalid);
    await assert.rejects(world.client.getEvents(days(world, 0, 1), { timeZone: "Berlin" }), invalid);
    await assert.rejects(world.client.createMyEvent(input(world, { timeZone: "Berlin" })), invalid);
    assert.deepEqual(titles(await world.client.getEvents(days(world, 0, 7))), ["Review"]);
  },

  async "shows an event whole, and its end"(world) {
    const made = await make(world, { durationMinutes: 90, description: "Bring the plans", location: "Room 4" });
    const event = await world.client.getEvent(made);
    assert.deepEqual([when(event), until(event)], [at(world, 1), at(world, 1, "13:30")]);
    assert.deepEqual([event.description, event.location, event.status], ["Bring the plans", "Room 4", "confirmed"]);
    assert.deepEqual([event.organizer.self, event.organizer.email, event.attendees], [true, world.address, []]);
    assert.deepEqual([event.busy, event.allDay, event.visibility], [true, false, "default"]);
    assert.deepEqual(event, made);
    assert.deepEqual(JSON.parse(JSON.stringify(event)), event);
  },
};

/** What series give. */
export const expanding: CalendarTests = {
  async "gives a series as its occurrences, or as itself with those that differ"(world) {
    const series = await makeSeries(world);
    const all = await world.client.getEvents(days(world, 0, 10));
    assert.deepEqual(
      all.map((event) => [when(event), event.seriesId, event.recurrence]),
      [1, 2, 3, 4, 5].map((each) => [at(world, each), series.id, undefined]),
    );
    const [, second, third] = all;
    assert.ok(second && third);
    assert.deepEqual(second.originalStart, second.start);
    assert.equal((await world.client.getEvent(second)).seriesId, series.id);
    await world.client.updateMyEvent(second, { title: "Other" });
    await world.client.deleteMyEvent(third);
    const given = await world.client.getEvents(days(world, 0, 10), { expandRecurring: false });
    assert.deepEqual(
      given.map(({ id, status }) => [id, status]).sort(),
      [
        [series.id, "confirmed"],
        [second.id, "confirmed"],
        [third.id, "cancelled"],
      ].sort(),
    );
    assert.deepEqual(given.find(({ id }) => id === series.id)?.recurrence, series.recurrence);
  },

  async "gives the occurrences of a range by the id of the series or of any of them"(world) {
    const series = await makeSeries(world);
    const all = await occurrences(world, series);
    assert.equal(all.length, 5);
    const range = days(world, 2, 4);
    const wanted = [at(world, 2), at(world, 3)];
    for (const ref of [series, series.id, all[4] ?? ""]) {
      assert.deepEqual((await world.client.getOccurrences(ref, range)).map(when), wanted);
    }
    const single = await make(world, { start: at(world, 2) });
    assert.deepEqual(titles(await world.client.getOccurrences(single, range)), ["Review"]);
    assert.deepEqual(await world.client.getOccurrences(single, days(world, 4, 6)), []);
  },

  async "finds a series by the UID of all its occurrences"(world) {
    const series = await makeSeries(world);
    await world.client.updateMyEvent(await occurrence(world, series, 2), { title: "Other" });
    const found = await world.client.findEventByUid(series.iCalUid);
    assert.deepEqual([found.id, found.recurrence, found.seriesId], [series.id, series.recurrence, undefined]);
    for (const { iCalUid } of await occurrences(world, series)) assert.equal(iCalUid, series.iCalUid);
  },
};
