import type { ZonedTime } from "../../core/zoned-time.js";
import { epochMsOf, type EventMoment, type EventSpan } from "../event-times.js";
import { linesOf, unreadable, type Component } from "./components.js";
import { parameterOf, type Property, type PropertyReader } from "./properties.js";
import type { Zones } from "./zones.js";

/** What the parts of one iCalendar text are read with. */
export interface InvitationReading {
  readonly time: ZonedTime;
  readonly read: PropertyReader;
  readonly zones: Zones;
  /** IANA zone in which times are shown beside their own. */
  readonly asked: string | undefined;
}

/**
 * From when to when an event is; missing where it names no start.
 *
 * @throws RequestError `request.invalid`
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1
 */
export function readSpan(event: Component, reading: InvitationReading): EventSpan | undefined {
  const start = readTime(event, "DTSTART", reading);
  if (!start) return undefined;
  const end = readTime(event, "DTEND", reading) ?? endByDuration(event, reading) ?? defaultEnd(start, reading);
  if ((start.date === undefined) !== (end.date === undefined)) {
    throw unreadable("begins on a date and ends at a time, or the other way round");
  }
  // Older programs give the last day of a whole-day event instead of the day after it.
  if (start.date !== undefined && start.date === end.date) return { start, end: defaultEnd(start, reading) };
  const [startMs, endMs] = [start, end].map((each) => epochMsOf(reading.time, each, "UTC"));
  if ((endMs ?? 0) < (startMs ?? 0)) throw unreadable("ends before it begins");
  return { start, end };
}

/** A time by its property; missing where there is none. @throws RequestError `request.invalid` */
export function readTime(event: Component, name: string, { read, zones }: InvitationReading): EventMoment | undefined {
  const property = read.first(event, name);
  if (!property) {
    if (linesOf(event, name).length > 0) throw unreadable("has a time that is none", { details: { property: name } });
    return undefined;
  }
  return zones.moment(textOf(property), parameterOf(property, "tzid"));
}

// Quirk(ical.js): a date that is not announced as one is read as a time without hours.
function textOf({ value }: Property): string {
  return typeof value === "string" ? value.replace(/T::$/, "") : "";
}

function defaultEnd(start: EventMoment, { time }: InvitationReading): EventMoment {
  return start.date === undefined ? start : { date: addDays(time, start.date, 1) };
}

/** Weeks and days by the calendar, hours and less in elapsed time. */
function endByDuration(event: Component, { time, read, zones }: InvitationReading): EventMoment | undefined {
  const [start, duration] = [read.first(event, "DTSTART"), read.first(event, "DURATION")];
  if (!start || !duration) return undefined;
  const { days, seconds } = durationOf(textOf(duration));
  const [date = "", clock] = textOf(start).split("T");
  const later = addDays(time, date, days);
  if (clock === undefined) return { date: addDays(time, later, Math.ceil(seconds / 86_400)) };
  const from = zones.moment(`${later}T${clock}`, parameterOf(start, "tzid"));
  if (from.date !== undefined) return from;
  return { ...from, dateTime: time.format(Date.parse(from.dateTime) + seconds * 1000, from.timeZone) };
}

function durationOf(text: string): { days: number; seconds: number } {
  const parts = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/.exec(text);
  if (!parts) throw unreadable("has a duration that is none", { details: { duration: text.slice(0, 60) } });
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part || "0"));
  return { days: weeks * 7 + days, seconds: hours * 3600 + minutes * 60 + seconds };
}

function addDays(time: ZonedTime, date: string, days: number): string {
  const later = time.addDays(date, days);
  if (!/^\d{4}-/.test(later)) throw unreadable("ends after the year 9999");
  return later;
}

/** How an event repeats, as its lines say it, with the zones of its dates by their IANA names where those are sure. */
export function recurrenceLines(event: Component, zones: Zones): string[] {
  return ["RRULE", "RDATE", "EXDATE", "EXRULE"].flatMap((name) =>
    linesOf(event, name).map((line) => {
      const text = line.replace(/[\u0000-\u001f\u007f]/g, "");
      const named = text.replace(/;TZID=("?)([^":;]*)\1(?=[:;])/i, (written, _quote, tzid: string) => {
        const zone = zones.nameOf(tzid);
        return zone === undefined ? written : `;TZID=${zone}`;
      });
      return name + named.slice(name.length);
    }),
  );
}
