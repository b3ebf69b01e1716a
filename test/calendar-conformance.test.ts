import { calendarConformance } from "maigic-integrations/testing";
import { describe, expect, it } from "vitest";
import { memoryCalendarWorld } from "./support/memory-calendar/world.js";

// A service of another kind, made with nothing but the package's public entries.
const provider = {
  getName: () => "memory_calendar",
  capabilities: {
    ...{ read: true, search: true, freeBusy: true, create: true, recurrence: true, move: true, conference: false },
    ...{ respond: true, proposals: true, cancellationMessage: true, changes: true },
  },
};

const reason = "memory neither fails nor loses an answer";
const skip = [
  { test: "creating > creates once when an answer is lost, with a key or without", reason },
  { test: "changing > changes once when the answer is lost", reason },
  { test: "answering > answers once when the answer's answer is lost", reason },
  { test: "errors > reads again what was refused or failed for a moment", reason },
];
calendarConformance({ describe, it }, { provider, createWorld: memoryCalendarWorld, skip });

describe("calendarConformance", () => {
  it.each([
    ["of a test that does not exist", "reading > nothing", "because"],
    ["without a reason", "following > refuses a cursor that is none", " "],
  ])("takes no skip %s", (_, test, why) => {
    const options = { provider, createWorld: memoryCalendarWorld, skip: [{ test, reason: why }] };
    expect(() => calendarConformance({ describe: () => undefined, it: () => undefined }, options)).toThrow(
      /test|reason/,
    );
  });
});
