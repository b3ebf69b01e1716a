import type { Calendars } from "./calendars.js";
import { omit } from "./event-fields.js";
import type { SharedEvent } from "./stored-event.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A single occurrence cannot be more visible than its series; one that becomes less visible takes the whole series with
 * it.
 *
 * @returns the fields that the occurrence gets
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events#visibility
 */
export function restrictSeries(calendars: Calendars, { series, fields: before }: SharedEvent, fields: Fields): Fields {
  if (!series) return fields;
  const [had, wanted] = [strictness(before), strictness(fields)];
  if (wanted < had) return withVisibility(fields, before["visibility"]);
  if (wanted > had) {
    for (const each of [series, ...series.exceptions]) {
      if (strictness(each.fields) >= wanted) continue;
      each.fields = withVisibility(each.fields, fields["visibility"]);
      calendars.markUpdated(each);
      calendars.touch(each);
    }
  }
  return fields;
}

function strictness({ visibility }: Fields): number {
  if (visibility === "public") return 0;
  return visibility === "private" || visibility === "confidential" ? 2 : 1;
}

function withVisibility(fields: Fields, value: unknown): Fields {
  const others = omit(fields, "visibility");
  return value === undefined ? others : { ...others, visibility: value };
}
