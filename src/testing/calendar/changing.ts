import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { Event, EventChanges } from "../../calendar/models.js";
import {
  answers,
  at,
  day,
  days,
  make,
  makeSeries,
  minutesOf,
  occurrences,
  titles,
  until,
  when,
  withCode,
} from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

/** What of an event a change that does not name it must leave alone. */
const lasting = (event: Event): object => ({ ...event, version: undefined, updatedAt: undefined });

async function rich(world: CalendarWorld): Promise<Event> {
  const [ann, bo] = world.people;
  const event = await make(world, {
    ...{ description: "Bring the plans", location: "Room 4", attendees: [ann, { email: bo, optional: true }] },
    ...{ visibility: "private", guestsCanInvite: false, properties: { ticket: "A-17", owner: "x" } },
    reminders: [{ method: "popup", minutesBefore: 15 }],
  });
  await world.personAnswers(ann, event.iCalUid, "accepted", "Gladly");
  return world.client.getEvent(event);
}

/** How events are changed, called off and moved. */
export const changing: CalendarTests = {
  async "changes what is named, and nothing else"(world) {
    const before = await rich(world);
    const cases: [EventChanges, Partial<Event>][] = [
      [{ title: "New" }, { title: "New" }],
      [
        { description: "x", location: "y" },
        { description: "x", location: "y" },
      ],
      [{ busy: false }, { busy: false }],
      [{ visibility: "public" }, { visibility: "public" }],
      [{ status: "tentative" }, { status: "tentative" }],
      [{ guestsCanModify: true }, { guestsCanModify: true }],
      [{ reminders: [{ method: "email", minutesBefore: 5 }] }, { reminders: [{ method: "email", minutesBefore: 5 }] }],
    ];
    let wanted = lasting(before);
    for (const [changes, different] of cases) {
      wanted = { ...wanted, ...different };
      const { event } = await world.client.updateMyEvent(before, changes);
      assert.deepEqual(lasting(event), wanted);
      assert.deepEqual(await world.client.getEvent(before), event);
    }
    assert.notEqual((await world.client.getEvent(before)).version, before.version);
  },

  async "takes away what is null"(world) {
    const before = await rich(world);
    const changes = { description: null, location: null, reminders: null, properties: { ticket: null, more: "y" } };
    const { event } = await world.client.updateMyEvent(before, changes);
    assert.deepEqual([event.description, event.location, event.reminders], [undefined, undefined, undefined]);
    assert.deepEqual(event.properties, { owner: "x", more: "y" });
    assert.deepEqual([event.title, answers(event)], [before.title, answers(before)]);
  },

  async "moves a start without an end, and keeps the length"(world) {
    const event = await make(world, { durationMinutes: 90 });
    const moved = (await world.client.updateMyEvent(event, { start: at(world, 2, "16:00") })).event;
    assert.deepEqual([when(moved), until(moved)], [at(world, 2, "16:00"), at(world, 2, "17:30")]);
    const longer = (await world.client.updateMyEvent(event, { durationMinutes: 120 })).event;
    assert.deepEqual([when(longer), until(longer)], [at(world, 2, "16:00"), at(world, 2, "18:00")]);
    const shorter = (await world.client.updateMyEvent(event, { end: at(world, 2, "16:30") })).event;
    assert.deepEqual([when(shorter), minutesOf(shorter)], [at(world, 2, "16:00"), 30]);
    const days = await make(world, { start: day(world, 1), end: day(world, 4) });
    const later = (await world.client.updateMyEvent(days, { start: day(world, 8) })).event;
    assert.deepEqual([later.allDay, when(later), until(later)], [true, day(world, 8), day(world, 11)]);
    const back = world.client.updateMyEvent(event, { end: at(world, 2, "15:00") });
    await assert.rejects(back, withCode("request.invalid"));
  },

  async "reads wall times in the event's own zone"(world) {
    const event = await make(world, { start: "2027-01-15T09:00", timeZone: "Asia/Tokyo" });
    const moved = (await world.client.updateMyEvent(event, { start: "2027-01-15T10:00" })).event;
    assert.deepEqual([moved.start.dateTime, moved.start.timeZone], ["2027-01-15T10:00:00+09:00", "Asia/Tokyo"]);
    const changes = { start: "2027-01-15T10:00", timeZone: "America/New_York" };
    const abroad = (await world.client.updateMyEvent(event, changes)).event;
    assert.deepEqual([abroad.start.dateTime, minutesOf(abroad)], ["2027-01-15T10:00:00-05:00", 60]);
  },

  async "turns an event at a time into one of whole days, and back"(world) {
    const event = await make(world);
    const days = (await world.client.updateMyEvent(event, { start: day(world, 3), end: day(world, 5) })).event;
    assert.deepEqual([days.allDay, when(days), until(days)], [true, day(world, 3), day(world, 5)]);
    const hour = { start: at(world, 3, "09:00"), durationMinutes: 60, timeZone: world.timeZone };
    const again = (await world.client.updateMyEvent(event, hour)).event;
    assert.deepEqual([again.allDay, when(again), minutesOf(again)], [false, at(world, 3, "09:00"), 60]);
  },

  async "adds and removes attendees, and who stays keeps the answer"(world) {
    const [ann, bo] = world.people;
    const event = await rich(world);
    const answered = (each: Event): unknown =>
      each.attendees.filter(({ self }) => !self).map(({ email, response, comment }) => [email, response, comment]);
    const annsAnswer = [ann, "accepted", "Gladly"];
    const more = await world.client.updateMyEvent(event, {
      addAttendees: [{ email: world.stranger, name: "Stran Ger" }, ann.toUpperCase()],
      removeAttendees: [bo.toUpperCase()],
    });
    assert.deepEqual(answered(more.event), [annsAnswer, [world.stranger, "needsAction", undefined]]);
    const all = await world.client.updateMyEvent(event, { attendees: [bo, { email: ann, optional: true }] });
    const now = Object.fromEntries(all.event.attendees.map((each) => [each.email, each]));
    assert.deepEqual([now[ann]?.response, now[ann]?.comment, now[ann]?.optional], ["accepted", "Gladly", true]);
    assert.deepEqual([now[bo]?.response, now[world.stranger]], ["needsAction", undefined]);
    const nobody = await world.client.updateMyEvent(event, { attendees: [] });
    assert.deepEqual(answered(nobody.event), []);
  },

  async "writes only over the version that was expected"(world) {
    const event = await make(world);
    const { version } = (await world.client.updateMyEvent(event, { title: "B" })).event;
    const late = world.client.updateMyEvent(event, { location: "x" }, { expectedVersion: event.version });
    await assert.rejects(late, withCode("request.conflict"));
    assert.equal((await world.client.getEvent(event)).location, undefined);
    const fine = await world.client.updateMyEvent(event, { location: "x" }, { expectedVersion: version });
    assert.deepEqual([fine.event.title, fine.event.location], ["B", "x"]);
  },

  async "keeps what others changed meanwhile, where that does not clash"(world) {
    const [ann] = world.people;
    const event = await rich(world);
    const other = world.another();
    world.meanwhile(() => other.updateMyEvent(event, { location: "Room 9", properties: { owner: "z" } }));
    await world.client.updateMyEvent(event, { title: "New", properties: { ticket: "B-1" } });
    world.meanwhile(() => world.personAnswers(ann, event.iCalUid, "declined"));
    const { event: after } = await world.client.updateMyEvent(event, { addAttendees: [world.stranger] });
    assert.deepEqual([after.title, after.location, answers(after)[ann]], ["New", "Room 9", "declined"]);
    assert.deepEqual(after.properties, { owner: "z", ticket: "B-1" });
  },

  async "says what both changed, with both versions, and leaves the other's"(world) {
    const event = await make(world);
    const other = world.another();
    world.meanwhile(() => other.updateMyEvent(event, { title: "Theirs", start: at(world, 2) }));
    await assert.rejects(world.client.updateMyEvent(event, { title: "Mine" }), (error) => {
      assert.ok(isIntegrationError(error, "request.conflict"));
      const details = JSON.stringify(error.details);
      assert.ok(details.includes("Mine") && details.includes("Theirs"), details);
      return true;
    });
    assert.equal((await world.client.getEvent(event)).title, "Theirs");
    world.meanwhile(() => other.updateMyEvent(event, { start: at(world, 3) }));
    const moved = world.client.updateMyEvent(event, { start: at(world, 4) });
    await assert.rejects(moved, withCode("request.conflict"));
  },

  async "changes once when the answer is lost"(world) {
    const event = await make(world);
    world.failNext("update_answer_lost");
    const { event: after } = await world.client.updateMyEvent(event, { title: "New", addAttendees: [world.people[0]] });
    assert.deepEqual([after.title, after.attendees.filter(({ self }) => !self).length], ["New", 1]);
    assert.deepEqual(await world.client.getEvent(event), after);
  },

  async "refuses a change that cannot be, and writes nothing"(world) {
    const event = await make(world);
    const invalid = withCode("request.invalid");
    await assert.rejects(world.client.updateMyEvent(event, { tilte: "x" } as object), invalid);
    await assert.rejects(world.client.updateMyEvent(event, { title: "" }), invalid);
    const long = { properties: { note: "x".repeat(1025) } };
    await assert.rejects(world.client.updateMyEvent(event, long), invalid);
    await assert.rejects(world.client.updateMyEvent(event, { title: "x", addAttendees: ["nobody"] }), invalid);
    const nothing = world.client.updateMyEvent("nothing0like0this", { title: "x" });
    await assert.rejects(nothing, withCode("request.not_found"));
    assert.deepEqual(await world.client.getEvent(event), event);
  },

  async "calls an event off, and gives what it was"(world) {
    const [ann] = world.people;
    const event = await make(world, { attendees: [ann] });
    const { event: was, notified } = await world.client.deleteMyEvent(event);
    assert.deepEqual([was.id, was.title, notified], [event.id, "Review", [ann]]);
    assert.deepEqual(await world.client.getEvents(days(world, 0, 7)), []);
    assert.equal(await world.personSees(ann, event.iCalUid), undefined);
    await assert.rejects(world.client.deleteMyEvent("nothing0like0this"), withCode("request.not_found"));
  },
};

/** What a line to the attendees of a cancelled event is good for. */
export const cancellationMessage: CalendarTests = {
  async "hands the attendees the organizer's line when an event is called off"(world) {
    const [ann] = world.people;
    const event = await make(world, { attendees: [ann] });
    await world.client.deleteMyEvent(event, { message: "The hall is flooded." });
    assert.ok((await world.mailsTo(ann)).some((mail) => mail.includes("The hall is flooded.")));
  },
};

/** What becomes of an event that another calendar organizes from now on. */
export const moving: CalendarTests = {
  async "makes another calendar the organizer, and keeps the rest"(world) {
    const [ann] = world.people;
    const event = await make(world, { description: "Bring the plans", attendees: [ann] });
    await world.personAnswers(ann, event.iCalUid, "accepted");
    const { event: moved } = await world.client.moveMyEvent(event, world.otherCalendar);
    assert.deepEqual([moved.calendarId, moved.iCalUid, moved.title], [world.otherCalendar, event.iCalUid, "Review"]);
    const there = await world.client.getEvents(days(world, 0, 7), { calendarIds: [world.otherCalendar] });
    assert.deepEqual(
      [titles(there), there[0]?.description, when(moved)],
      [["Review"], "Bring the plans", at(world, 1)],
    );
    assert.equal(there[0] && answers(there[0])[ann], "accepted");
    assert.deepEqual(await world.client.getEvents(days(world, 0, 7)), []);
    const closed = world.client.moveMyEvent(moved, world.closedCalendar);
    await assert.rejects(closed, (error) => isIntegrationError(error));
  },

  async "moves a series as a whole"(world) {
    const series = await makeSeries(world);
    const { event: moved } = await world.client.moveMyEvent(series, world.otherCalendar);
    assert.equal((await occurrences(world, moved)).length, 5);
    assert.deepEqual(await world.client.getEvents(days(world, 0, 10)), []);
  },
};
