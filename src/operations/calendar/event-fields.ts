import type { AttendeeInput, Event, EventChanges, EventInput, Reminder } from "../../calendar/models.js";
import { given } from "../../core/given.js";
import { choice, flag, list, optional, text, time, whole, type GivenFields, type OptionalFields } from "../fields.js";
import { wrongInput } from "../wrong-input.js";
import { timeZone } from "./fields.js";

/** What may be said of an event that is written. */
export interface EventFields {
  end: string;
  minutes: number;
  timeZone: string;
  description: string;
  location: string;
  attendees: string[];
  optionalAttendees: string[];
  repeat: string[];
  reminders: string[];
  free: boolean;
  visibility: Event["visibility"];
  tentative: boolean;
  guestsCanModify: boolean;
  guestsCanInvite: boolean;
  guestsCanSeeGuests: boolean;
}

const tenYearsInMinutes = 10 * 366 * 24 * 60;

/** The same as fields of an input. */
export const eventFields: OptionalFields<EventFields> = {
  end: optional(time("when it ends; for whole days the day after the last")),
  minutes: optional(whole(1, tenYearsInMinutes, "how long it is, instead of an end")),
  timeZone,
  description: optional(text("what it is about")),
  location: optional(text("where it is")),
  attendees: optional(list("addresses of those who are invited")),
  optionalAttendees: optional(list("addresses of those who are invited but need not come")),
  repeat: optional(list("how it repeats, such as FREQ=WEEKLY;BYDAY=MO or RRULE, EXDATE and RDATE lines")),
  reminders: optional(list("such as popup:10 or email:60, in minutes before", /^(popup|email):\d{1,5}$/)),
  free: optional(flag("leave its time free for other events")),
  visibility: optional(choice(["default", "public", "private", "confidential"], "who sees what it is about")),
  tentative: optional(flag("not certain yet")),
  guestsCanModify: optional(flag("let attendees change it")),
  guestsCanInvite: optional(flag("let attendees invite others")),
  guestsCanSeeGuests: optional(flag("let attendees see each other")),
};

type Settings = Pick<EventChanges & EventInput, SettingName>;
type SettingName =
  | ("end" | "durationMinutes" | "timeZone" | "description" | "location" | "recurrence" | "reminders" | "busy")
  | ("visibility" | "status" | "guestsCanModify" | "guestsCanInvite" | "guestsCanSeeGuests");

/** What a client is told of an event, but for who attends. @throws RequestError `request.invalid` for a length beside an end */
export function eventSettings(input: GivenFields<EventFields>): Settings {
  const { end, minutes, repeat, reminders, free, tentative } = input;
  if (end !== undefined && minutes !== undefined)
    throw wrongInput("minutes", "is given beside an end", "Give one of them");
  const { description, location, visibility, guestsCanModify, guestsCanInvite, guestsCanSeeGuests } = input;
  return {
    ...given({ end, durationMinutes: minutes, timeZone: input.timeZone, description, location, visibility }),
    ...given({ guestsCanModify, guestsCanInvite, guestsCanSeeGuests }),
    ...(repeat && { recurrence: { lines: repeat } }),
    ...(reminders && { reminders: reminders.map(toReminder) }),
    ...(free !== undefined && { busy: !free }),
    ...(tentative !== undefined && { status: tentative ? "tentative" : "confirmed" }),
  };
}

/** Those who need not come. */
export function optionalGuests(addresses: readonly string[]): AttendeeInput[] {
  return addresses.map((email) => ({ email, optional: true }));
}

function toReminder(written: string): Reminder {
  const [method, minutes] = written.split(":");
  return { method: method === "email" ? "email" : "popup", minutesBefore: Number(minutes) };
}
