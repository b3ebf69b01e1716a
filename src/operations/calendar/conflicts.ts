import * as v from "valibot";
import type { EventInput, EventRef } from "../../calendar/models.js";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { list, name, optional, text, time } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { inFields, wrongInput } from "../wrong-input.js";
import { eventFields, eventSettings } from "./event-fields.js";
import { eventRef } from "./event-ref.js";
import { calendar, fieldNames, timeZone } from "./fields.js";
import { conflictSchema } from "./schemas.js";

const { end, minutes, attendees, repeat } = eventFields;
const input = v.strictObject({
  id: optional(name("id of an event that exists; for a planned one give start instead")),
  calendar,
  start: optional(time("when a planned event begins")),
  ...{ end, minutes, attendees, repeat },
  title: optional(text("what a planned event is called, to find one that says the same")),
  calendars: optional(list("ids of the calendars to look in, default: the main one, and the event's own")),
  timeZone,
});
type Asked = v.InferOutput<typeof input>;

/** What an event clashes with. */
export const conflicts: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: v.object({ conflicts: v.array(conflictSchema) }),
  run: async (call, asked) => {
    const options = { ...optionsOf(call), ...given({ calendarIds: asked.calendars, timeZone: asked.timeZone }) };
    return { conflicts: await inFields(fieldNames, call.client.findConflicts(subject(asked), options)) };
  },
});

/** @throws RequestError `request.invalid` unless it is either an event that exists or a planned one */
function subject({ id, calendar: calendarId, start, ...asked }: Asked): EventRef | EventInput {
  const planned = { ...asked, start };
  if (id === undefined) {
    if (start === undefined)
      throw wrongInput("id", "is missing", "Give the id of an event, or the start of a planned one");
    if (calendarId !== undefined) throw wrongInput("calendar", "is given without an id", "Give calendars to look in");
    const { title = "", attendees: invited } = asked;
    return { title, start, ...eventSettings(asked), ...given({ attendees: invited }) };
  }
  const beside = plannedFields.find((field) => planned[field] !== undefined);
  if (beside !== undefined) throw wrongInput(beside, "is given beside an id", "Give an id, or what is planned");
  return eventRef({ id, calendar: calendarId });
}

const plannedFields = ["start", "end", "minutes", "attendees", "repeat", "title"] as const;
