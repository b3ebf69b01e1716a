import * as v from "valibot";
import type { CalendarClient } from "../../calendar/client.js";
import type { CallOptions } from "../../core/deadline.js";
import { given } from "../../core/given.js";
import { optionsOfMany } from "../call-options.js";
import { list, optional, whole } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { from, timeZone } from "./fields.js";
import { rangeOf, type AskedRange } from "./ranges.js";
import { eventSchema, failureSchema, type FieldsOf } from "./schemas.js";

/** What is ahead in the calendars that the person looks at. */
export const agenda: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input: v.strictObject({
    from,
    days: optional(whole(1, 366, "how many days, default: 1")),
    calendars: optional(list("ids of the calendars to read, default: those that are shown at the service")),
    timeZone,
  }),
  output: v.object({
    events: v.array(eventSchema),
    failures: v.array(failureSchema),
    range: v.object({
      start: v.string(),
      end: v.string(),
      timeZone: v.exactOptional(v.string()),
    } satisfies FieldsOf<AskedRange>),
  }),
  run: async ({ client, ...call }, { days = 1, calendars, ...input }) => {
    const range = rangeOf(input, days);
    const { options, end } = optionsOfMany(call);
    try {
      const calendarIds = calendars ?? (await shownCalendars(client, options));
      const reading = { ...options, ...given({ calendarIds, timeZone: input.timeZone }) };
      const { events, failures } = await client.listEvents(range, reading);
      return { events, failures, range };
    } finally {
      end();
    }
  },
});

/** The calendars that a person's own view shows; undefined when it shows none. */
async function shownCalendars(client: CalendarClient, options: CallOptions): Promise<string[] | undefined> {
  const shown = (await client.getCalendars(options)).filter(({ selected }) => selected);
  return shown.length === 0 ? undefined : shown.map(({ id }) => id);
}
