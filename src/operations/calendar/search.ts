import * as v from "valibot";
import type { CalendarClient } from "../../calendar/client.js";
import type { CalendarSearchQuery, EventPage } from "../../calendar/models.js";
import type { PageOptions } from "../../calendar/options.js";
import type { CallOptions } from "../../core/deadline.js";
import { given } from "../../core/given.js";
import { choice, name, optional, time } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { inFields, wrongInput } from "../wrong-input.js";
import { eventPages } from "./event-pages.js";
import { calendars, cursor, fieldNames, limit, timeZone } from "./fields.js";
import { rangeIfGiven } from "./ranges.js";
import { eventPageSchema } from "./schemas.js";

const input = v.strictObject({
  query: optional(name("words that must all be there, or a phrase in quotes")),
  attendee: optional(name("who attends: an address, or a part of a name or address")),
  organizer: optional(name("who organizes: an address, or a part of a name or address")),
  status: optional(choice(["confirmed", "tentative", "cancelled"], "the event's status")),
  answer: optional(choice(["accepted", "declined", "tentative", "needsAction"], "this account's own answer")),
  from: optional(time("from when, default: 90 days ago")),
  to: optional(time("until when, default: in a year")),
  calendars,
  limit,
  cursor,
  timeZone,
});
type Asked = v.InferOutput<typeof input>;

/** Events that fit, a page of them; as a stream all. */
export const search: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: eventPageSchema,
  ...eventPages(readPage),
});

function readPage(client: CalendarClient, asked: Asked, options: CallOptions & PageOptions): Promise<EventPage> {
  const { calendars: calendarIds, timeZone: zone } = asked;
  const searching = client.searchEvents(searchQuery(asked), {
    ...options,
    ...given({ calendarIds, timeZone: zone }),
  });
  return inFields(fieldNames, searching);
}

/** @throws RequestError `request.invalid` when nothing is looked for */
function searchQuery({
  query: text,
  attendee,
  organizer,
  status,
  answer: myResponse,
  ...asked
}: Asked): CalendarSearchQuery {
  const wanted = given({ text, attendee, organizer, status, myResponse });
  const hint = "Give query, attendee, organizer, status or answer";
  if (Object.keys(wanted).length === 0)
    throw wrongInput("query", "is missing, and no other field says what to look for", hint);
  return { ...wanted, ...given({ range: rangeIfGiven(asked, { start: "today-90", end: "today+365" }) }) };
}
