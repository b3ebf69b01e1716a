import assert from "node:assert/strict";
import type { WritePreview } from "../../core/write-preview.js";
import type { EventInput } from "../../calendar/models.js";
import { at, days, input, make, makeSeries, occurrence } from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

/** All that stands in the account's calendars. */
async function everything(world: CalendarWorld): Promise<unknown> {
  const [main] = await world.client.getCalendars();
  const calendarIds = [main?.id ?? "", world.otherCalendar];
  return world.client.getEvents(days(world, 0, 30), { calendarIds, includeDeclined: true });
}

/** A preview, taken twice: nothing is different afterwards, and both are the same. */
async function preview(world: CalendarWorld, take: () => Promise<WritePreview>): Promise<WritePreview> {
  const before = await everything(world);
  const mails = await world.mailsTo(world.people[0]);
  const [first, second] = [await take(), await take()];
  assert.deepEqual(await everything(world), before);
  assert.deepEqual(await world.mailsTo(world.people[0]), mails);
  assert.deepEqual(first, second);
  assert.equal(first.account, world.address);
  assert.match(first.payloadHash, /^[0-9a-f]{64}$/);
  return first;
}

const dryRun = { dryRun: true } as const;

/** What a write would do. */
export const previews: CalendarTests = {
  async "tells what a new event would be, who would be told, and what it clashes with"(world) {
    const [ann] = world.people;
    await make(world, { title: "Dentist" });
    const wanted: EventInput = input(world, { title: "Budget", attendees: [ann] });
    const told = await preview(world, () => world.client.createMyEvent(wanted, dryRun));
    assert.deepEqual([told.recipients, told.notified, told.occurrences], [[ann], [ann], 1]);
    assert.ok(told.diff.some((line) => line.includes("Budget")));
    assert.ok(told.warnings?.some((line) => line.includes("Dentist")));
    const quiet = await preview(world, () => world.client.createMyEvent(wanted, { ...dryRun, notify: "none" }));
    assert.deepEqual([quiet.recipients, quiet.notified], [[ann], []]);
    const other = { ...wanted, title: "Other" };
    assert.notEqual((await world.client.createMyEvent(other, dryRun)).payloadHash, told.payloadHash);
  },

  async "tells what a change would overwrite"(world) {
    const [ann] = world.people;
    const event = await make(world, { location: "Room 4", attendees: [ann] });
    const changes = { location: "Room 9", start: at(world, 2) };
    const told = await preview(world, () => world.client.updateMyEvent(event, changes, dryRun));
    assert.deepEqual([told.notified, told.occurrences, told.reversible], [[ann], 1, true]);
    const diff = told.diff.join("\n");
    assert.ok(diff.includes("Room 4") && diff.includes("Room 9"), diff);
    assert.equal(told.diff.length >= 2, true);
  },

  async "tells what would be called off or moved"(world) {
    const [ann] = world.people;
    const event = await make(world, { attendees: [ann] });
    const off = await preview(world, () => world.client.deleteMyEvent(event, dryRun));
    assert.deepEqual([off.notified, off.occurrences], [[ann], 1]);
    assert.ok(off.diff.some((line) => line.includes("Review")));
  },

  async "tells what many writes would be"(world) {
    const [ann] = world.people;
    const events = [input(world, { title: "One", attendees: [ann] }), input(world, { title: "Two" })];
    const made = await preview(world, () => world.client.batchCreateEvents(events, dryRun));
    assert.deepEqual([made.occurrences, made.notified], [2, [ann]]);
    const updates = [
      { ref: await make(world), changes: { title: "A" } },
      { ref: await make(world, { start: at(world, 3) }), changes: { title: "B" } },
    ];
    const changed = await preview(world, () => world.client.batchUpdateEvents(updates, dryRun));
    assert.equal(changed.occurrences, 2);
    assert.ok(changed.diff.join("\n").includes("Review"));
  },
};

/** The same for series. */
export const seriesPreviews: CalendarTests = {
  async "counts the occurrences of a series that would be different"(world) {
    const series = await makeSeries(world);
    const third = await occurrence(world, series, 3);
    for (const [scope, count] of [
      ["this", 1],
      ["following", 3],
      ["all", 5],
    ] as const) {
      const changed = await preview(world, () =>
        world.client.updateMyEvent(third, { title: "x" }, { scope, ...dryRun }),
      );
      assert.equal(changed.occurrences, count, scope);
      const deleted = await preview(world, () => world.client.deleteMyEvent(third, { scope, ...dryRun }));
      assert.equal(deleted.occurrences, count, scope);
    }
  },
};

/** The same for moves. */
export const movePreviews: CalendarTests = {
  async "tells where an event would go"(world) {
    const event = await make(world);
    const told = await preview(world, () => world.client.moveMyEvent(event, world.otherCalendar, dryRun));
    assert.deepEqual([told.occurrences, told.diff.length > 0], [1, true]);
  },
};

/** The same for answers. */
export const answerPreviews: CalendarTests = {
  async "tells what an answer would be"(world) {
    const [ann, bo] = world.people;
    const time = { start: at(world, 1), end: at(world, 1, "13:00") };
    const uid = await world.personCreates(ann, { title: "Board", ...time, attendees: [world.address, bo] });
    const event = await world.client.findEventByUid(uid);
    const before = await world.personSees(ann, uid);
    const told = await preview(world, () => world.client.respondToInvitation(event, "accepted", dryRun));
    assert.deepEqual([told.notified, told.reversible], [[ann], true]);
    assert.ok(told.diff.some((line) => line.includes("accepted")));
    const range = days(world, 2, 3);
    const proposed = await preview(world, () => world.client.suggestReschedule(event, range, "Later", dryRun));
    assert.deepEqual(proposed.notified, [ann]);
    assert.deepEqual(await world.personSees(ann, uid), before);
  },
};
