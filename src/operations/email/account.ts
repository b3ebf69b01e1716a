import * as v from "valibot";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { name, optional } from "../fields.js";
import { changePage, stats as accountStats } from "./schemas.js";

/** What the account holds. */
export const stats: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({}),
  output: accountStats,
  run: ({ client, ...call }) => client.getAccountInfo(optionsOf(call)),
});

/** What changed since a cursor; without one, a first cursor. */
export const changes: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({
    cursor: optional(name("the cursor that the last call gave; without one, a first cursor for now")),
  }),
  output: changePage,
  run: ({ client, ...call }, { cursor }) => client.getChanges(cursor, optionsOf(call)),
});
