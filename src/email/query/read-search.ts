import type { Clock } from "../../core/clock.js";
import { loadZonedTime } from "../../core/zoned-time.js";
import type { SearchInput } from "../client.js";
import { requireSearchQuery } from "../inputs.js";
import type { EmailQuery } from "./ast.js";
import { queryFromFields } from "./from-fields.js";
import { parseSearch } from "./parse.js";

/**
 * A search as it was asked for, by text or by fields, as the tree that a provider compiles.
 *
 * @param timeZone - of dates and times without an offset. IANA name
 * @throws RequestError `request.invalid` naming the place or the field
 */
export async function readSearch(input: SearchInput, clock: Clock, timeZone: string): Promise<EmailQuery> {
  const query = requireSearchQuery(input);
  if (typeof query === "string") return parseSearch(query);
  return queryFromFields(query, await loadZonedTime(clock), timeZone);
}
