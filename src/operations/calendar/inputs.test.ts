import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { requireInput } from "../../core/input.js";
import type { Operation, OperationEntry } from "../operation.js";
import { calendarOperations } from "./index.js";

let loaded: { entry: OperationEntry; operation: Operation }[];
beforeAll(async () => {
  loaded = await Promise.all(calendarOperations.map(async (entry) => ({ entry, operation: await entry.load() })));
});

describe("the inputs of calendar operations", () => {
  it.each([
    ["calendar.agenda", { days: 0 }, "days"],
    ["calendar.agenda", { from: "someday" }, "from"],
    ["calendar.events", { limit: 1.5 }, "limit"],
    ["calendar.search", { status: "gone" }, "status"],
    ["calendar.show", {}, "id"],
    ["calendar.slots", { hours: "9-17" }, "hours"],
    ["calendar.slots", { weekdays: ["Funday"] }, "weekdays.0"],
    ["calendar.slots", { prefer: ["09:00-25:00"] }, "prefer.0"],
    ["calendar.create", { title: "Plan" }, "start"],
    ["calendar.create", { title: "Plan", start: "today", reminders: ["bell:5"] }, "reminders.0"],
    ["calendar.update", { id: "planning1", colour: "red" }, "colour"],
    ["calendar.respond", { id: "planning1", answer: "maybe" }, "answer"],
  ])("refuses for %s the input %j, naming %s", (name, input, field) => {
    const operation = loaded.find(({ entry }) => entry.name === name)?.operation;
    expect(() => operation && requireInput(operation.input, input, "input")).toThrow(
      expect.objectContaining({ code: "request.invalid", details: { field } }) as Error,
    );
  });

  it("reads times in all the spellings that clients do", async () => {
    const agenda = await calendarOperations[0]?.load();
    const spellings = [
      "today",
      "TODAY-3",
      "today+1 09:00",
      "2026-11-24",
      "20261124",
      "2026-11-24T09:00",
      "2026-11-24T08:00Z",
    ];
    for (const from of [...spellings, "2026-11-24T09:00+01:00[Europe/Berlin]"]) {
      expect(agenda && v.is(agenda.input, { from }), from).toBe(true);
    }
  });
});
