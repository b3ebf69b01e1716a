import * as v from "valibot";
import { given } from "../../core/given.js";
import { defineOperation, type Operation } from "../operation.js";

/** One page of a search; as a stream all that it finds. */
export const search: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({
    query: v.pipe(v.string(), v.description("what to search for, in Gmail's search syntax")),
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.description("at most so many"))),
    cursor: v.optional(v.pipe(v.string(), v.description("continues where an earlier page ended"))),
    body: v.optional(v.pipe(v.boolean(), v.description("read the texts as well"))),
  }),
  output: v.object({ emails: v.array(v.unknown()), cursor: v.optional(v.string()) }),
  run: ({ client, ...call }, { query, limit, cursor, body }) =>
    client.searchEmails(query, { ...call, ...given({ limit, cursor, includeBody: body }) }),
});
