import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { AvailabilityQuery, AvailableSlot } from "../../calendar/availability-models.js";
import type { EventInput } from "../../calendar/models.js";
import { at, days, input, make, makeSeries, occurrences, titles, withCode } from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

const instant = (text: string | undefined): string => new Date(text ?? "").toISOString();
const wall = ({ start }: AvailableSlot): string => start.dateTime.slice(11, 16);

/** A person is busy from one hour to another, so many days from today. */
async function busy(world: CalendarWorld, person: string, [on, from, to]: [number, string, string]): Promise<void> {
  await world.personCreates(person, { title: "Busy", start: at(world, on, from), end: at(world, on, to) });
}

/** An hour between nine and five of the day after tomorrow, whatever the weekday. */
function query(world: CalendarWorld, more: Partial<AvailabilityQuery> = {}): AvailabilityQuery {
  const range = { start: at(world, 2, "09:00"), end: at(world, 2, "17:00"), timeZone: world.timeZone };
  return { range, durationMinutes: 60, stepMinutes: 60, workingHours: "any", limit: 100, ...more };
}

/** When people are busy, and what suits all. */
export const planning: CalendarTests = {
  async "tells when people are busy, in order and without overlaps, and of whom it is not known"(world) {
    const [ann, bo] = world.people;
    await make(world, { start: at(world, 2, "09:00") });
    await make(world, { start: at(world, 2, "12:00"), busy: false });
    await busy(world, ann, [2, "14:00", "16:00"]);
    await busy(world, ann, [2, "10:00", "11:00"]);
    await busy(world, ann, [2, "15:00", "15:30"]);
    const asked = [ann, world.stranger, "me", bo];
    const given = await world.client.getFreeBusy(query(world).range, asked);
    assert.deepEqual(
      given.map(({ who, status }) => [who, status]),
      asked.map((who) => [who, who === world.stranger ? "unknown" : "known"]),
    );
    const hours = given.map(({ busy }) => busy.map(({ start, end }) => [instant(start), instant(end)]));
    const own = await world.client.getEvents(days(world, 2, 3));
    const [first] = own;
    assert.deepEqual(hours[2], [[instant(first?.start.dateTime), instant(first?.end.dateTime)]]);
    assert.deepEqual([hours[0]?.length, hours[1], hours[3]], [2, [], []]);
    const lengths = hours[0]?.map(([start, end]) => Date.parse(end ?? "") - Date.parse(start ?? ""));
    assert.deepEqual(lengths, [3_600_000, 7_200_000]);
    assert.ok((given[1]?.reason ?? "") !== "");
    assert.ok(given[0]?.busy.every(({ start }) => /([+-]\d\d:\d\d|Z)$/.test(start)));
  },

  async "finds what suits everybody required"(world) {
    const [ann, bo] = world.people;
    await make(world, { start: at(world, 2, "09:00") });
    await busy(world, ann, [2, "10:00", "12:00"]);
    await busy(world, bo, [2, "13:00", "16:30"]);
    const slots = await world.client.findAvailableSlots(query(world, { people: [ann, bo] }));
    assert.deepEqual(slots.map(wall), ["12:00"]);
    const [slot] = slots;
    assert.ok(slot);
    assert.deepEqual([slot.start.timeZone, slot.confidence], [world.timeZone, 1]);
    assert.ok(slot.score >= 0 && slot.score <= 1 && slot.reasons.length > 0);
    assert.deepEqual(new Set(slot.people.map(({ state }) => state)), new Set(["free"]));
    const alone = await world.client.findAvailableSlots(query(world));
    assert.deepEqual(alone.map(wall).sort(), ["10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]);
    assert.equal((await world.client.findAvailableSlots(query(world, { limit: 2 }))).length, 2);
  },

  async "takes who cannot be read for unknown, never for free, and is less sure"(world) {
    const [slot] = await world.client.findAvailableSlots(query(world, { people: [world.stranger] }));
    assert.ok(slot);
    assert.deepEqual(slot.people.find(({ email }) => email === world.stranger)?.state, "unknown");
    assert.equal(slot.confidence, 0.5);
  },

  async "ranks a time lower at which somebody is busy who need not come"(world) {
    const [ann] = world.people;
    await busy(world, ann, [2, "09:00", "16:00"]);
    const people = [{ email: ann, optional: true }];
    const slots = await world.client.findAvailableSlots(query(world, { people }));
    assert.equal(slots.length, 8);
    const [best, second] = slots;
    assert.ok(best && second && best.score > second.score);
    assert.deepEqual([wall(best), slots[1]?.people.find(({ email }) => email === ann)?.state], ["16:00", "busy"]);
  },

  async "keeps to working hours, free time around, and notice"(world) {
    await make(world, { start: at(world, 2, "12:00") });
    const all = (of: Partial<AvailabilityQuery>): Promise<string[]> =>
      world.client.findAvailableSlots(query(world, of)).then((slots) => slots.map(wall).sort());
    const every = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
    const workingHours = { days: every, start: "10:00", end: "14:00" };
    assert.deepEqual(await all({ workingHours }), ["10:00", "11:00", "13:00"]);
    assert.deepEqual(await all({ workingHours, bufferBeforeMinutes: 15 }), ["10:00", "11:00"]);
    assert.deepEqual(await all({ workingHours, bufferAfterMinutes: 15 }), ["10:00", "13:00"]);
    const notice = Math.round((Date.parse(`${at(world, 2, "10:30")}:00Z`) - world.now()) / 60_000);
    assert.ok(!(await all({ workingHours, minimumNoticeMinutes: notice })).includes("10:00"));
    assert.deepEqual(await all({ workingHours: { ...workingHours, days: [] } }), []);
  },

  async "goes by everybody's own hours and zone"(world) {
    const [ann] = world.people;
    const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
    const late = { email: ann, workingHours: { days, start: "15:00", end: "17:00" } };
    const near = await world.client.findAvailableSlots(query(world, { people: [late] }));
    assert.deepEqual(near.map(wall).sort(), ["15:00", "16:00"]);
    const instants = (slots: readonly AvailableSlot[]): string[] => slots.map(({ start }) => instant(start.dateTime));
    const utc = { ...late, timeZone: "UTC" };
    const far = await world.client.findAvailableSlots(query(world, { people: [utc], timeZone: "UTC" }));
    assert.ok(instants(far).includes(instant(`${at(world, 2, "15:00")}Z`)));
    assert.ok(far.every(({ start }) => start.dateTime.slice(11, 13) >= "15" && start.timeZone === "UTC"));
    const here = far[0]?.people.find(({ email }) => email === ann)?.local;
    assert.deepEqual(here, { ...far[0]?.start });
  },

  async "counts what is tentative or of whole days as it is told to, and puts preferred times first"(world) {
    await make(world, { start: at(world, 2, "10:00"), status: "tentative" });
    const all = async (of: Partial<AvailabilityQuery>): Promise<string[]> =>
      (await world.client.findAvailableSlots(query(world, of))).map(wall);
    assert.ok(!(await all({})).includes("10:00"));
    const free = await all({ tentative: "free" });
    assert.ok(free.includes("10:00") && free[0] !== "10:00");
    assert.equal((await all({ preferredTimes: [{ start: "14:00", end: "15:00" }] }))[0], "14:00");
    await make(world, { start: at(world, 2).slice(0, 10) });
    assert.deepEqual(await all({}), []);
    assert.deepEqual([(await all({ allDay: "free" })).length, await all({ allDay: "busy" })], [7, []]);
  },

  async "says why a day has no time"(world) {
    const [ann] = world.people;
    await busy(world, ann, [2, "08:00", "18:00"]);
    await make(world, { start: at(world, 2, "10:00") });
    const [day, ...others] = await world.client.explainAvailability(query(world, { people: [ann] }));
    assert.ok(day);
    assert.deepEqual([others, day.slots, day.day.date], [[], 0, at(world, 2).slice(0, 10)]);
    const [first, second] = day.obstacles.filter(({ kind }) => kind === "busy");
    assert.deepEqual([first?.email, first?.starts, second?.starts], [ann, 8, 1]);
    assert.ok(day.obstacles.every(({ message }) => message !== ""));
  },
};

/** What the time of an event clashes with. */
export const conflicts: CalendarTests = {
  async "finds double bookings, busy attendees, who cannot be read, and what says the same"(world) {
    const [ann, bo] = world.people;
    const dentist = await make(world, { title: "Dentist", start: at(world, 1, "12:30") });
    await busy(world, ann, [1, "11:00", "12:15"]);
    const attendees = [ann, bo, world.stranger];
    await make(world, { title: "Quarterly budget review", start: at(world, 1, "13:30"), attendees });
    const wanted = input(world, { title: "Quarterly budget review", attendees });
    const found = await world.client.findConflicts(wanted);
    const [double, ...doubles] = found.filter(({ kind }) => kind === "double_booking");
    assert.deepEqual([double?.event?.id, double?.event?.title, doubles], [dentist.id, "Dentist", []]);
    assert.equal(instant(double?.start), instant(dentist.start.dateTime));
    assert.deepEqual(
      found.filter(({ kind }) => kind === "attendee_busy").map(({ attendee }) => attendee),
      [ann],
    );
    assert.deepEqual(
      found.filter(({ kind }) => kind === "unreadable").map(({ attendee }) => attendee),
      [world.stranger],
    );
    const [duplicate] = found.filter(({ kind }) => kind === "duplicate");
    assert.equal(duplicate?.event?.title, "Quarterly budget review");
    assert.ok((duplicate.similarity ?? 0) > 0.5 && (duplicate.similarity ?? 2) <= 1);
    assert.ok(found.every(({ message }) => message !== ""));
  },

  async "finds nothing where nothing clashes, and an event does not clash with itself"(world) {
    const [ann] = world.people;
    const event = await make(world, { title: "Alone", attendees: [ann] });
    await make(world, { title: "After", start: at(world, 1, "13:00") });
    await make(world, { title: "Reminder", busy: false });
    assert.deepEqual(await world.client.findConflicts(event), []);
    assert.deepEqual(await world.client.findConflicts(input(world, { title: "Else", start: at(world, 5) })), []);
  },

  async "writes and lists clashes, writes without a look, or writes nothing"(world) {
    await make(world, { title: "Dentist" });
    const wanted: EventInput = input(world, { title: "Budget" });
    const fail = { onConflict: "fail" } as const;
    await assert.rejects(world.client.createMyEvent(wanted, fail), (error) => {
      assert.ok(isIntegrationError(error, "request.conflict"));
      const [conflict] = error.details?.["conflicts"] as { kind: string }[];
      assert.equal(conflict?.kind, "double_booking");
      return true;
    });
    assert.deepEqual(titles(await world.client.getEvents(days(world, 0, 7))), ["Dentist"]);
    const warned = await world.client.createMyEvent(wanted);
    assert.deepEqual(
      warned.conflicts.map(({ kind }) => kind),
      ["double_booking"],
    );
    const silent = await world.client.createMyEvent(input(world, { title: "Walk" }), { onConflict: "allow" });
    assert.deepEqual(silent.conflicts, []);
  },

  async "looks for clashes when a time changes, and not with what it was"(world) {
    await make(world, { title: "Dentist", start: at(world, 2) });
    const event = await make(world);
    const to = { start: at(world, 2, "12:30") };
    const refused = world.client.updateMyEvent(event, to, { onConflict: "fail" });
    await assert.rejects(refused, withCode("request.conflict"));
    assert.deepEqual(await world.client.getEvent(event), event);
    const nudged = await world.client.updateMyEvent(event, { start: at(world, 1, "12:30") }, { onConflict: "fail" });
    assert.deepEqual(nudged.conflicts, []);
    const warned = await world.client.updateMyEvent(event, to);
    assert.deepEqual(
      warned.conflicts.map(({ kind, event: other }) => [kind, other?.title]),
      [["double_booking", "Dentist"]],
    );
  },
};

/** What series clash with. */
export const seriesConflicts: CalendarTests = {
  async "finds what any occurrence clashes with, and no other occurrence"(world) {
    const series = await makeSeries(world, ["RRULE:FREQ=DAILY;COUNT=3"], { start: at(world, 3) });
    const [, second] = await occurrences(world, series);
    assert.ok(second);
    assert.deepEqual(await world.client.findConflicts(second), []);
    await make(world, { title: "Dentist", start: at(world, 5, "12:30") });
    assert.deepEqual(await world.client.findConflicts(second), []);
    const wanted = input(world, {
      title: "Walk",
      start: at(world, 4),
      recurrence: { lines: ["RRULE:FREQ=DAILY;COUNT=2"] },
    });
    const clashes = (await world.client.findConflicts(wanted)).filter(({ kind }) => kind === "double_booking");
    assert.deepEqual(clashes.map(({ event }) => event?.title).sort(), ["Dentist", "Standup", "Standup"]);
  },
};
