import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { CalendarClient } from "../../calendar/client.js";
import { at, days, input, make, titles, withCode } from "./scene.js";
import type { CalendarTests } from "./world.js";

const invalid = withCode("request.invalid");

/** How calls fail. */
export const errors: CalendarTests = {
  async "refuses every write of a client that may only read, and changes nothing"(world) {
    const event = await make(world);
    const { readOnly } = world;
    const range = days(world, 2, 3);
    const writes: (() => Promise<unknown>)[] = [
      () => readOnly.createMyEvent(input(world)),
      () => readOnly.updateMyEvent(event, { title: "x" }),
      () => readOnly.deleteMyEvent(event),
      () => readOnly.moveMyEvent(event, world.otherCalendar),
      () => readOnly.batchCreateEvents([input(world)]),
      () => readOnly.batchUpdateEvents([{ ref: event, changes: { title: "x" } }]),
      () => readOnly.respondToInvitation(event, "accepted"),
      () => readOnly.createMyEvent(input(world), { dryRun: true }),
      () => readOnly.suggestReschedule(event, range),
    ];
    for (const write of writes) {
      await assert.rejects(write(), withCode("request.forbidden"), write.toString());
    }
    assert.deepEqual(await readOnly.getEvents(days(world, 0, 7)), [event]);
  },

  async "reads again what was refused or failed for a moment"(world) {
    const event = await make(world);
    for (const failure of ["unavailable", "too_fast"] as const) {
      world.failNext(failure);
      assert.deepEqual(await world.another().getEvents(days(world, 0, 7)), [event]);
    }
  },

  async "names what is wrong with an input, and the method"(world) {
    const { client } = world;
    const range = days(world, 0, 7);
    const wrong: (() => Promise<unknown>)[] = [
      () => client.getEvents({ start: "2026-11-23" } as never),
      () => client.getEvents(range, { calendarIds: "primary" } as never),
      () => client.getEvents(range, { colour: "red" } as never),
      () => client.getEvent(undefined as never),
      () => client.getEvent(""),
      () => client.searchEvents({ atendee: "ann" } as never),
      () => client.getFreeBusy(range, [7] as never),
      () => client.findAvailableSlots({ range, durationMinutes: 0 }),
      () => client.createMyEvent({ title: "x" } as never),
      () => client.updateMyEvent("a", { titel: "x" } as never),
      () => client.updateMyEvent("a", { title: "x" }, { scope: "some" as "all" }),
      () => client.respondToInvitation("a", { status: "accepted", coment: "x" } as never),
      () => client.findConflicts({ titel: "x" } as never),
    ];
    for (const call of wrong) await assert.rejects(call(), invalid, call.toString());
    await assert.rejects(client.listEvents(range, { limit: 0.5 }), (error) => {
      assert.ok(isIntegrationError(error, "request.invalid"));
      assert.deepEqual([error.operation, error.service], ["listEvents", client.service]);
      return true;
    });
  },
};

/** How calls end early. */
export const cancellation: CalendarTests = {
  async "rejects with the caller's reason, before and while it works"(world) {
    await make(world);
    const range = days(world, 0, 7);
    const reason = new DOMException("enough", "AbortError");
    const isReason = (error: unknown): boolean => error === reason;
    await assert.rejects(world.client.getEvents(range, { signal: AbortSignal.abort(reason) }), isReason);
    const write = world.client.createMyEvent(input(world), { signal: AbortSignal.abort(reason) });
    await assert.rejects(write, isReason);
    const controller = new AbortController();
    const listing = world.client.getEvents(range, { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(listing, isReason);
    assert.equal((await world.client.getEvents(range)).length, 1);
  },

  async "refuses calls of a client that was closed, and may be closed twice"(world) {
    const client: CalendarClient = world.another();
    await client.connect();
    await client.close();
    await client.close();
    await assert.rejects(client.getEvents(days(world, 0, 7)), invalid);
  },
};

/** How calls get along with each other. */
export const concurrency: CalendarTests = {
  async "answers many calls at once, each with its own"(world) {
    const names = Array.from({ length: 20 }, (_, index) => `Event ${index}`);
    const events = await Promise.all(names.map((title) => make(world, { title })));
    assert.deepEqual(titles(events), names);
    assert.deepEqual(titles(await Promise.all(events.map((event) => world.client.getEvent(event)))), names);
  },

  async "keeps every change of two clients that edit one event side by side"(world) {
    const event = await make(world);
    const other = world.another();
    const names = Array.from({ length: 6 }, (_, index) => `n${index}`);
    await Promise.all([
      ...names.map((name) => world.client.updateMyEvent(event, { properties: { [`mine ${name}`]: name } })),
      ...names.map((name) => other.updateMyEvent(event, { properties: { [`theirs ${name}`]: name } })),
      other.updateMyEvent(event, { title: "New" }),
      world.client.updateMyEvent(event, { start: at(world, 4) }),
    ]);
    const after = await world.client.getEvent(event);
    const wanted = names.flatMap((name) => [
      [`mine ${name}`, name],
      [`theirs ${name}`, name],
    ]);
    assert.deepEqual(after.properties, Object.fromEntries(wanted));
    assert.deepEqual([after.title, after.start.dateTime?.slice(0, 10)], ["New", at(world, 4).slice(0, 10)]);
  },
};
