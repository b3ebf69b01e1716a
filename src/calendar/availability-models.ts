import type { LocalTime, Weekday } from "../core/zoned-time.js";
import type { EventTime, TimeRange } from "./models.js";

/** When somebody is busy. */
export interface FreeBusy {
  /** Whose time it is, as it was asked for. */
  who: string;
  /** `unknown`: the calendar cannot be read. That is never free. */
  status: "known" | "unknown";
  /** In order, without overlaps. When unknown, what is known all the same, such as of other members of a group. */
  busy: BusyBlock[];
  /** Why it is unknown. */
  reason?: string;
}

/** A time that is taken, ISO 8601 with offset. */
export interface BusyBlock {
  start: string;
  end: string;
}

/** The hours in which somebody may be asked for. */
export interface WorkingHours {
  /** Default: Monday to Friday. */
  days?: readonly Weekday[];
  /** Wall time such as `09:00`; default 09:00. */
  start?: string;
  /** Default 17:00. `24:00` is midnight; an end at or before the start is on the next day. */
  end?: string;
}

/** Somebody whose time is asked for. */
export interface AvailabilityPerson {
  /** An address, or `me`. */
  email: string;
  /** A slot in which this person is busy is only ranked lower. Default false. */
  optional?: boolean;
  /** IANA name of the zone that the working hours are in; default: the query's. */
  timeZone?: string;
  /** Default: the query's. */
  workingHours?: WorkingHours | "any";
}

/** Which times are looked for. */
export interface AvailabilityQuery {
  /** A year at most. Slots begin and end within it. */
  range: TimeRange;
  durationMinutes: number;
  /** Slots begin every so many minutes, counted from midnight by the clocks of the query's zone. Default 30; 1 to 1,440. */
  stepMinutes?: number;
  /** IANA name; default: the range's, else the profile's, else the calendar's. */
  timeZone?: string;
  /** Besides this account, which is required; or with `me` among them in its place. */
  people?: readonly (string | AvailabilityPerson)[];
  /** Everybody's, unless a person has other ones. Default: Monday to Friday, 09:00 to 17:00. */
  workingHours?: WorkingHours | "any";
  /** Free time that must be before it, for everybody required; it may lie outside working hours. Default 0. */
  bufferBeforeMinutes?: number;
  /** Default 0. */
  bufferAfterMinutes?: number;
  /** Wall times of the query's zone that rank higher, such as `{ start: "09:00", end: "12:00" }`. */
  preferredTimes?: readonly { readonly start: string; readonly end: string; readonly days?: readonly Weekday[] }[];
  /** How long before it begins people must know of it. Default 0. */
  minimumNoticeMinutes?: number;
  /**
   * Whether what this account has not firmly accepted counts; with `free` it ranks a slot lower. Default `busy`. Other
   * people's calendars say only that they are busy, not with what: they are busy with all of it.
   */
  tentative?: "busy" | "free";
  /** Whether this account's all-day events count: as they are marked (default), always, or never. */
  allDay?: "as_marked" | "busy" | "free";
  /** This account's calendars that count. Default: the main one. */
  calendarIds?: readonly string[];
  /** At most so many, the best first. Default 10. */
  limit?: number;
}

/** What one person does at the time of a slot. */
export interface SlotPerson {
  /** As it was asked for; `me` for this account. */
  email: string;
  optional: boolean;
  /** `outside_hours`: free, but not within the working hours. */
  state: "free" | "busy" | "tentative" | "outside_hours" | "unknown";
  /** When it begins for this person. */
  local: LocalTime;
}

/** A time that suits all who are required, as far as is known. */
export interface AvailableSlot {
  start: LocalTime;
  end: LocalTime;
  /** From 0 to 1, to compare the slots of one query by. */
  score: number;
  /** From 0 to 1: the share of required people whose calendars could be read. */
  confidence: number;
  /** Why it stands where it stands, one sentence each. */
  reasons: string[];
  people: SlotPerson[];
}

/** Why a day has the slots that it has. */
export interface DayAvailability {
  day: EventTime;
  slots: number;
  /** What rules starts of that day out, those that rule out most first. */
  obstacles: DayObstacle[];
}

/** Something that rules out starts of slots. */
export interface DayObstacle {
  kind: "busy" | "tentative" | "outside_hours" | "buffer" | "notice" | "range";
  /** Whose it is; missing for what holds for all. */
  email?: string;
  /** How many starts of the day it rules out, whatever else does; starts out of the range count only as such. */
  starts: number;
  /** One sentence for people. */
  message: string;
}
