import type { CalendarFailure, Event } from "../../../calendar/models.js";
import { calendarTime, dayHeading, dayWord, today } from "../times.js";
import { typedView } from "../typed-view.js";
import type { Block, Column, Row, ShowOutput, Text, ViewContext } from "../view.js";
import { dim, goOn, person, sentence, toneOf } from "../wording.js";
import { answerMark, lastDay, titleOf, whenOf } from "./event-words.js";

interface EventList {
  readonly events: readonly Event[];
  readonly failures?: readonly CalendarFailure[];
  readonly cursor?: string;
}

const idColumn: Column = { title: "ID", whole: true };

/** Events by day, as a person looks at a week. */
export const showAgenda: ShowOutput = typedView<EventList>(["events"], ({ events, failures = [], cursor }, context) => [
  events.length === 0 ? sentence("Nothing is planned.") : agendaTable(events, context),
  ...failureBlocks(failures),
  ...goOn(cursor),
]);

/** Events, one a line. */
export const showEvents: ShowOutput = typedView<EventList>(["events"], ({ events, failures = [], cursor }, context) => [
  events.length === 0 ? sentence("No events.") : eventTable(events, context),
  ...failureBlocks(failures),
  ...goOn(cursor),
]);

/** Invitations that wait for an answer. */
export const showInvitations: ShowOutput = typedView<EventList>(["events"], (list, context) => [
  list.events.length === 0 ? sentence("No invitation waits for an answer.") : invitationTable(list.events, context),
  ...failureBlocks(list.failures ?? []),
  ...goOn(list.cursor),
]);

/** Calendars that could not be read, and what to do. */
export function failureBlocks(failures: readonly CalendarFailure[]): Block[] {
  if (failures.length === 0) return [];
  const rows = failures.flatMap(({ calendarId, message, hint }) => [
    [calendarId, toneOf(`Not read: ${message}`, "warning")] as const,
    ["", hint] as const,
  ]);
  return [{ kind: "fields", rows }];
}

function agendaTable(events: readonly Event[], context: ViewContext): Block {
  const days = [...new Set(events.map((event) => shownDay(event, context)))].sort();
  const calendars = calendarColumn(events);
  const eventRow = (event: Event, day: string): Row => [
    hoursOf(event, day, context),
    answerMark(event.myResponse),
    [...titleOf(event), ...placeOf(event)],
    dim(event.id),
    ...calendars.map(() => dim(event.calendarId)),
  ];
  return {
    kind: "table",
    columns: [
      { title: "" },
      { title: "" },
      { title: "", grow: 1, least: 24 },
      { title: "", whole: true },
      ...calendars,
    ],
    rows: days.flatMap((day): Row[] => [
      [dayHeading(day, context)],
      ...events.filter((event) => shownDay(event, context) === day).map((event) => eventRow(event, day)),
    ]),
  };
}

/** What began earlier and still goes on is of today. */
function shownDay({ start, end }: Event, context: ViewContext): string {
  const first = start.date ?? calendarTime(start.dateTime, context.timeZone)?.date ?? "";
  const now = today(context);
  const goesOn = end.date === undefined ? Date.parse(end.dateTime) > context.now : end.date > now;
  return first < now && goesOn ? now : first;
}

function hoursOf({ start, end }: Event, day: string, context: ViewContext): string {
  if (start.date !== undefined) {
    const last = lastDay({ start, end });
    return last === day ? "all day" : `to ${dayWord(last, context)}`;
  }
  const [from, to] = [
    calendarTime(start.dateTime, context.timeZone),
    calendarTime(end.dateTime ?? start.dateTime, context.timeZone),
  ];
  if (!from || !to) return "";
  const until = to.date === day ? to.clock : `${dayWord(to.date, context)} ${to.clock}`;
  if (from.date !== day) return `to ${until}`;
  return start.dateTime === end.dateTime ? from.clock : `${from.clock}–${until}`;
}

function placeOf({ location }: Event): Text[] {
  return location === undefined || location.trim() === "" ? [] : [dim(` · ${location}`)];
}

function eventTable(events: readonly Event[], context: ViewContext): Block {
  const calendars = calendarColumn(events);
  return {
    kind: "table",
    columns: [{ title: "WHEN" }, { title: "" }, { title: "EVENT", grow: 1, least: 24 }, idColumn, ...calendars],
    rows: events.map((event) => [
      whenOf(event, context),
      answerMark(event.myResponse),
      [...titleOf(event), ...placeOf(event)],
      dim(event.id),
      ...calendars.map(() => dim(event.calendarId)),
    ]),
  };
}

function invitationTable(events: readonly Event[], context: ViewContext): Block {
  return {
    kind: "table",
    columns: [
      { title: "WHEN" },
      { title: "EVENT", grow: 2, least: 20 },
      { title: "FROM", grow: 1, least: 12 },
      idColumn,
    ],
    rows: events.map((event) => [
      whenOf(event.nextOccurrence ?? event, context) + (event.recurrence ? ", repeats" : ""),
      titleOf(event),
      person(event.organizer.name, event.organizer.name === undefined ? event.organizer.email : undefined),
      dim(event.id),
    ]),
  };
}

/** Told only where there are events of several. */
function calendarColumn(events: readonly Event[]): Column[] {
  const several = new Set(events.map(({ calendarId }) => calendarId)).size > 1;
  return several ? [{ title: "CALENDAR", whole: true }] : [];
}
