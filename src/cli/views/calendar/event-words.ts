import type { Event, EventTime, ResponseStatus } from "../../../calendar/models.js";
import { dayBefore } from "../../../core/zoned-time.js";
import { calendarTime, dayWord, relativeWord, type CalendarTime } from "../times.js";
import type { Text, ViewContext } from "../view.js";
import { dim, toneOf } from "../wording.js";

/** When something is. */
export interface Span {
  readonly start: EventTime;
  readonly end: EventTime;
}

/** An answer as a mark. */
export function answerMark(response: ResponseStatus | undefined): Text {
  return response === undefined ? "" : marks[response];
}

const marks: Readonly<Record<ResponseStatus, Text>> = {
  accepted: toneOf("✓", "good"),
  declined: toneOf("✗", "bad"),
  tentative: toneOf("?", "warning"),
  needsAction: toneOf("·", "warning"),
};

/** An answer in words. */
export const answers: Readonly<Record<ResponseStatus, string>> = {
  accepted: "accepted",
  declined: "declined",
  tentative: "accepted tentatively",
  needsAction: "not answered",
};

/** An event's title with what is special about it. */
export function titleOf({ title, status }: Pick<Event, "title" | "status">): Text[] {
  const name = title.trim() === "" ? dim("(no title)") : title;
  return status === "confirmed" ? [name] : [name, toneOf(` (${status})`, status === "cancelled" ? "bad" : "warning")];
}

/** When an event is, where the person is: `today 14:00–15:00`, `Mon 23 Nov, all day`. */
export function whenOf({ start, end }: Span, context: ViewContext): string {
  if (start.date !== undefined) {
    const last = lastDay({ start, end });
    const first = dayWord(start.date, context);
    return last === start.date ? `${first}, all day` : `${first} – ${dayWord(last, context)}, all day`;
  }
  return clockSpan(start.dateTime, end.dateTime ?? start.dateTime, context);
}

/** The same with the year, and with the word for the day beside it: `Mon 30 Nov 2026 15:00–16:00 (tomorrow)`. */
export function longWhenOf(span: Span, context: ViewContext): string {
  const { start, end } = span;
  const [from, to] = [atOf(start, context), atOf(start.date === undefined ? end : { date: lastDay(span) }, context)];
  if (!from || !to) return whenOf(span, context);
  const [first, last] = [from, to].map(({ weekday, day, year }) => `${weekday} ${day} ${year}`);
  const word = relativeWord(from.date, context);
  const beside = word === undefined ? "" : ` (${word})`;
  if (start.date !== undefined) return `${first === last ? first : `${first} – ${last}`}, all day${beside}`;
  const until = first === last ? `–${to.clock}` : ` – ${last} ${to.clock}`;
  return `${first} ${from.clock}${start.dateTime === end.dateTime ? "" : until}${beside}`;
}

/** The time between two instants: `Mon 23 Nov 22:00 – Tue 24 Nov 01:00`. */
export function clockSpan(start: string, end: string, context: ViewContext): string {
  const [from, to] = [calendarTime(start, context.timeZone), calendarTime(end, context.timeZone)];
  if (!from || !to) return `${start} – ${end}`;
  const begins = `${dayWord(from.date, context)} ${from.clock}`;
  if (start === end) return begins;
  return from.date === to.date ? `${begins}–${to.clock}` : `${begins} – ${dayWord(to.date, context)} ${to.clock}`;
}

function atOf(time: { date?: string; dateTime?: string }, { timeZone }: ViewContext): CalendarTime | undefined {
  return calendarTime(time.date ?? time.dateTime ?? "", timeZone);
}

/** When it is in the zone that the event was made in, where its clocks show another time. */
export function ownTime({ start, end }: Span, context: ViewContext): string | undefined {
  if (start.dateTime === undefined || end.dateTime === undefined) return undefined;
  const own = { ...context, timeZone: start.timeZone };
  const there = calendarTime(start.dateTime, start.timeZone);
  const here = calendarTime(start.dateTime, context.timeZone);
  if (there?.date === here?.date && there?.clock === here?.clock) return undefined;
  return `${longWhenOf({ start, end }, own)}, ${start.timeZone}`;
}

/** The last day of an event of whole days, whose end is the day after it. */
export function lastDay({ start, end }: Span): string {
  const first = start.date ?? "";
  return end.date !== undefined && end.date > first ? dayBefore(end.date) : first;
}
