import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { EventInput } from "../../calendar/models.js";
import { answers, at, day, days, input, make, minutesOf, until, when, withCode } from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

const count = async (world: CalendarWorld, calendarId?: string): Promise<number> =>
  (await world.client.getEvents(days(world, 0, 30), calendarId === undefined ? {} : { calendarIds: [calendarId] }))
    .length;

/** Events of one's own. */
export const creating: CalendarTests = {
  async "creates an event with everything that was said, and reads it back the same"(world) {
    const [ann, bo] = world.people;
    const said = {
      ...{ title: "Grüße 👋", description: "Line 1\nLine 2 <b>œ</b>", location: "Room 4" },
      ...{ busy: false, visibility: "private", status: "tentative" },
      ...{ guestsCanModify: true, guestsCanInvite: false, guestsCanSeeGuests: false },
      reminders: [
        { method: "popup", minutesBefore: 15 },
        { method: "email", minutesBefore: 1440 },
      ],
      properties: { ticket: "A-17", empty: "" },
    } satisfies Partial<EventInput>;
    const attendees = [ann, { email: bo, name: "Bo Dix", optional: true }];
    const result = await world.client.createMyEvent(input(world, { ...said, attendees }));
    const event = await world.client.getEvent(result.event);
    assert.deepEqual(event, result.event);
    const { reminders, ...rest } = said;
    for (const [name, value] of Object.entries(rest)) assert.deepEqual(event[name as keyof typeof event], value, name);
    const byTime = (list: EventInput["reminders"] = []): unknown =>
      [...list].sort((a, b) => a.minutesBefore - b.minutesBefore);
    assert.deepEqual(byTime(event.reminders), byTime(reminders));
    const invited = event.attendees.filter(({ self }) => !self);
    assert.deepEqual(
      invited.map(({ email, optional, response }) => [email, optional, response]),
      [
        [ann, false, "needsAction"],
        [bo, true, "needsAction"],
      ],
    );
    assert.deepEqual([event.organizer.self, when(event), minutesOf(event)], [true, at(world, 1), 60]);
    assert.deepEqual(result.notified.sort(), [ann, bo].sort());
    const seen = await world.personSees(ann, event.iCalUid);
    assert.deepEqual([seen?.title, seen?.description, seen?.location], [said.title, said.description, said.location]);
  },

  async "takes defaults for what was not said"(world) {
    const event = await make(world);
    assert.deepEqual([event.busy, event.visibility, event.status], [true, "default", "confirmed"]);
    assert.deepEqual(
      [event.guestsCanModify, event.guestsCanInvite, event.guestsCanSeeGuests, event.myResponse],
      [false, true, true, undefined],
    );
  },

  async "reads wall time without a zone in that of the profile, else of the calendar, never in UTC"(world) {
    const wall = { title: "x", start: "2027-01-15T09:00", end: "2027-01-15T10:00" };
    const { event } = await world.client.createMyEvent(wall);
    assert.deepEqual([when(event), event.start.timeZone], ["2027-01-15T09:00", world.timeZone]);
    await world.setProfileZone("America/New_York");
    const abroad = world.another();
    const { event: far } = await abroad.createMyEvent(wall);
    assert.equal(far.start.dateTime, "2027-01-15T09:00:00-05:00");
    const said = { ...wall, timeZone: "Asia/Kolkata" };
    assert.equal((await abroad.createMyEvent(said)).event.start.dateTime, "2027-01-15T09:00:00+05:30");
    const own = { ...said, start: { dateTime: "2027-01-15T00:00", timeZone: "Asia/Tokyo" } };
    assert.equal((await world.client.createMyEvent(own)).event.start.dateTime, "2027-01-15T00:00:00+09:00");
  },

  async "takes instants in every spelling"(world) {
    const wanted = Date.parse("2027-01-15T08:00:00Z");
    for (const start of [
      "2027-01-15T08:00:00Z",
      "2027-01-15T13:30:00+05:30",
      "2027-01-15T09:00[Europe/Berlin]",
      new Date(wanted),
      { dateTime: "2027-01-15T03:00:00-05:00", timeZone: "America/New_York" },
    ]) {
      const { event } = await world.client.createMyEvent({ title: "x", start, durationMinutes: 30 });
      assert.deepEqual([Date.parse(event.start.dateTime ?? ""), minutesOf(event)], [wanted, 30], JSON.stringify(start));
    }
    const again = await make(world, { start: (await make(world)).start });
    assert.equal(when(again), at(world, 1));
  },

  async "refuses a time that the clocks skip or show twice, and says which it could be"(world) {
    for (const [start, times] of [
      ["2027-03-28T02:30", ["2027-03-28T01:30+01:00", "2027-03-28T03:30+02:00"]],
      ["2027-10-31T02:30", ["2027-10-31T02:30+02:00", "2027-10-31T02:30+01:00"]],
    ] as const) {
      const wall = { title: "x", start, durationMinutes: 30, timeZone: "Europe/Berlin" };
      await assert.rejects(world.client.createMyEvent(wall), (error) => {
        assert.ok(isIntegrationError(error, "request.invalid"));
        const said = error.details?.["times"] as string[];
        assert.deepEqual(said.map(Date.parse), times.map(Date.parse));
        return true;
      });
      const { event } = await world.client.createMyEvent({ ...wall, start: times[1] });
      assert.equal(Date.parse(event.start.dateTime ?? ""), Date.parse(times[1]));
    }
  },

  async "makes a date an event of whole days, of one unless more is said"(world) {
    const one = await make(world, { start: day(world, 3) });
    assert.deepEqual([one.allDay, when(one), until(one)], [true, day(world, 3), day(world, 4)]);
    const three = await make(world, { start: { date: day(world, 3) }, end: day(world, 6) });
    assert.deepEqual([three.allDay, when(three), until(three)], [true, day(world, 3), day(world, 6)]);
  },

  async "creates in another calendar"(world) {
    const event = await make(world, {}, { calendarId: world.otherCalendar });
    assert.equal(event.calendarId, world.otherCalendar);
    assert.deepEqual([await count(world), await count(world, world.otherCalendar)], [0, 1]);
    const nowhere = world.client.createMyEvent(input(world), { calendarId: world.closedCalendar });
    await assert.rejects(nowhere, (error) => isIntegrationError(error));
  },

  async "names the field that cannot be, and writes nothing"(world) {
    const wrong: [string, Partial<Record<keyof EventInput, unknown>>][] = [
      ["title", { title: " " }],
      ["title", { title: 7 }],
      ["start", { start: "soon" }],
      ["end", { end: at(world, 1, "11:00") }],
      ["end", { end: day(world, 2) }],
      ["attendees", { attendees: ["not an address"] }],
      ["recurrence", { recurrence: { lines: ["RRULE:FREQ=SOMETIMES"] } }],
      ["properties", { properties: { long: "x".repeat(1025) } }],
      ["properties", { properties: { ["x".repeat(45)]: "long" } }],
      ["properties", { properties: Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`n${at}`, "x"])) }],
      ["reminders", { reminders: [{ method: "pigeon", minutesBefore: 1 }] }],
      ["timeZone", { timeZone: "Berlin" }],
      ["tilte", { tilte: "x" } as object],
    ];
    for (const [field, more] of wrong) {
      const attempt = world.client.createMyEvent(input(world, more as Partial<EventInput>));
      await assert.rejects(attempt, (error) => {
        assert.ok(isIntegrationError(error, "request.invalid"), field);
        const said = `${error.message} ${error.hint} ${JSON.stringify(error.details ?? {})}`;
        const named = said.includes(field) || (field === "start" && said.includes("soon")) || said.includes("Berlin");
        assert.ok(named, `${field}: ${said}`);
        return true;
      });
    }
    const endless = { title: "x", start: at(world, 1) };
    await assert.rejects(world.client.createMyEvent(endless), withCode("request.invalid"));
    assert.equal(await count(world), 0);
  },

  async "creates once, however often the same key is used"(world) {
    const options = { idempotencyKey: "order 17", onConflict: "allow" as const };
    const first = await world.client.createMyEvent(input(world), options);
    const again = await world.another().createMyEvent(input(world), options);
    assert.deepEqual([again.event.id, await count(world)], [first.event.id, 1]);
    const other = world.client.createMyEvent(input(world, { title: "Other" }), options);
    await assert.rejects(other, withCode("request.idempotency_mismatch"));
    const different = await world.client.createMyEvent(input(world), { ...options, idempotencyKey: "order 18" });
    assert.notEqual(different.event.id, first.event.id);
    await world.client.deleteMyEvent(first.event);
    await assert.rejects(world.client.createMyEvent(input(world), options), withCode("request.conflict"));
    assert.equal(await count(world), 1);
  },

  async "creates once when an answer is lost, with a key or without"(world) {
    for (const [index, options] of [{}, { idempotencyKey: "once" }].entries()) {
      for (const failure of ["create_answer_lost", "create_lost"] as const) {
        world.failNext(failure);
        const attempt = world.client.createMyEvent(input(world, { start: at(world, index + 1) }), {
          ...options,
          ...("idempotencyKey" in options && { idempotencyKey: failure }),
        });
        assert.equal((await attempt).event.title, "Review");
      }
    }
    assert.equal(await count(world), 4);
  },

  async "writes to those whom it is told to, and says to whom"(world) {
    const [ann, bo] = world.people;
    const quiet = await world.client.createMyEvent(input(world, { attendees: [ann] }), { notify: "none" });
    assert.deepEqual([quiet.notified, (await world.mailsTo(ann)).length], [[], 0]);
    assert.equal((await world.personSees(ann, quiet.event.iCalUid))?.title, "Review");
    const external = await world.client.createMyEvent(input(world, { attendees: [ann] }), { notify: "external" });
    assert.deepEqual(external.notified, []);
    const before = (await world.mailsTo(ann)).length;
    const loud = await world.client.createMyEvent(input(world, { attendees: [ann, bo] }));
    assert.deepEqual(loud.notified.sort(), [ann, bo].sort());
    assert.deepEqual([(await world.mailsTo(ann)).length, (await world.mailsTo(bo)).length], [before + 1, 1]);
    assert.deepEqual(answers(loud.event), { ...answers(loud.event), [ann]: "needsAction", [bo]: "needsAction" });
  },
};

/** Video calls. */
export const conference: CalendarTests = {
  async "adds a video call that stays the same until it is taken away"(world) {
    const event = await make(world, {}, { conference: true });
    assert.match(event.conferenceUrl ?? "", /^https:/);
    const renamed = (await world.client.updateMyEvent(event, { title: "New" })).event;
    assert.equal(renamed.conferenceUrl, event.conferenceUrl);
    const kept = (await world.client.updateMyEvent(event, { conference: true })).event;
    assert.equal(kept.conferenceUrl, event.conferenceUrl);
    const without = (await world.client.updateMyEvent(event, { conference: false })).event;
    assert.equal(without.conferenceUrl, undefined);
    const late = (await world.client.updateMyEvent(await make(world), { conference: true })).event;
    assert.match(late.conferenceUrl ?? "", /^https:/);
  },
};
