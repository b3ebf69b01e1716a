import assert from "node:assert/strict";
import type { ErrorCode } from "../../core/error-table.js";
import { isIntegrationError } from "../../core/errors.js";
import type { Event, EventInput, EventRef, TimeRange } from "../../calendar/models.js";
import type { CreateOptions } from "../../calendar/options.js";
import type { CalendarWorld } from "./world.js";

/** A day, so many days from today. */
export function day(world: Pick<CalendarWorld, "now">, days: number): string {
  return new Date(world.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Wall time of a day, so many days from today. */
export function at(world: Pick<CalendarWorld, "now">, days: number, clock = "12:00"): string {
  return `${day(world, days)}T${clock}`;
}

/** From the first moment of a day to that of another, so many days from today. */
export function days(world: CalendarWorld, from: number, to: number): TimeRange {
  return { start: day(world, from), end: day(world, to), timeZone: world.timeZone };
}

/** An hour of tomorrow at noon, unless something else is said. */
export function input(world: CalendarWorld, more: Partial<EventInput> = {}): EventInput {
  const length = more.end === undefined ? { durationMinutes: 60 } : {};
  return { title: "Review", start: at(world, 1), ...length, timeZone: world.timeZone, ...more };
}

/** Makes such an event, whatever it clashes with. */
export async function make(
  world: CalendarWorld,
  more: Partial<EventInput> = {},
  options: CreateOptions = {},
): Promise<Event> {
  return (await world.client.createMyEvent(input(world, more), { onConflict: "allow", ...options })).event;
}

/** A series of every day at noon from tomorrow, five times unless something else is said. */
export async function makeSeries(
  world: CalendarWorld,
  lines: readonly string[] = ["RRULE:FREQ=DAILY;COUNT=5"],
  more: Partial<EventInput> = {},
): Promise<Event> {
  return make(world, { title: "Standup", recurrence: { lines: [...lines] }, ...more });
}

/** The occurrence of a series that begins on a day, so many days from today. */
export async function occurrence(world: CalendarWorld, series: EventRef, days: number): Promise<Event> {
  const wanted = day(world, days);
  const found = (await occurrences(world, series)).find((event) => when(event).startsWith(wanted));
  assert.ok(found, `The series has no occurrence on ${wanted}.`);
  return found;
}

/** The occurrences of a series in the coming ten weeks. */
export async function occurrences(world: CalendarWorld, series: EventRef): Promise<Event[]> {
  return world.client.getOccurrences(series, days(world, 0, 70));
}

/** When an event starts: a date, or wall time to the minute in its own zone. */
export function when({ start }: Event): string {
  return start.date ?? start.dateTime.slice(0, 16);
}

/** When an event ends, in the same way. */
export function until({ end }: Event): string {
  return end.date ?? end.dateTime.slice(0, 16);
}

/** How long an event is, in minutes. */
export function minutesOf({ start, end }: Event): number {
  const [from, to] = [start, end].map((time) => Date.parse(time.date ?? time.dateTime));
  return ((to ?? 0) - (from ?? 0)) / 60_000;
}

/** What events are called. */
export function titles(events: readonly Event[]): string[] {
  return events.map(({ title }) => title);
}

/** Who is invited to an event, and with which answer. */
export function answers({ attendees }: { attendees: Event["attendees"] }): Record<string, string> {
  return Object.fromEntries(attendees.map(({ email, response }) => [email, response]));
}

/** Whether an error is one of ours with a code. */
export function withCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => isIntegrationError(error, code);
}

/** What stands in the calendar: when each event begins and what it is called. */
export async function agenda(world: CalendarWorld): Promise<string[]> {
  return (await world.client.getEvents(days(world, 0, 70))).map((event) => `${when(event)} ${event.title}`);
}

/** When the occurrences of a series begin. */
export async function starts(world: CalendarWorld, ref: EventRef): Promise<string[]> {
  return (await occurrences(world, ref)).map(when);
}
