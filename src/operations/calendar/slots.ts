import * as v from "valibot";
import type { AvailabilityQuery, WorkingHours } from "../../calendar/availability-models.js";
import { given } from "../../core/given.js";
import { weekdays } from "../../core/zoned-time.js";
import { optionsOf } from "../call-options.js";
import { choice, choices, flag, list, optional, pattern, time, whole } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { inFields } from "../wrong-input.js";
import { daySchema, slotSchema } from "./availability-schemas.js";
import { optionalGuests } from "./event-fields.js";
import { calendars, fieldNames, from, timeZone } from "./fields.js";
import { rangeOf } from "./ranges.js";

const dayInMinutes = 24 * 60;
const clock = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)`;
const hoursForm = new RegExp(`^(?:any|${clock}-${clock})$`);
const spanForm = new RegExp(`^${clock}-${clock}$`);

const input = v.strictObject({
  minutes: optional(whole(1, 31 * dayInMinutes, "how long it is to be, default: 30")),
  people: optional(list("addresses of those who must be free besides you; with me among them in your place")),
  optionalPeople: optional(list("addresses of those who may be busy, though that ranks a time lower")),
  from,
  to: optional(time("until when, default: 7 days after from")),
  timeZone,
  hours: optional(
    pattern(
      hoursForm,
      "neither hours such as 08:30-18:00 nor any.",
      "working hours such as 08:30-18:00, or any; default: 09:00-17:00",
    ),
  ),
  weekdays: optional(choices(weekdays, "working days, default: Monday to Friday")),
  step: optional(whole(1, dayInMinutes, "times begin every so many minutes, default: 30")),
  bufferBefore: optional(whole(0, dayInMinutes, "minutes that must be free before it")),
  bufferAfter: optional(whole(0, dayInMinutes, "minutes that must be free after it")),
  notice: optional(whole(0, 366 * dayInMinutes, "how many minutes ahead people must know of it")),
  prefer: optional(list("times of day that rank higher, such as 09:00-12:00", spanForm)),
  tentativeFree: optional(flag("take times that you have not firmly accepted, though ranked lower")),
  allDay: optional(
    choice(["as_marked", "busy", "free"], "whether your all-day events count, default: as they are marked"),
  ),
  calendars,
  limit: optional(whole(1, 10_000, "at most so many, the best first; default: 10")),
  explain: optional(flag("tell for each day what rules times out")),
});
type Asked = v.InferOutput<typeof input>;

/** Times that suit everybody. */
export const slots: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: v.object({ slots: v.array(slotSchema), days: v.exactOptional(v.array(daySchema)) }),
  run: async (call, asked) => {
    const query = toQuery(asked);
    const options = optionsOf(call);
    const finding = Promise.all([
      call.client.findAvailableSlots(query, options),
      asked.explain === true ? call.client.explainAvailability(query, options) : undefined,
    ]);
    const [found, days] = await inFields(fieldNames, finding);
    return { slots: found, ...given({ days }) };
  },
});

function toQuery({ minutes = 30, people = [], optionalPeople = [], prefer, ...asked }: Asked): AvailabilityQuery {
  const { step, bufferBefore, bufferAfter, notice, tentativeFree, allDay, calendars: calendarIds, limit } = asked;
  return {
    range: rangeOf(asked, 7),
    durationMinutes: minutes,
    people: [...people, ...optionalGuests(optionalPeople)],
    ...given({ timeZone: asked.timeZone, workingHours: workingHours(asked), stepMinutes: step }),
    ...given({ bufferBeforeMinutes: bufferBefore, bufferAfterMinutes: bufferAfter, minimumNoticeMinutes: notice }),
    ...given({ allDay, calendarIds, limit, preferredTimes: prefer?.map(clockSpan) }),
    ...(tentativeFree !== undefined && { tentative: tentativeFree ? "free" : "busy" }),
  };
}

function workingHours({ hours, weekdays: days }: Asked): WorkingHours | "any" | undefined {
  if (days === undefined) return hours === undefined || hours === "any" ? hours : clockSpan(hours);
  if (hours === undefined) return { days };
  return { days, ...(hours === "any" ? { start: "00:00", end: "24:00" } : clockSpan(hours)) };
}

/** A written span such as `09:00-12:00`. */
function clockSpan(written: string): { start: string; end: string } {
  const [start = "", end = ""] = written.split("-");
  return { start, end };
}
