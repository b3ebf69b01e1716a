import * as v from "valibot";
import { given } from "../../core/given.js";
import { take } from "../../core/pages.js";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { text } from "../fields.js";
import { body } from "./fields.js";
import { fromPages, paging } from "./paging.js";
import { searchResult } from "./schemas.js";

/** One page of a search; as a stream all that it finds. */
export const search: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ query: text("what to search for, in Gmail's search syntax"), ...paging, body }),
  output: searchResult,
  run: ({ client, ...call }, { query, limit, cursor, body: includeBody }) =>
    client.searchEmails(query, { ...optionsOf(call), ...given({ limit, cursor, includeBody }) }),
  stream({ client, ...call }, { query, limit, cursor, body: includeBody }) {
    const reading = given({ includeBody });
    if (cursor === undefined) return take(client.iterateEmails(query, { ...optionsOf(call), ...reading }), limit);
    // Only pages can be gone on with.
    return fromPages(call, { limit, cursor }, async (options) => {
      const page = await client.searchEmails(query, { ...options, ...reading });
      return { items: page.emails, next: page.cursor };
    });
  },
});
