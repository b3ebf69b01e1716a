import { explainSlots } from "../../../calendar/availability/explain-slots.js";
import { findSlots } from "../../../calendar/availability/find-slots.js";
import type { Interval } from "../../../calendar/availability/intervals.js";
import type { RequestedPerson, SlotRequest, TakenTime } from "../../../calendar/availability/slot-request.js";
import { askedPeople, slotRequest } from "../../../calendar/availability/slot-query.js";
import type { AvailabilityQuery, AvailableSlot, DayAvailability } from "../../../calendar/availability-models.js";
import { isAttended } from "../../../calendar/attendance.js";
import { epochMsOf } from "../../../calendar/event-times.js";
import type { Event } from "../../../calendar/models.js";
import type { Deadline } from "../../../core/deadline.js";
import { ownAddress, type Calendars } from "./calendars.js";
import { requireZone, toBounds } from "./events.js";
import { busyTimesOf, readBusyTimes } from "./free-busy.js";
import { boundsOf, intervalOf, readCalendars, requireSome } from "./read-calendars.js";

/** Times that suit everybody required, the best first. */
export async function findAvailableSlots(
  calendars: Calendars,
  query: AvailabilityQuery,
  deadline: Deadline,
): Promise<AvailableSlot[]> {
  return findSlots(calendars.time, await readRequest(calendars, query, deadline));
}

/** For each day of the range: how many slots it has, and what rules the others out. */
export async function explainAvailability(
  calendars: Calendars,
  query: AvailabilityQuery,
  deadline: Deadline,
): Promise<DayAvailability[]> {
  return explainSlots(calendars.time, await readRequest(calendars, query, deadline));
}

/** The query with what everybody has: this account's events, other people's busy times, read side by side. */
async function readRequest(calendars: Calendars, query: AvailabilityQuery, deadline: Deadline): Promise<SlotRequest> {
  const { time, clock } = calendars;
  requireZone(time, query.timeZone);
  requireZone(time, query.range.timeZone);
  const zone = query.timeZone ?? query.range.timeZone ?? (await calendars.timeZone(deadline));
  const range = intervalOf(await toBounds(calendars, query.range, { timeZone: zone }, deadline));
  const account = await ownAddress(calendars, deadline);
  const asked = askedPeople(time, query, { zone, account });
  const request = slotRequest(query, { range, zone, nowMs: clock.now() });
  const around = widened(request);
  const others = asked.filter(({ email }) => email !== "me").map(({ email }) => email);
  const [own, known] = await Promise.all([
    readOwn(calendars, around, query, deadline),
    others.length === 0 ? undefined : readBusyTimes(calendars, around, others, deadline),
  ]);
  const people = asked.map((person): RequestedPerson => {
    if (person.email === "me") return { ...person, ...own };
    const { busy, ...rest } = known ? busyTimesOf(known, person.email) : { busy: [] };
    return { ...person, ...rest, taken: busy.map(asTaken) };
  });
  return { ...request, people };
}

/** As far beyond the range as buffers reach, and meetings that are close. */
function widened({ range, bufferBeforeMs, bufferAfterMs }: SlotRequest): Interval {
  const hourMs = 3_600_000;
  return {
    startMs: range.startMs - Math.max(bufferBeforeMs, hourMs),
    endMs: range.endMs + Math.max(bufferAfterMs, hourMs),
  };
}

/** Busy times do not say what they are: each counts as firmly accepted and of this day. */
function asTaken({ startMs, endMs }: Interval): TakenTime {
  return { startMs, endMs, busy: true, tentative: false, allDay: false };
}

/** @throws IntegrationError when none of the account's calendars can be read */
async function readOwn(
  calendars: Calendars,
  around: Interval,
  { calendarIds }: AvailabilityQuery,
  deadline: Deadline,
): Promise<Pick<RequestedPerson, "taken" | "unknown">> {
  const selection = { calendarIds, bounds: boundsOf(around), expand: true, keeps: isAttended };
  const [read, zone] = await Promise.all([
    readCalendars(calendars, selection, deadline),
    calendars.timeZone(deadline), // where whole days begin, whatever zone slots are told in
  ]);
  requireSome(read);
  const [first] = read.failures;
  return {
    taken: read.events.map(({ event }) => takenBy(calendars, event, zone)),
    ...(first && { unknown: `Calendar ${first.calendarId}: ${first.error.message}` }),
  };
}

function takenBy({ time }: Calendars, event: Event, zone: string): TakenTime {
  const { myResponse } = event;
  return {
    startMs: epochMsOf(time, event.start, zone),
    endMs: epochMsOf(time, event.end, zone),
    busy: event.busy,
    tentative: event.status === "tentative" || myResponse === "tentative" || myResponse === "needsAction",
    allDay: event.allDay,
  };
}
