import assert from "node:assert/strict";
import type { Event } from "../../calendar/models.js";
import {
  agenda,
  at,
  day,
  make,
  makeSeries,
  minutesOf,
  occurrence,
  occurrences,
  starts,
  titles,
  when,
  withCode,
} from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

/** Berlin's clocks go forward on the 28th of March 2027. */
const spring = { start: "2027-03-01", end: "2027-05-01", timeZone: "Europe/Berlin" };

async function overSpring(world: CalendarWorld): Promise<Event> {
  const lines = ["RRULE:FREQ=WEEKLY;COUNT=5"];
  return makeSeries(world, lines, { start: "2027-03-15T09:00", timeZone: "Europe/Berlin" });
}

const inSpring = async (world: CalendarWorld): Promise<(string | undefined)[]> =>
  (await world.client.getEvents(spring)).map(({ start }) => start.dateTime);

/** How series are made, and changed and deleted in parts. */
export const series: CalendarTests = {
  async "makes series by rules, without exceptions and with extra dates"(world) {
    const skipped = day(world, 2).replaceAll("-", "");
    const extra = day(world, 9).replaceAll("-", "");
    const made = await makeSeries(world, [
      "RRULE:FREQ=DAILY;COUNT=4",
      `EXDATE;TZID=${world.timeZone}:${skipped}T120000`,
      `RDATE;TZID=${world.timeZone}:${extra}T120000`,
    ]);
    assert.deepEqual(
      await starts(world, made),
      [1, 3, 4, 9].map((each) => at(world, each)),
    );
    const until = day(world, 23).replaceAll("-", "");
    const weekly = await makeSeries(world, [`RRULE:FREQ=WEEKLY;UNTIL=${until}T000000Z`], { start: at(world, 8) });
    assert.deepEqual(
      await starts(world, weekly),
      [8, 15, 22].map((each) => at(world, each)),
    );
    const whole = await makeSeries(world, ["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3"], { start: day(world, 1) });
    assert.deepEqual(
      await starts(world, whole),
      [1, 3, 5].map((each) => day(world, each)),
    );
  },

  async "asks which occurrences are meant when a series is named"(world) {
    const made = await makeSeries(world);
    const required = withCode("request.scope_required");
    await assert.rejects(world.client.updateMyEvent(made, { title: "x" }), required);
    await assert.rejects(world.client.deleteMyEvent(made.id), required);
    await assert.rejects(world.client.deleteMyEvent(made.id, { dryRun: true }), required);
    assert.deepEqual(new Set(titles(await occurrences(world, made))), new Set(["Standup"]));
  },

  async "changes one occurrence when that is what is named"(world) {
    const made = await makeSeries(world);
    const third = await occurrence(world, made, 3);
    const { event } = await world.client.updateMyEvent(third, { title: "Moved", start: at(world, 3, "18:00") });
    assert.deepEqual([event.id, event.seriesId, event.originalStart], [third.id, made.id, third.originalStart]);
    assert.equal(minutesOf(event), 60);
    assert.deepEqual(await agenda(world), [
      `${at(world, 1)} Standup`,
      `${at(world, 2)} Standup`,
      `${at(world, 3, "18:00")} Moved`,
      `${at(world, 4)} Standup`,
      `${at(world, 5)} Standup`,
    ]);
  },

  async "changes all, by the series or by one of it, and keeps what differs"(world) {
    const made = await makeSeries(world);
    await world.client.updateMyEvent(await occurrence(world, made, 2), { start: at(world, 2, "18:00") });
    await world.client.deleteMyEvent(await occurrence(world, made, 4));
    await world.client.updateMyEvent(made, { location: "Room 4" }, { scope: "all" });
    const fifth = await occurrence(world, made, 5);
    const { event } = await world.client.updateMyEvent(fifth, { title: "Huddle" }, { scope: "all" });
    assert.deepEqual([event.id, event.title, event.recurrence], [made.id, "Huddle", made.recurrence]);
    const left = await occurrences(world, made);
    assert.deepEqual(left.map(when), [at(world, 1), at(world, 2, "18:00"), at(world, 3), at(world, 5)]);
    for (const each of left) assert.deepEqual([each.title, each.location], ["Huddle", "Room 4"], when(each));
  },

  async "moves all to another time of day, and what was left out stays out"(world) {
    const made = await makeSeries(world);
    await world.client.deleteMyEvent(await occurrence(world, made, 2));
    const fourth = await occurrence(world, made, 4);
    await world.client.updateMyEvent(fourth, { start: at(world, 4, "14:00") }, { scope: "all" });
    assert.deepEqual(
      await starts(world, made),
      [1, 3, 4, 5].map((each) => at(world, each, "14:00")),
    );
    await world.client.updateMyEvent(made, { start: at(world, 1, "08:00") }, { scope: "all" });
    assert.deepEqual(
      await starts(world, made),
      [1, 3, 4, 5].map((each) => at(world, each, "08:00")),
    );
  },

  async "deletes one, the following, or all"(world) {
    const made = await makeSeries(world);
    const second = await occurrence(world, made, 2);
    const one = await world.client.deleteMyEvent(second);
    assert.equal(one.event.id, second.id);
    assert.deepEqual(
      await starts(world, made),
      [1, 3, 4, 5].map((each) => at(world, each)),
    );
    await world.client.deleteMyEvent(await occurrence(world, made, 4), { scope: "following" });
    assert.deepEqual(await starts(world, made), [at(world, 1), at(world, 3)]);
    await world.client.deleteMyEvent(await occurrence(world, made, 3), { scope: "all" });
    assert.deepEqual(await agenda(world), []);
    const again = await makeSeries(world);
    await world.client.deleteMyEvent(again, { scope: "all" });
    assert.deepEqual(await agenda(world), []);
  },

  async "keeps wall time when the clocks change, also of what is split and moved"(world) {
    const made = await overSpring(world);
    const [winter, summer] = ["T09:00:00+01:00", "T09:00:00+02:00"];
    const dates = ["2027-03-15", "2027-03-22", "2027-03-29", "2027-04-05", "2027-04-12"];
    const wanted = dates.map((date, index) => `${date}${index < 2 ? winter : summer}`);
    assert.deepEqual(await inSpring(world), wanted);
    const [, second] = await world.client.getOccurrences(made, spring);
    assert.ok(second);
    const { event } = await world.client.updateMyEvent(second, { title: "New" }, { scope: "following" });
    assert.deepEqual(await inSpring(world), wanted);
    assert.equal(event.start.timeZone, "Europe/Berlin");
    await world.client.updateMyEvent(event, { start: "2027-03-22T10:30" }, { scope: "all" });
    assert.deepEqual(await inSpring(world), [
      wanted[0],
      ...["2027-03-22T10:30:00+01:00", "2027-03-29T10:30:00+02:00"],
      ...["2027-04-05T10:30:00+02:00", "2027-04-12T10:30:00+02:00"],
    ]);
  },

  async "makes a series of an event, and an event of a series"(world) {
    const single = await make(world);
    const recurrence = { lines: ["RRULE:FREQ=DAILY;COUNT=3"] };
    const { event } = await world.client.updateMyEvent(single, { recurrence });
    assert.deepEqual([event.id, event.recurrence], [single.id, recurrence]);
    assert.equal((await occurrences(world, single)).length, 3);
    await world.client.updateMyEvent(single, { recurrence: null }, { scope: "all" });
    assert.equal((await world.client.getEvent(single)).recurrence, undefined);
    assert.deepEqual(await agenda(world), [`${at(world, 1)} Review`]);
  },

  async "changes the rule, and keeps the rest"(world) {
    const made = await makeSeries(world, undefined, { location: "Room 4" });
    const recurrence = { lines: ["RRULE:FREQ=DAILY;INTERVAL=3;COUNT=2"] };
    await world.client.updateMyEvent(made, { recurrence }, { scope: "all" });
    const left = await occurrences(world, made);
    assert.deepEqual(left.map(when), [at(world, 1), at(world, 4)]);
    assert.ok(left.every(({ location }) => location === "Room 4"));
    const wrong = { recurrence: { lines: ["RRULE:FREQ=SOMETIMES"] } };
    await assert.rejects(world.client.updateMyEvent(made, wrong, { scope: "all" }), withCode("request.invalid"));
  },
};
