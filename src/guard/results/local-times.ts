import type { EventTime } from "../../calendar/models.js";
import { dayBefore, weekdayOf, type Moment, type ZonedTime } from "../../core/zoned-time.js";

/** Times as the clocks of one zone show them, short, with the day of the week. */
export interface LocalTimes {
  /** IANA name of the zone. */
  readonly timeZone: string;
  /** `Mon 2026-11-30 09:12`; undefined for what is no time. */
  moment(instant: string): string | undefined;
  /** `Mon 2026-11-30 09:00-10:00`, or to another day `Mon 2026-11-30 22:00 to Tue 2026-12-01 02:00`. */
  span(start: string, end: string): string | undefined;
  /** The same of an event; of whole days `Mon 2026-11-30`, or `Mon 2026-11-30 to Wed 2026-12-02` with the last day. */
  eventSpan(start: EventTime, end: EventTime): string | undefined;
  /** The same of a range in the words that it was asked for with, such as `today`. @throws RequestError `request.invalid` */
  askedSpan(start: string, end: string): string | undefined;
  /** When an event begins. */
  eventTime(time: EventTime): string | undefined;
}

/** Times in a zone. */
export function localTimes(zoned: ZonedTime, timeZone: string): LocalTimes {
  const moment = (instant: string): string | undefined => {
    const epochMs = Date.parse(instant);
    if (Number.isNaN(epochMs)) return undefined;
    const [date = "", time = ""] = zoned.local(epochMs, timeZone).dateTime.split("T");
    return `${shownDay(date)} ${time.slice(0, "09:12".length)}`;
  };
  const span = (start: string, end: string): string | undefined => {
    const [from, to] = [moment(start), moment(end)];
    if (from === undefined || to === undefined) return from ?? to;
    const isSameDay = dayOf(from) === dayOf(to);
    return isSameDay ? `${from}-${to.slice(dayOf(to).length + 1)}` : `${from} to ${to}`;
  };
  const instantOf = (time: Moment): string =>
    time.kind === "instant" ? time.dateTime : zoned.format(zoned.startOfDay(time.date, timeZone), timeZone);
  const daySpan = (start: string, end: string): string => {
    const last = dayBefore(end);
    return last > start ? `${shownDay(start)} to ${shownDay(last)}` : shownDay(start);
  };
  return {
    ...{ timeZone, moment, span },
    eventSpan: (start, end) => {
      if (start.date === undefined) return span(start.dateTime, end.dateTime ?? start.dateTime);
      return end.date === undefined ? shownDay(start.date) : daySpan(start.date, end.date);
    },
    askedSpan: (start, end) => {
      const [first, last] = [zoned.moment(start, timeZone), zoned.moment(end, timeZone)];
      if (first.kind === "date" && last.kind === "date") return daySpan(first.date, last.date);
      return span(instantOf(first), instantOf(last));
    },
    eventTime: (time) => (time.date === undefined ? moment(time.dateTime) : shownDay(time.date)),
  };
}

/** The day in a time that was written by `LocalTimes`. */
export function dayOf(moment: string): string {
  return moment.slice(0, "Mon 2026-11-30".length);
}

function shownDay(date: string): string {
  return Number.isNaN(Date.parse(date)) ? date : `${weekdayOf(date).slice(0, "Mon".length)} ${date}`;
}
