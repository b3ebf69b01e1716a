import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import { at, days, input, make, withCode } from "./scene.js";
import type { CalendarTests, CalendarWorld, PersonsEvent } from "./world.js";

/** An invitation of the first person's. */
function invitation(world: CalendarWorld, more: Partial<PersonsEvent> = {}): PersonsEvent {
  const [, bo] = world.people;
  const time = { start: at(world, 1), end: at(world, 1, "13:00") };
  return { title: "Board", ...time, attendees: [world.address, bo], ...more };
}

/** Who may do what with an event. */
export const roles: CalendarTests = {
  async "refuses to change, delete or move what somebody else organizes, names them, and writes nothing"(world) {
    const [ann] = world.people;
    const uid = await world.personCreates(ann, invitation(world));
    const event = await world.client.findEventByUid(uid);
    const before = await world.personSees(ann, uid);
    for (const attempt of [
      () => world.client.updateMyEvent(event, { title: "Mine" }),
      () => world.client.updateMyEvent(event, { title: "Mine" }, { dryRun: true }),
      () => world.client.deleteMyEvent(event),
      () => world.client.moveMyEvent(event, world.otherCalendar),
    ]) {
      await assert.rejects(attempt(), (error) => {
        assert.ok(isIntegrationError(error, "request.forbidden"), attempt.toString());
        assert.ok(`${error.message} ${error.hint}`.includes(ann), error.message);
        return true;
      });
    }
    assert.deepEqual(await world.personSees(ann, uid), before);
    assert.deepEqual(await world.client.findEventByUid(uid), event);
  },

  async "changes what guests may change"(world) {
    const [ann] = world.people;
    const uid = await world.personCreates(ann, invitation(world, { guestsCanModify: true }));
    const event = await world.client.findEventByUid(uid);
    assert.equal((await world.client.getEventPermissions(event)).canEdit, true);
    await world.client.updateMyEvent(event, { title: "Better" });
    assert.equal((await world.personSees(ann, uid))?.title, "Better");
  },

  async "tells what may be done with an event, and why not more"(world) {
    const [ann, bo] = world.people;
    const own = await world.client.getEventPermissions(await make(world, { attendees: [bo] }));
    assert.deepEqual([own.role, own.calendarRole, own.organizer.self], ["organizer", "owner", true]);
    assert.deepEqual([own.canEdit, own.canDelete, own.canMove, own.canInvite], [true, true, true, true]);
    assert.equal(own.canSeeAttendees, true);
    const uid = await world.personCreates(ann, invitation(world));
    const guest = await world.client.getEventPermissions(await world.client.findEventByUid(uid));
    assert.deepEqual([guest.role, guest.organizer.email, guest.organizer.self], ["attendee", ann, false]);
    assert.deepEqual([guest.canEdit, guest.canDelete, guest.canMove, guest.canRespond], [false, false, false, true]);
    assert.ok(guest.reasons.length > 0 && guest.reasons.some((reason) => reason.includes(ann)));
    assert.ok(!guest.editors.includes(world.address));
  },

  async "only reads calendars that it may only read"(world) {
    const calendarId = world.readableCalendar;
    const uid = await world.personCreates(world.people[0], invitation(world, { attendees: [] }));
    const event = await world.client.findEventByUid(uid, { calendarIds: [calendarId] });
    assert.equal((await world.client.getEvents(days(world, 0, 7), { calendarIds: [calendarId] })).length, 1);
    const allowed = await world.client.getEventPermissions(event);
    assert.deepEqual([allowed.role, allowed.calendarRole], ["viewer", "reader"]);
    assert.deepEqual([allowed.canEdit, allowed.canDelete, allowed.canRespond], [false, false, false]);
    const forbidden = withCode("request.forbidden");
    await assert.rejects(world.client.updateMyEvent(event, { title: "Mine" }), forbidden);
    await assert.rejects(world.client.deleteMyEvent(event), forbidden);
    await assert.rejects(world.client.createMyEvent(input(world), { calendarId }), forbidden);
    assert.equal((await world.personSees(world.people[0], uid))?.title, "Board");
  },

  async "is nobody else in somebody else's calendar"(world) {
    const [ann, bo] = world.people;
    const calendarIds = [world.readableCalendar];
    const time = { start: at(world, 1), end: at(world, 1, "13:00") };
    await world.personCreates(ann, { title: "Own", ...time });
    const declined = await world.personCreates(bo, { title: "Declined", ...time, attendees: [ann] });
    await world.personAnswers(ann, declined, "declined");
    const both = await world.personCreates(bo, { title: "Both", ...time, attendees: [ann, world.address] });
    await world.personAnswers(world.address, both, "tentative");
    const events = await world.client.getEvents(days(world, 0, 7), { calendarIds });
    const selves = events.map(({ title, myResponse, organizer, attendees }) => {
      const me = attendees.filter(({ self }) => self).map(({ email }) => email);
      return [title, myResponse, organizer.self, me];
    });
    assert.deepEqual(selves.sort(), [
      ["Both", "tentative", false, [world.address]],
      ["Declined", undefined, false, []],
      ["Own", undefined, false, []],
    ]);
    assert.deepEqual(await world.client.getPendingInvitations(undefined, { calendarIds }), []);
  },
};
