import { spanOf, type Interval } from "../../../calendar/availability/intervals.js";
import { conflictsIn, hiddenPeople, type ConflictFacts } from "../../../calendar/conflicts.js";
import { epochMsOf, readEventSpan } from "../../../calendar/event-times.js";
import { isNewEvent } from "../../../calendar/inputs.js";
import type { ConflictInfo, Event, EventInput, EventRef } from "../../../calendar/models.js";
import type { CalendarsOptions } from "../../../calendar/options.js";
import { plannedAgain, plannedNew, type PlannedEvent } from "../../../calendar/planned-event.js";
import { requireRecurrence } from "../../../calendar/recurrence/check.js";
import { expandSeries } from "../../../calendar/recurrence/series.js";
import { duplicateWithinMs } from "../../../calendar/similarity.js";
import type { Deadline } from "../../../core/deadline.js";
import { isIntegrationError } from "../../../core/errors.js";
import { ownAddress, type Calendars } from "./calendars.js";
import { getEvent, placeOf, requireZone } from "./events.js";
import { busyTimesOf, readBusyTimes } from "./free-busy.js";
import { boundsOf, readCalendars, requireSome, type Selection } from "./read-calendars.js";

/** What an event, or one that does not exist yet, clashes with. */
export async function findConflicts(
  calendars: Calendars,
  event: EventRef | EventInput,
  options: CalendarsOptions,
  deadline: Deadline,
): Promise<ConflictInfo[]> {
  const { timeZone: asked } = options;
  requireZone(calendars.time, asked);
  const shown = asked === undefined ? {} : { shownIn: asked };
  if (isNewEvent(event)) {
    const zone = event.timeZone ?? (await calendars.timeZone(deadline));
    const planned = await plannedInput(calendars, event, zone);
    return conflictsOf(calendars, { ...planned, ...shown }, options, deadline);
  }
  const { id, calendarId } = placeOf(event);
  const [found, zone] = await Promise.all([
    getEvent(calendars, { id, calendarId }, {}, deadline),
    calendars.timeZone(deadline, calendarId),
  ]);
  const calendarIds = options.calendarIds ?? [...new Set(["primary", calendarId])];
  return conflictsOf(calendars, { ...plannedAgain(found, zone), ...shown }, { calendarIds }, deadline);
}

/**
 * What an event clashes with that is about to be written. Of a series the next twelve weeks are looked at, and at most 50
 * occurrences. One round trip, and a second one for people whose busy times may be this very event's.
 *
 * @param options.calendarIds - this account's calendars that count; default: the main one
 */
export async function conflictsOf(
  calendars: Calendars,
  event: PlannedEvent,
  options: { readonly calendarIds?: readonly string[] | undefined },
  deadline: Deadline,
): Promise<ConflictInfo[]> {
  // Whole days are this account's, whatever zone the event is in.
  const timeZone = await calendars.timeZone(deadline);
  const planned: PlannedEvent = { ...event, timeZone, shownIn: event.shownIn ?? event.timeZone };
  const times = await timesOf(calendars, planned);
  const span = spanOf(times);
  if (!span) return [];
  const calendarIds = options.calendarIds ?? ["primary"];
  // Wider than the event: for duplicates, and since busy times are cut off where they are not asked for.
  const around = { startMs: span.startMs - duplicateWithinMs, endMs: span.endMs + duplicateWithinMs };
  const [own, others] = await Promise.all([
    readOwn(calendars, allOf(around, calendarIds, event.shownIn), deadline),
    planned.busy ? readOthers(calendars, around, planned, deadline) : [],
  ]);
  const facts: ConflictFacts = { times, ...own, people: others };
  const hidden = hiddenPeople(calendars.time, planned, facts);
  const people = await Promise.all(
    facts.people.map(async (person) => {
      const events = hidden.includes(person.email)
        ? await readTheirs(calendars, span, person.email, deadline)
        : undefined;
      return { ...person, ...(events && { events }) };
    }),
  );
  return conflictsIn(calendars.time, planned, { ...facts, people });
}

async function plannedInput({ time }: Calendars, input: EventInput, zone: string): Promise<PlannedEvent> {
  const span = readEventSpan(time, input, zone);
  const lines = input.recurrence && (await requireRecurrence(time, { ...span, lines: input.recurrence.lines }));
  return plannedNew(input, { span, lines, timeZone: zone });
}

const seriesMs = 12 * 7 * 86_400_000;
const mostOccurrences = 50;

/** When an event happens: of a series what is still to come in its first twelve weeks, or if nothing is, those that were. */
async function timesOf({ time, clock }: Calendars, { span, lines, timeZone }: PlannedEvent): Promise<Interval[]> {
  const startMs = epochMsOf(time, span.start, timeZone);
  const once = { startMs, endMs: epochMsOf(time, span.end, timeZone) };
  if (lines === undefined || lines.length === 0) return [once];
  for (const fromMs of [Math.max(startMs, clock.now()), startMs]) {
    const within = { fromMs, toMs: fromMs + seriesMs };
    const dates = await expandSeries(time, { ...span, lines }, within, timeZone, mostOccurrences);
    if (dates.length > 0) return dates.map((date) => ({ startMs: date.startMs, endMs: date.endMs }));
  }
  return [once];
}

/** @throws IntegrationError when none of the calendars can be read */
async function readOwn(
  calendars: Calendars,
  selection: Selection,
  deadline: Deadline,
): Promise<Pick<ConflictFacts, "events" | "unreadable">> {
  const read = await readCalendars(calendars, selection, deadline);
  requireSome(read);
  return {
    events: read.events.map(({ event }) => event),
    unreadable: read.failures.map(({ calendarId, error }) => ({ calendarId, message: error.message })),
  };
}

async function readOthers(
  calendars: Calendars,
  span: Interval,
  { attendees }: PlannedEvent,
  deadline: Deadline,
): Promise<ConflictFacts["people"]> {
  if (attendees.length === 0) return [];
  const own = (await ownAddress(calendars, deadline)).toLowerCase();
  const byAddress = new Map(attendees.map((address) => [address.toLowerCase(), address]));
  byAddress.delete(own);
  const people = [...byAddress.values()];
  const known = await readBusyTimes(calendars, span, people, deadline);
  return people.map((email) => ({ email, ...busyTimesOf(known, email) }));
}

/** Somebody else's events; undefined where this account may not read them. */
async function readTheirs(
  calendars: Calendars,
  span: Interval,
  email: string,
  deadline: Deadline,
): Promise<Event[] | undefined> {
  const { events, failures } = await readCalendars(calendars, allOf(span, [email], undefined), deadline);
  const [failure] = failures;
  if (!failure) return events.map(({ event }) => event);
  if (isIntegrationError(failure.error, "request.not_found") || isIntegrationError(failure.error, "request.forbidden"))
    return undefined;
  throw failure.error;
}

function allOf(span: Interval, calendarIds: readonly string[], timeZone: string | undefined): Selection {
  return { calendarIds, bounds: boundsOf(span), timeZone, expand: true, keeps: ({ status }) => status !== "cancelled" };
}
