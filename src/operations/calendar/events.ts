import * as v from "valibot";
import type { CalendarClient } from "../../calendar/client.js";
import type { EventPage } from "../../calendar/models.js";
import type { PageOptions } from "../../calendar/options.js";
import type { CallOptions } from "../../core/deadline.js";
import { given } from "../../core/given.js";
import { flag, optional, time } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { inFields } from "../wrong-input.js";
import { eventPages } from "./event-pages.js";
import { calendars, cursor, fieldNames, from, limit, timeZone } from "./fields.js";
import { rangeOf } from "./ranges.js";
import { eventPageSchema } from "./schemas.js";

const input = v.strictObject({
  from,
  to: optional(time("until when, default: 7 days after from")),
  calendars,
  declined: optional(flag("give invitations that were declined as well")),
  series: optional(flag("give series as such instead of their occurrences")),
  limit,
  cursor,
  timeZone,
});
type Asked = v.InferOutput<typeof input>;

/** The events of a range, a page of them; as a stream all. */
export const events: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: eventPageSchema,
  ...eventPages(readPage),
});

function readPage(client: CalendarClient, asked: Asked, options: CallOptions & PageOptions): Promise<EventPage> {
  const { calendars: calendarIds, declined: includeDeclined, series, timeZone: zone } = asked;
  const reading = client.listEvents(rangeOf(asked, 7), {
    ...options,
    ...given({ calendarIds, includeDeclined, timeZone: zone }),
    ...(series !== undefined && { expandRecurring: !series }),
  });
  return inFields(fieldNames, reading);
}
