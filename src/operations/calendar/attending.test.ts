import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alicesCalendars, berlin, bob, fromBob } from "../../../test/support/alices-calendars.js";
import { previewOperation, runOperation } from "../../../test/support/run-operation.js";
import type { WritePreview } from "../../core/write-preview.js";

let world: Awaited<ReturnType<typeof alicesCalendars>>;
beforeAll(async () => {
  const invitation = (id: string): object => ({ ...fromBob(), id, summary: id });
  world = await alicesCalendars([
    berlin("2026-11-24T09:00", invitation("review001")),
    berlin("2026-11-25T09:00", { ...invitation("weekly001"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] }),
    berlin("2026-11-26T09:00", invitation("lunch0001")),
  ]);
});
afterAll(() => world[Symbol.asyncDispose]());

const run = (name: string, input?: object): Promise<Record<string, unknown>> =>
  runOperation({ client: world.calendar }, `calendar.${name}`, input);
const preview = (name: string, input: object): Promise<WritePreview> =>
  previewOperation({ client: world.calendar }, `calendar.${name}`, input);
const titled = (...titles: string[]): unknown => titles.map((title) => expect.objectContaining({ title }) as unknown);

describe("invitations as operations", () => {
  it("are given while they wait, answered, and given another time for", async () => {
    const { cursor } = await run("changes", { calendars: ["primary"] });
    expect(await run("invitations")).toEqual({ events: titled("review001", "weekly001", "lunch0001") });
    expect(await run("invitations", { to: "today+2", calendars: ["primary"], timeZone: "Europe/Berlin" })).toEqual({
      events: titled("review001"),
    });

    const answer = { id: "weekly001", answer: "accepted", comment: "See you there", calendar: "primary", scope: "all" };
    expect(await preview("respond", answer)).toMatchObject({ recipients: [bob], occurrences: 3 });
    expect((await run("invitations"))["events"]).toHaveLength(3);
    expect(await run("respond", answer)).toMatchObject({ event: { myResponse: "accepted" }, notified: [bob] });

    const proposal = { id: "lunch0001", start: "2026-11-26 12:00", end: "2026-11-26 13:00", message: "Hungry then" };
    expect(await preview("propose", proposal)).toMatchObject({ recipients: [bob] });
    expect(await run("propose", { ...proposal, timeZone: "Europe/Berlin", notify: "none" })).toMatchObject({
      ...{ event: { myResponse: "tentative" }, notified: [], conflicts: [] },
      delivery: { how: "comment", text: expect.stringContaining("Hungry then") as unknown },
    });
    expect(await run("invitations")).toEqual({ events: titled("review001") });

    const { changes } = await run("changes", { cursor, timeZone: "Europe/Berlin" });
    expect(changes).toEqual(
      ["weekly001", "lunch0001"].map((id) => expect.objectContaining({ type: "changed", id }) as unknown),
    );
  });
});
