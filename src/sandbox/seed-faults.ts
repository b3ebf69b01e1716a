import * as v from "valibot";
import type { FaultName } from "./fault-catalogue.js";
import type { FaultRule } from "./faults.js";

/** Faults that a world has from the beginning, as `failNext` takes them. */
export type SeedFault = Omit<FaultRule, "killClient">;

const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)));

/** How a seed writes them. Whether there are such faults, methods and people is looked at when the sandbox starts. */
export const seedFaults: v.GenericSchema<unknown, SeedFault[]> = v.array(
  v.strictObject({
    method: v.optional(v.string()),
    user: v.optional(v.string()),
    after: count,
    times: count,
    probability: v.optional(v.number()),
    seed: v.optional(v.number()),
    seconds: v.optional(v.number()),
    respond: v.union([
      v.custom<FaultName>((value) => typeof value === "string", "it is neither a fault's name nor an answer"),
      v.strictObject({
        status: v.number(),
        headers: v.optional(v.record(v.string(), v.string())),
        body: v.optional(v.unknown()),
        contentType: v.optional(v.string()),
      }),
    ]),
  }),
);
