import assert from "node:assert/strict";
import type { CalendarClient } from "../../calendar/client.js";
import type { EventChange } from "../../calendar/models.js";
import { at, days, make, makeSeries, occurrence, when, withCode } from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

async function all(client: CalendarClient, from: string): Promise<{ changes: EventChange[]; cursor: string }> {
  const changes: EventChange[] = [];
  let cursor = from;
  for (;;) {
    const page = await client.getChanges(cursor);
    assert.deepEqual([page.reset, page.resetCalendars], [false, []]);
    changes.push(...page.changes);
    ({ cursor } = page);
    if (!page.hasMore) return { changes, cursor };
  }
}

const brief = (changes: readonly EventChange[]): string[] => changes.map(({ type, id }) => `${type} ${id}`).sort();

async function bothCalendars(world: CalendarWorld): Promise<string[]> {
  const [main] = await world.client.getCalendars();
  return [main?.id ?? "", world.otherCalendar];
}

/** What has changed since. */
export const following: CalendarTests = {
  async "tells what changed and went since a cursor, each once"(world) {
    const [old, gone, same] = [await make(world), await make(world), await make(world)];
    const first = await world.client.getChanges();
    assert.deepEqual([first.changes, first.reset, first.resetCalendars, first.hasMore], [[], false, [], false]);
    assert.deepEqual(first.failures, []);
    const added = await make(world, { title: "Added" });
    await world.client.updateMyEvent(old, { title: "B" });
    await world.client.updateMyEvent(old, { title: "C" });
    await world.client.deleteMyEvent(gone);
    const { changes, cursor } = await all(world.client, first.cursor);
    assert.deepEqual(brief(changes), [`changed ${added.id}`, `changed ${old.id}`, `removed ${gone.id}`].sort());
    assert.ok(!changes.some(({ id }) => id === same.id));
    const change = changes.find(({ id }) => id === old.id);
    assert.deepEqual(change?.type === "changed" && change.event, await world.client.getEvent(old));
    assert.deepEqual((await all(world.client, cursor)).changes, []);
  },

  async "tells what others did: invitations, changes, answers, and what they called off"(world) {
    const [ann] = world.people;
    const own = await make(world, { attendees: [ann] });
    let { cursor } = await world.client.getChanges();
    const next = async (): Promise<EventChange[]> => {
      const page = await all(world.client, cursor);
      cursor = page.cursor;
      return page.changes;
    };
    const time = { start: at(world, 2), end: at(world, 2, "13:00") };
    const uid = await world.personCreates(ann, { title: "Board", ...time, attendees: [world.address] });
    const invited = await world.client.findEventByUid(uid);
    assert.deepEqual(brief(await next()), [`changed ${invited.id}`]);
    await world.personChanges(ann, uid, { title: "Bored" });
    await world.personAnswers(ann, own.iCalUid, "accepted");
    assert.deepEqual(brief(await next()), [`changed ${invited.id}`, `changed ${own.id}`].sort());
    await world.personCancels(ann, uid);
    assert.deepEqual(brief(await next()), [`removed ${invited.id}`]);
  },

  async "follows several calendars with one cursor"(world) {
    const calendarIds = await bothCalendars(world);
    const { cursor } = await world.client.getChanges(undefined, { calendarIds });
    const here = await make(world);
    const away = await make(world, {}, { calendarId: world.otherCalendar });
    const { changes } = await all(world.client, cursor);
    assert.deepEqual(brief(changes), [`changed ${here.id}`, `changed ${away.id}`].sort());
    assert.equal(changes.find(({ id }) => id === away.id)?.calendarId, world.otherCalendar);
    const { cursor: mainOnly } = await world.client.getChanges();
    await make(world, {}, { calendarId: world.otherCalendar });
    assert.deepEqual((await all(world.client, mainOnly)).changes, []);
  },

  async "gives cursors that another process can go on with"(world) {
    const { cursor } = await world.client.getChanges();
    const { id } = await make(world);
    assert.deepEqual(brief((await all(world.another(), cursor)).changes), [`changed ${id}`]);
  },

  async "loses nothing that happens during a first listing"(world) {
    await make(world);
    const { cursor } = await world.client.getChanges();
    const listing = world.client.getEvents(days(world, 0, 7));
    const { id } = await make(world);
    const known = new Set((await listing).map((event) => event.id));
    for (const change of (await all(world.client, cursor)).changes) known.add(change.id);
    assert.ok(known.has(id));
  },

  async "says that a cursor is too old, for which calendars, and how to go on"(world) {
    const calendarIds = await bothCalendars(world);
    const { cursor } = await world.client.getChanges(undefined, { calendarIds });
    await make(world);
    await world.expireCursors();
    const page = await world.client.getChanges(cursor);
    assert.deepEqual([page.reset, page.resetCalendars.sort()], [true, calendarIds.sort()]);
    const { id } = await make(world);
    assert.ok(brief((await all(world.client, page.cursor)).changes).includes(`changed ${id}`));
  },

  async "refuses a cursor that is none, or of other calendars"(world) {
    await assert.rejects(world.client.getChanges("made up"), withCode("request.invalid"));
    const { cursor } = await world.client.getChanges();
    const others = { calendarIds: [world.otherCalendar] };
    await assert.rejects(world.client.getChanges(cursor, others), withCode("request.invalid"));
  },
};

/** What has changed in series. */
export const followingSeries: CalendarTests = {
  async "gives series as such, with the occurrences that differ or were taken out"(world) {
    const { cursor } = await world.client.getChanges();
    const series = await makeSeries(world);
    const added = await all(world.client, cursor);
    assert.deepEqual(brief(added.changes), [`changed ${series.id}`]);
    const [change] = added.changes;
    assert.deepEqual(change?.type === "changed" && change.event.recurrence, series.recurrence);
    const [second, third] = [await occurrence(world, series, 2), await occurrence(world, series, 3)];
    await world.client.updateMyEvent(second, { title: "Other", start: at(world, 2, "18:00") });
    await world.client.deleteMyEvent(third);
    const { changes } = await all(world.client, added.cursor);
    const other = changes.find(({ id }) => id === second.id);
    assert.ok(other?.type === "changed");
    assert.deepEqual(
      [other.event.title, when(other.event), other.event.seriesId, other.event.originalStart],
      ["Other", at(world, 2, "18:00"), series.id, second.start],
    );
    const out = changes.find(({ id }) => id === third.id);
    assert.ok(out?.type === "removed");
    assert.deepEqual([out.seriesId, out.originalStart], [series.id, third.start]);
    await world.client.deleteMyEvent(series, { scope: "all" });
    const { changes: last } = await all(world.client, (await all(world.client, added.cursor)).cursor);
    assert.ok(last.every(({ type }) => type === "removed"));
  },
};
