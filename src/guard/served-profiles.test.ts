import { describe, expect, it } from "vitest";
import { guardWorld } from "../../test/support/guard-world.js";
import { operations } from "../operations/index.js";
import { readOnly, type Policy } from "./policy/policy.js";
import { servedProfiles } from "./served-profiles.js";

describe("a served profile", () => {
  it("permits an operation by its name: a loader can load the table of them twice, as tsx does for CommonJS", async () => {
    await using w = await guardWorld();
    const summaries = await w.registry.getCredentialManager({ endpoints: w.sandbox.url }).listProfiles();
    const policy: Policy = {
      ...{ file: "/policy.yaml", exists: false, attachmentsDir: undefined, profiles: [] },
      grantsOf: () => readOnly,
    };
    const [served] = servedProfiles(w.registry, policy, summaries, ["work"]);
    const again = operations.map((entry) => ({ ...entry }));
    const permitted = again.filter((entry) => served?.permits(entry)).map(({ effect }) => effect);
    expect(new Set(permitted)).toEqual(new Set(["read"]));
  });
});
