import assert from "node:assert/strict";
import type { BatchUpdateResult } from "../../calendar/batch-models.js";
import { at, days, input, make, makeSeries, occurrence, occurrences, titles, withCode } from "./scene.js";
import type { CalendarTests, CalendarWorld } from "./world.js";

const codes = ({ outcomes }: BatchUpdateResult): string[] =>
  outcomes.map((outcome) => (outcome.done ? "done" : outcome.error.code));

const agenda = async (world: CalendarWorld): Promise<string[]> =>
  titles(await world.client.getEvents(days(world, 0, 30))).sort();

const several = (world: CalendarWorld, names: readonly string[]): ReturnType<typeof input>[] =>
  names.map((title, index) => input(world, { title, start: at(world, index + 1) }));

/** Many at once. */
export const many: CalendarTests = {
  async "creates many, with an outcome for each in the order they were given"(world) {
    const names = Array.from({ length: 12 }, (_, index) => `Event ${String(index).padStart(2, "0")}`);
    const [first, ...rest] = several(world, names);
    assert.ok(first);
    const wrong = input(world, { title: "Wrong", end: at(world, 1, "11:00") });
    const result = await world.client.batchCreateEvents([first, wrong, ...rest]);
    assert.deepEqual([result.done, result.failed, result.notUndone], [12, 1, []]);
    assert.deepEqual(
      result.outcomes.map(({ index, done }) => [index, done]),
      Array.from({ length: 13 }, (_, index) => [index, index !== 1]),
    );
    assert.equal(codes(result)[1], "request.invalid");
    const made = result.outcomes.flatMap((outcome) => (outcome.done ? [outcome.result.event.title] : []));
    assert.deepEqual(made, names);
    assert.deepEqual(await agenda(world), names);
    assert.deepEqual((await world.client.batchCreateEvents([])).outcomes, []);
  },

  async "creates many once, however often the same key is used"(world) {
    const events = several(world, ["a", "b", "c"]);
    const ids = async (): Promise<(string | undefined)[]> => {
      const { outcomes } = await world.client.batchCreateEvents(events, { idempotencyKey: "import 1" });
      return outcomes.map((outcome) => (outcome.done ? outcome.result.event.id : undefined));
    };
    const first = await ids();
    assert.equal(new Set(first).size, 3);
    assert.deepEqual(await ids(), first);
    assert.deepEqual(await agenda(world), ["a", "b", "c"]);
  },

  async "takes back what it created when one fails, if all or nothing is wanted"(world) {
    const events = [...several(world, ["a", "b"]), input(world, { end: at(world, 1, "11:00") })];
    const result = await world.client.batchCreateEvents(events, { atomic: true });
    assert.deepEqual([result.done, result.failed, result.notUndone], [0, 3, []]);
    assert.deepEqual(codes(result)[2], "request.invalid");
    assert.deepEqual(await agenda(world), []);
    const fine = await world.client.batchCreateEvents(events.slice(0, 2), { atomic: true });
    assert.deepEqual(codes(fine), ["done", "done"]);
  },

  async "changes many, with an outcome for each"(world) {
    const events = await Promise.all(several(world, ["a", "b", "c"]).map((each) => make(world, each)));
    const updates = events.map((ref, index) => ({ ref, changes: { title: `new ${index}` } }));
    const missing = { ref: "nothing0like0this", changes: { title: "x" } };
    const stale = { ref: events[0] ?? "", changes: { location: "x" }, expectedVersion: "no such version" };
    const result = await world.client.batchUpdateEvents([...updates, missing, stale]);
    assert.deepEqual(codes(result), ["done", "done", "done", "request.not_found", "request.conflict"]);
    assert.deepEqual([result.done, result.failed], [3, 2]);
    assert.deepEqual(await agenda(world), ["new 0", "new 1", "new 2"]);
  },

  async "takes back what it changed when one fails, if all or nothing is wanted"(world) {
    const [ann] = world.people;
    const first = await make(world, { title: "a", location: "Room 4", attendees: [ann] });
    await world.personAnswers(ann, first.iCalUid, "accepted");
    const updates = [
      { ref: first, changes: { title: "x", location: null, start: at(world, 4) } },
      { ref: "nothing0like0this", changes: { title: "x" } },
    ];
    const result = await world.client.batchUpdateEvents(updates, { atomic: true });
    assert.deepEqual([result.done, result.failed, result.notUndone], [0, 2, []]);
    const [undone] = result.outcomes;
    assert.ok(undone?.done === false && (undone.undone || codes(result)[0] !== "done"));
    const after = await world.client.getEvent(first);
    assert.deepEqual([after.title, after.location, after.start], ["a", "Room 4", first.start]);
    assert.equal(after.attendees.find(({ email }) => email === ann)?.response, "accepted");
  },

  async "takes back what was written already when a later one cannot be"(world) {
    const event = await make(world, { title: "a", properties: { ticket: "A-17" } });
    const updates = [
      { ref: event, changes: { title: "x", properties: { ticket: null } } },
      // Not any more, once the first is written.
      { ref: event, changes: { title: "y" }, expectedVersion: event.version },
    ];
    const result = await world.client.batchUpdateEvents(updates, { atomic: true });
    assert.deepEqual([result.done, result.failed, result.notUndone], [0, 2, []]);
    assert.ok(result.outcomes[0]?.done === false && result.outcomes[0].undone);
    assert.equal(codes(result)[1], "request.conflict");
    const after = await world.client.getEvent(event);
    assert.deepEqual([after.title, after.properties, after.start], ["a", { ticket: "A-17" }, event.start]);
  },

  async "refuses a list that holds what is no event"(world) {
    const wrong = [input(world), { titel: "x" } as never];
    await assert.rejects(world.client.batchCreateEvents(wrong), withCode("request.invalid"));
    assert.deepEqual(await agenda(world), []);
  },
};

/** Many changes of a series. */
export const manySeries: CalendarTests = {
  async "puts a series together again that was parted, when a later change cannot be"(world) {
    const series = await makeSeries(world);
    await world.client.updateMyEvent(await occurrence(world, series, 4), { title: "Fourth" });
    const before = (await occurrences(world, series)).map(({ title, start }) => [title, start]);
    const single = await make(world, { start: at(world, 20) });
    const third = await occurrence(world, series, 3);
    const updates = [
      { ref: third, changes: { location: "Roof", start: at(world, 3, "15:00") }, scope: "following" as const },
      { ref: single, changes: { title: "x" } },
      { ref: single, changes: { title: "y" }, expectedVersion: single.version },
    ];
    const result = await world.client.batchUpdateEvents(updates, { atomic: true });
    assert.deepEqual([result.done, result.notUndone], [0, []]);
    const events = await world.client.getEvents(days(world, 0, 19));
    assert.deepEqual(
      events.map(({ title, start }) => [title, start]),
      before,
    );
    assert.ok(events.every(({ seriesId, location }) => seriesId === series.id && location === undefined));
  },

  async "changes many of one series, one after the other"(world) {
    const series = await makeSeries(world);
    const all = await occurrences(world, series);
    const updates = [
      ...all.map((ref, index) => ({ ref, changes: { title: `day ${index}` } })),
      { ref: series, changes: { title: "x" } },
      { ref: await occurrence(world, series, 5), changes: { location: "Room 4" }, scope: "this" as const },
    ];
    const result = await world.client.batchUpdateEvents(updates);
    assert.deepEqual(codes(result), [...all.map(() => "done"), "request.scope_required", "done"]);
    const left = await occurrences(world, series);
    assert.deepEqual(titles(left), ["day 0", "day 1", "day 2", "day 3", "day 4"]);
    assert.equal(left[4]?.location, "Room 4");
  },
};
