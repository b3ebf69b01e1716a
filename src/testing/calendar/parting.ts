import assert from "node:assert/strict";
import type { Event } from "../../calendar/models.js";
import { agenda, at, day, days, makeSeries, occurrence, occurrences, starts, titles, when } from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

/** What becomes of a series when one of its occurrences and the following are changed. */
export const parting: CalendarTests = {
  async "changes one and the following, and as many are left as there were"(world) {
    const made = await makeSeries(world);
    const third = await occurrence(world, made, 3);
    const result = await world.client.updateMyEvent(third, { title: "New" }, { scope: "following" });
    assert.equal(result.endedSeries?.id, made.id);
    assert.deepEqual([result.event.title, result.event.seriesId], ["New", undefined]);
    assert.deepEqual(await starts(world, made), [at(world, 1), at(world, 2)]);
    assert.deepEqual(
      await starts(world, result.event),
      [3, 4, 5].map((each) => at(world, each)),
    );
    assert.deepEqual(titles(await world.client.getEvents(days(world, 0, 70))), [
      "Standup",
      "Standup",
      "New",
      "New",
      "New",
    ]);
  },

  async "moves the following, and keeps what differs before and after"(world) {
    const skipped = day(world, 7).replaceAll("-", "");
    const extra = day(world, 20).replaceAll("-", "");
    const made = await makeSeries(world, [
      "RRULE:FREQ=DAILY;COUNT=8",
      `EXDATE;TZID=${world.timeZone}:${skipped}T120000`,
      `RDATE;TZID=${world.timeZone}:${extra}T120000`,
    ]);
    await world.client.updateMyEvent(await occurrence(world, made, 2), { title: "Early" });
    await world.client.updateMyEvent(await occurrence(world, made, 6), { title: "Late" });
    await world.client.deleteMyEvent(await occurrence(world, made, 5));
    const fourth = await occurrence(world, made, 4);
    await world.client.updateMyEvent(fourth, { location: "Room 4" }, { scope: "following" });
    assert.deepEqual(await agenda(world), [
      ...[`${at(world, 1)} Standup`, `${at(world, 2)} Early`, `${at(world, 3)} Standup`],
      ...[`${at(world, 4)} Standup`, `${at(world, 6)} Late`, `${at(world, 8)} Standup`],
      `${at(world, 20)} Standup`,
    ]);
    for (const date of [4, 6, 8]) assert.equal((await occurrenceOn(world, date)).location, "Room 4");
    const now = await occurrence(world, (await occurrenceOn(world, 8)).seriesId ?? "", 8);
    await world.client.updateMyEvent(now, { start: at(world, 8, "14:00") }, { scope: "following" });
    assert.deepEqual((await agenda(world)).slice(-2), [
      `${at(world, 8, "14:00")} Standup`,
      `${at(world, 20, "14:00")} Standup`,
    ]);
  },

  async "changes the following of a series that ends on a day, or never"(world) {
    const until = day(world, 6).replaceAll("-", "");
    const made = await makeSeries(world, [`RRULE:FREQ=DAILY;UNTIL=${until}T000000Z`]);
    await world.client.updateMyEvent(await occurrence(world, made, 4), { title: "New" }, { scope: "following" });
    assert.deepEqual(titles(await world.client.getEvents(days(world, 0, 70))), [
      ...["Standup", "Standup", "Standup"],
      ...["New", "New"],
    ]);
    const endless = await makeSeries(world, ["RRULE:FREQ=WEEKLY"], { start: at(world, 10) });
    const second = await occurrence(world, endless, 17);
    const { event } = await world.client.updateMyEvent(second, { title: "On" }, { scope: "following" });
    assert.deepEqual(await starts(world, endless), [at(world, 10)]);
    assert.equal((await occurrences(world, event)).length, 8);
  },

  async "parts a weekly series of two days, and one of whole days"(world) {
    const weekday = (days: number): string =>
      ["SU", "MO", "TU", "WE", "TH", "FR", "SA"][new Date(day(world, days)).getUTCDay()] ?? "";
    const rule = `RRULE:FREQ=WEEKLY;BYDAY=${weekday(1)},${weekday(3)};COUNT=6`;
    const made = await makeSeries(world, [rule]);
    assert.deepEqual(
      await starts(world, made),
      [1, 3, 8, 10, 15, 17].map((each) => at(world, each)),
    );
    const fourth = await occurrence(world, made, 10);
    await world.client.updateMyEvent(fourth, { start: at(world, 10, "08:00") }, { scope: "following" });
    assert.deepEqual(await agenda(world), [
      ...[1, 3, 8].map((each) => `${at(world, each)} Standup`),
      ...[10, 15, 17].map((each) => `${at(world, each, "08:00")} Standup`),
    ]);
    const whole = await makeSeries(world, ["RRULE:FREQ=DAILY;COUNT=4"], { start: day(world, 30), title: "Fair" });
    await world.client.deleteMyEvent(await occurrence(world, whole, 31));
    const later = { start: day(world, 40) };
    await world.client.updateMyEvent(await occurrence(world, whole, 32), later, { scope: "following" });
    assert.deepEqual((await agenda(world)).slice(6), [
      `${day(world, 30)} Fair`,
      `${day(world, 40)} Fair`,
      `${day(world, 41)} Fair`,
    ]);
  },

  async "counts days in the series' own zone, wherever the account is"(world) {
    const zone = "America/New_York"; // half past eleven there is another day in UTC
    const own = { start: at(world, 1, "23:30"), timeZone: zone };
    const made = await makeSeries(world, ["RRULE:FREQ=DAILY;COUNT=4"], own);
    const [, second, third] = await occurrences(world, made);
    assert.ok(second && third);
    await world.client.deleteMyEvent(second);
    const { event } = await world.client.updateMyEvent(third, { title: "New" }, { scope: "following" });
    assert.deepEqual(await agenda(world), [
      `${at(world, 1, "23:30")} Standup`,
      ...[3, 4].map((each) => `${at(world, each, "23:30")} New`),
    ]);
    assert.equal(event.start.timeZone, zone);
  },

  async "changes the occurrence that is named, also where it has something for itself"(world) {
    const made = await makeSeries(world);
    const third = await occurrence(world, made, 3);
    await world.client.updateMyEvent(third, { title: "Third", start: at(world, 3, "18:00") });
    await world.client.updateMyEvent(await occurrence(world, made, 4), { title: "Fourth" });
    const { event } = await world.client.updateMyEvent(third, { title: "New" }, { scope: "following" });
    const [named] = await occurrences(world, event);
    assert.ok(named);
    await world.client.updateMyEvent(named, { start: at(world, 3, "20:00") }, { scope: "all" });
    assert.deepEqual(await agenda(world), [
      ...[1, 2].map((each) => `${at(world, each)} Standup`),
      ...[`${at(world, 3, "20:00")} New`, `${at(world, 4, "20:00")} Fourth`, `${at(world, 5, "20:00")} New`],
    ]);
  },

  async "takes the following of the first as all"(world) {
    const made = await makeSeries(world);
    const first = await occurrence(world, made, 1);
    await world.client.updateMyEvent(first, { title: "New" }, { scope: "following" });
    assert.deepEqual(
      titles(await world.client.getEvents(days(world, 0, 70))),
      Array.from({ length: 5 }, () => "New"),
    );
  },

  async "keeps the answers of those who attend when a series is split"(world) {
    const [ann] = world.people;
    const made = await makeSeries(world, undefined, { attendees: [ann] });
    await world.personAnswers(ann, made.iCalUid, "accepted");
    const third = await occurrence(world, made, 3);
    const { event } = await world.client.updateMyEvent(third, { location: "Room 4" }, { scope: "following" });
    for (const each of [...(await occurrences(world, made)), ...(await occurrences(world, event))]) {
      assert.equal(each.attendees.find(({ email }) => email === ann)?.response, "accepted", when(each));
    }
  },
};

async function occurrenceOn(world: CalendarWorld, date: number): Promise<Event> {
  const [event] = await world.client.getEvents(days(world, date, date + 1));
  assert.ok(event);
  return event;
}
