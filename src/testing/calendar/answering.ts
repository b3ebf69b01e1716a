import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { Event, ResponseStatus } from "../../calendar/models.js";
import { answers, at, days, make, occurrence, occurrences, titles, when, withCode } from "./scene.js";
import type { CalendarTests, CalendarWorld, PersonsEvent, SeenEvent } from "./world.js";

/** The first person invites the account and the second person. @returns the UID */
async function invite(world: CalendarWorld, more: Partial<PersonsEvent> = {}): Promise<string> {
  const [ann, bo] = world.people;
  const time = { start: at(world, 1), end: at(world, 1, "13:00") };
  return world.personCreates(ann, { title: "Board", ...time, attendees: [world.address, bo], ...more });
}

const answerOf = (seen: SeenEvent | undefined, address: string): [ResponseStatus | undefined, string | undefined] => {
  const entry = seen?.attendees.find(({ email }) => email === address);
  return [entry?.response, entry?.comment];
};

/** Invitations and their answers. */
export const answering: CalendarTests = {
  async "answers with a comment that the organizer reads"(world) {
    const [ann] = world.people;
    const uid = await invite(world);
    const event = await world.client.findEventByUid(uid);
    assert.equal(event.myResponse, "needsAction");
    const response = { status: "accepted", comment: "Gladly 👋" } as const;
    const { event: answered, notified } = await world.client.respondToInvitation(event, response);
    assert.deepEqual([answered.myResponse, notified], ["accepted", [ann]]);
    assert.deepEqual(answerOf(await world.personSees(ann, uid), world.address), ["accepted", "Gladly 👋"]);
    assert.equal((await world.client.getEvent(event)).myResponse, "accepted");
    const quiet = await world.client.respondToInvitation(event, "declined", { notify: "none" });
    assert.deepEqual([quiet.notified, quiet.event.myResponse], [[], "declined"]);
    assert.deepEqual(answerOf(await world.personSees(ann, uid), world.address), ["declined", "Gladly 👋"]);
  },

  async "changes nobody else's entry, and nothing else"(world) {
    const [ann, bo] = world.people;
    const uid = await invite(world);
    await world.personAnswers(bo, uid, "tentative", "Perhaps");
    const before = await world.personSees(ann, uid);
    assert.ok(before);
    const copy = await world.client.findEventByUid(uid);
    const { event } = await world.client.respondToInvitation(copy, { status: "accepted", comment: "Yes" });
    const mine = { email: world.address, response: "accepted", comment: "Yes" };
    const attendees = before.attendees.map((each) => (each.email === world.address ? mine : each));
    assert.deepEqual(await world.personSees(ann, uid), { ...before, attendees });
    const others = (of: typeof event): unknown => of.attendees.filter(({ self }) => !self);
    assert.deepEqual([others(event), event.title, event.start], [others(copy), copy.title, copy.start]);
  },

  async "keeps what the organizer changes meanwhile"(world) {
    const [ann, bo] = world.people;
    const uid = await invite(world);
    const event = await world.client.findEventByUid(uid);
    world.meanwhile(async () => {
      await world.personChanges(ann, uid, { title: "Board, again" });
      await world.personAnswers(bo, uid, "declined");
    });
    await world.client.respondToInvitation(event, "accepted");
    const seen = await world.personSees(ann, uid);
    assert.deepEqual([seen?.title, answerOf(seen, world.address)[0]], ["Board, again", "accepted"]);
    assert.equal(answerOf(seen, bo)[0], "declined");
  },

  async "answers once when the answer's answer is lost"(world) {
    const uid = await invite(world);
    const event = await world.client.findEventByUid(uid);
    world.failNext("update_answer_lost");
    assert.equal((await world.client.respondToInvitation(event, "tentative")).event.myResponse, "tentative");
    assert.equal(answerOf(await world.personSees(world.people[0], uid), world.address)[0], "tentative");
  },

  async "refuses to answer what it is not invited to, or what was called off"(world) {
    const [ann, bo] = world.people;
    const own = await make(world);
    await assert.rejects(world.client.respondToInvitation(own, "accepted"), withCode("request.not_invited"));
    const range = days(world, 2, 3);
    await assert.rejects(world.client.suggestReschedule(own, range), withCode("request.not_invited"));
    const calendarId = world.readableCalendar;
    const theirs = await invite(world, { attendees: [bo] });
    const event = await world.client.findEventByUid(theirs, { calendarIds: [calendarId] });
    await assert.rejects(world.client.respondToInvitation(event, "accepted"), withCode("request.not_invited"));
    const uid = await invite(world);
    const cancelled = await world.client.findEventByUid(uid);
    await world.personCancels(ann, uid);
    await assert.rejects(world.client.respondToInvitation(cancelled, "accepted"), withCode("request.not_found"));
    const wrong = world.client.respondToInvitation(own, "perhaps" as "accepted");
    await assert.rejects(wrong, withCode("request.invalid"));
  },

  async "lists invitations that are not answered, soonest first, a series once"(world) {
    const later = { start: at(world, 5), end: at(world, 5, "13:00") };
    await invite(world, { title: "Later", ...later });
    const answered = await invite(world, { title: "Answered" });
    await invite(world, {
      title: "Daily",
      recurrence: ["RRULE:FREQ=DAILY;COUNT=5"],
      ...later,
      start: at(world, 5, "11:00"),
    });
    await invite(world, { title: "Soon" });
    await invite(world, { title: "Far", start: at(world, 400), end: at(world, 400, "13:00") });
    await make(world, { title: "Own", attendees: [world.people[0]] });
    await world.client.respondToInvitation(await world.client.findEventByUid(answered), "tentative");
    const pending = await world.client.getPendingInvitations();
    assert.deepEqual(titles(pending), ["Soon", "Daily", "Later"]);
    assert.deepEqual(pending[1]?.recurrence, { lines: ["RRULE:FREQ=DAILY;COUNT=5"] });
    assert.deepEqual(pending[1].nextOccurrence?.start, pending[1].start);
    world.advance(5 * 86_400_000);
    const [daily] = await world.client.getPendingInvitations();
    assert.deepEqual(
      [daily?.title, daily?.nextOccurrence?.start.dateTime?.slice(0, 16)],
      ["Daily", at(world, 1, "11:00")],
    );
    world.advance(-5 * 86_400_000);
    assert.deepEqual(titles(await world.client.getPendingInvitations(days(world, 0, 3))), ["Soon"]);
    assert.deepEqual(titles(await world.client.getPendingInvitations(days(world, 399, 402))), ["Far"]);
    for (const event of await world.client.getPendingInvitations()) {
      await world.client.respondToInvitation(event, "accepted", { scope: "all" });
    }
    assert.deepEqual(await world.client.getPendingInvitations(), []);
  },

  async "lists invitations of several calendars, and says which could not be read"(world) {
    await invite(world);
    const [main] = await world.client.getCalendars();
    const calendarIds = [main?.id ?? "", world.closedCalendar];
    await assert.rejects(world.client.getPendingInvitations(undefined, { calendarIds }), (error) => {
      assert.ok(isIntegrationError(error, "request.partial_failure"));
      assert.deepEqual(titles(error.details?.["events"] as Event[]), ["Board"]);
      return true;
    });
  },

  async "proposes another time, answers tentatively, and says how that reached the organizer"(world) {
    const [ann] = world.people;
    const uid = await invite(world);
    const event = await world.client.findEventByUid(uid);
    const proposed = { start: at(world, 2, "15:00"), end: at(world, 2, "16:00"), timeZone: world.timeZone };
    const result = await world.client.suggestReschedule(event, proposed, "I am away before.");
    const { delivery } = result;
    assert.ok(delivery);
    assert.ok(delivery.text.includes("I am away before."));
    assert.match(delivery.text, /15[:.]00|\b0?3[:.]00/);
    assert.equal(result.event.myResponse, "tentative");
    const seen = await world.personSees(ann, uid);
    assert.equal(answerOf(seen, world.address)[0], "tentative");
    assert.deepEqual([when(await world.client.getEvent(event)), seen?.title], [when(event), "Board"]);
    if (delivery.how === "comment") {
      assert.equal(answerOf(seen, world.address)[1], delivery.text);
    } else {
      assert.ok((await world.mailsTo(ann)).some((mail) => mail.includes(delivery.text)));
    }
    const backwards = { start: proposed.end, end: proposed.start };
    await assert.rejects(world.client.suggestReschedule(event, backwards), withCode("request.invalid"));
  },
};

/** Invitations to series. */
export const answeringSeries: CalendarTests = {
  async "lists what waits for an answer of its own in a series that was answered"(world) {
    const [ann] = world.people;
    const uid = await invite(world, { recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] });
    const series = await world.client.findEventByUid(uid);
    await world.client.respondToInvitation(await occurrence(world, series, 2), "accepted");
    assert.deepEqual(
      (await world.client.getPendingInvitations()).map(({ id }) => id),
      [series.id],
    );
    await world.client.respondToInvitation(series, "declined");
    assert.deepEqual(await world.client.getPendingInvitations(), []);
    assert.equal((await world.personSees(ann, uid))?.title, "Board");
  },

  async "answers one occurrence, or all"(world) {
    const uid = await invite(world, { recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] });
    const series = await world.client.findEventByUid(uid);
    const mine = async (): Promise<(ResponseStatus | undefined)[]> =>
      (await occurrences(world, series)).map(({ myResponse }) => myResponse);
    await world.client.respondToInvitation(series, "tentative");
    assert.deepEqual(await mine(), ["tentative", "tentative", "tentative"]);
    const second = await occurrence(world, series, 2);
    const { event } = await world.client.respondToInvitation(second, "declined");
    assert.deepEqual([event.id, event.myResponse], [second.id, "declined"]);
    assert.deepEqual(await mine(), ["tentative", "declined", "tentative"]);
    const third = await occurrence(world, series, 3);
    await world.client.respondToInvitation(third, "accepted", { scope: "all" });
    const [first, , last] = await mine();
    assert.deepEqual(
      [first, last, (await world.client.getEvent(series)).myResponse],
      ["accepted", "accepted", "accepted"],
    );
    const others = (await occurrences(world, series)).map((each) => answers(each)[world.people[1]]);
    assert.deepEqual(others, ["needsAction", "needsAction", "needsAction"]);
  },
};

/** Other times as the service itself proposes them. */
export const proposals: CalendarTests = {
  async "proposes another time as such"(world) {
    const event = await world.client.findEventByUid(await invite(world));
    const { delivery } = await world.client.suggestReschedule(event, days(world, 2, 3));
    assert.equal(delivery?.how, "proposal");
  },
};

/** Other times where the service has no proposals. */
export const withoutProposals: CalendarTests = {
  async "proposes another time in the comment of a tentative answer"(world) {
    const event = await world.client.findEventByUid(await invite(world));
    const { delivery } = await world.client.suggestReschedule(event, days(world, 2, 3));
    assert.equal(delivery?.how, "comment");
  },
};
