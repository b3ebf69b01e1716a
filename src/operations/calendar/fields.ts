import type { SeriesScope } from "../../calendar/models.js";
import type { Notify } from "../../calendar/options.js";
import { choice, list, name, optional, time, whole, type Field, type OptionalField } from "../fields.js";

/** Which event is meant. */
export const id: Field<string> = name("id of the event");

/** The calendar in which that event is. */
export const calendar: OptionalField<string> = optional(name("id of its calendar, default: the main one"));

/** The calendars that are read. */
export const calendars: OptionalField<string[]> = optional(list("ids of the calendars to read, default: the main one"));

/** In which zone times are told, and those read that name none. */
export const timeZone: OptionalField<string> = optional(
  name("time zone such as Europe/Berlin, default: the profile's, else the calendar's"),
);

/** Where a list goes on. */
export const cursor: OptionalField<string> = optional(name("continues where an earlier page ended"));

/** How many are given. */
export const limit: OptionalField<number> = optional(whole(1, 100_000, "at most so many"));

/** Whom the service writes to. */
export const notify: OptionalField<Notify> = optional(
  choice(["all", "external", "none"], "who is written to about it, default: all"),
);

/** Which occurrences of a series are meant. */
export const scope: OptionalField<SeriesScope> = optional(
  choice(["this", "following", "all"], "which occurrences of a series, default: this one; a series needs it said"),
);

/** Where a range begins, today when it is not said. */
export const from: OptionalField<string> = optional(
  time("from when: a date, tomorrow, today+2, today 09:00 or ISO 8601, default: today"),
);

/** What is done about clashes. */
export const onConflict: OptionalField<"allow" | "warn" | "fail"> = optional(
  choice(["allow", "warn", "fail"], "what to do when the time is taken, default: warn"),
);

/** The operations' names of what clients call otherwise. */
export const fieldNames: Readonly<Record<string, string>> = {
  durationMinutes: "minutes",
  recurrence: "repeat",
  range: "to",
};
