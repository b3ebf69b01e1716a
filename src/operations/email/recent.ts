import * as v from "valibot";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { name, optional } from "../fields.js";
import { body } from "./fields.js";
import { paging } from "./paging.js";
import { email } from "./schemas.js";

/** The newest mails of a folder: of the last days, so many, or both; with neither, of 7 days. */
export const recent: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({
    days: optional(
      v.pipe(
        v.number(),
        v.gtValue(0, "It is not above 0."),
        v.description("how many days back; default: 7, with a limit as far as it goes"),
      ),
    ),
    limit: paging.limit,
    folder: optional(name("a folder or label by name or id; default: inbox")),
    body,
  }),
  output: v.object({ emails: v.array(email) }),
  async run({ client, ...call }, { days, limit, folder, body: includeBody }) {
    const options = { ...optionsOf(call), ...given({ days, count: limit, folder, includeBody }) };
    return { emails: await client.getRecentEmails(options) };
  },
});
