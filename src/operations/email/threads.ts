import * as v from "valibot";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { optional, text } from "../fields.js";
import { fromPages, paging } from "./paging.js";
import { threadPage } from "./schemas.js";

/** One page of conversations; as a stream all of them. */
export const threads: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({
    query: optional(text("what one of its mails must fit, in Gmail's search syntax; default: in:inbox")),
    ...paging,
  }),
  output: threadPage,
  run: ({ client, ...call }, { query, limit, cursor }) =>
    client.listThreads(query, { ...optionsOf(call), ...given({ limit, cursor }) }),
  stream: ({ client, ...call }, { query, ...place }) =>
    fromPages(call, place, async (options) => {
      const page = await client.listThreads(query, options);
      return { items: page.threads, next: page.cursor };
    }),
});
