import * as v from "valibot";
import { optionsOf } from "../call-options.js";
import { list, optional, time } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { inFields } from "../wrong-input.js";
import { freeBusySchema } from "./availability-schemas.js";
import { fieldNames, from, timeZone } from "./fields.js";
import { rangeOf } from "./ranges.js";

/** When people are busy. */
export const free: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input: v.strictObject({
    who: optional(list("addresses of people, or me; default: me")),
    from,
    to: optional(time("until when, default: 7 days after from")),
    timeZone,
  }),
  output: v.object({ freeBusy: v.array(freeBusySchema) }),
  run: async (call, { who = [], ...asked }) => {
    const named = who.length === 0 ? ["me"] : who;
    const reading = call.client.getFreeBusy(rangeOf(asked, 7), named, optionsOf(call));
    return { freeBusy: await inFields(fieldNames, reading) };
  },
});
