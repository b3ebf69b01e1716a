import { emailConformance } from "maigic-integrations/testing";
import { describe, expect, it } from "vitest";
import { memoryWorld } from "./support/memory-mail/world.js";

// A service of another kind, made with nothing but the package's public entries.
const provider = {
  getName: () => "memory_mail",
  capabilities: { threads: true, send: true, drafts: true, changes: true, labels: false, importance: false },
};

const skip = [
  { test: "errors > reads again what was refused or failed for a moment", reason: "reading from memory does not fail" },
];
emailConformance({ describe, it }, { provider, createWorld: memoryWorld, skip });

describe("emailConformance", () => {
  it.each([
    ["of a test that does not exist", "reading > nothing", "because"],
    ["without a reason", "following > refuses a cursor that is none", " "],
  ])("takes no skip %s", (_, test, reason) => {
    const options = { provider, createWorld: memoryWorld, skip: [{ test, reason }] };
    expect(() => emailConformance({ describe: () => undefined, it: () => undefined }, options)).toThrow(/test|reason/);
  });
});
