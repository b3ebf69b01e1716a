import {
  askedPeople,
  conflictsIn,
  duplicateWithinMs,
  explainSlots,
  findSlots,
  isNewEvent,
  requireAvailabilityQuery,
  requireEventOrInput,
  requirePeople,
  requireRange,
  slotRequest,
  type AvailabilityQuery,
  type CalendarPlanner,
  type ConflictInfo,
  type PlannedEvent,
  type SlotRequest,
} from "maigic-integrations/calendar";
import { newEvent } from "./change.js";
import { list } from "./reading.js";
import { MemoryService, type Bounds } from "./service.js";
import type { Stored } from "./store.js";

/** How times are found. */
export function memoryPlanner(service: MemoryService): CalendarPlanner {
  const { calls, account } = service;
  return {
    getFreeBusy: (range, who, options = {}) =>
      calls.run("getFreeBusy", options, async () => {
        const bounds = service.bounds(requireRange(range));
        const zone = range.timeZone ?? service.zone;
        const format = (ms: number): string => account.time.format(ms, zone);
        return Promise.all(
          requirePeople(who).map(async (each) => {
            const taken = await takenBy(service, each === "me" ? account.address : each, bounds);
            if (!taken) return { who: each, status: "unknown" as const, busy: [], reason };
            const busy = merged(taken).map(({ startMs, endMs }) => ({ start: format(startMs), end: format(endMs) }));
            return { who: each, status: "known" as const, busy };
          }),
        );
      }),
    findAvailableSlots: (query, options = {}) =>
      calls.run("findAvailableSlots", options, async () =>
        findSlots(account.time, await readRequest(service, requireAvailabilityQuery(query))),
      ),
    explainAvailability: (query, options = {}) =>
      calls.run("explainAvailability", options, async () =>
        explainSlots(account.time, await readRequest(service, requireAvailabilityQuery(query))),
      ),
    findConflicts: (given, options = {}) =>
      calls.run("findConflicts", options, async () => {
        const event = requireEventOrInput(given);
        const ids = { id: "", uid: "", calendarId: account.address };
        const stored = isNewEvent(event) ? await newEvent(service, event, ids) : (await service.find(event)).stored;
        return conflictsOf(service, stored, options.calendarIds);
      }),
  };
}

const reason = "The calendar is not shown to others.";

/** What an event clashes with, and what it repeats. */
export async function conflictsOf(
  service: MemoryService,
  stored: Stored,
  calendarIds?: readonly string[],
): Promise<ConflictInfo[]> {
  const { address, time } = service.account;
  const times = (await service.dates(stored)).map(({ span }) => boundsOf(service, span));
  const [first, last] = [times[0], times.at(-1)];
  if (!first || !last) return [];
  const around = { startMs: first.startMs - duplicateWithinMs, endMs: last.endMs + duplicateWithinMs };
  const own = await list(service, around, calendarIds ? { calendarIds } : {});
  const guests = stored.guests.filter(({ email, response }) => email !== address && response !== "declined");
  const people = await Promise.all(
    guests.map(async ({ email }) => {
      const taken = await takenBy(service, email, around, stored);
      return { email, busy: merged(taken ?? []), ...(!taken && { unknown: reason }) };
    }),
  );
  const planned: PlannedEvent = {
    ...{ title: stored.title, span: stored.span, busy: stored.busy, timeZone: service.zone },
    attendees: guests.map(({ email }) => email),
    exclude: { iCalUid: stored.uid },
  };
  return conflictsIn(time, planned, { times, events: own.events, unreadable: own.failures, people });
}

interface Taken extends Bounds {
  readonly busy: boolean;
  readonly tentative: boolean;
  readonly allDay: boolean;
}

/** What somebody has at a time; undefined when that is not shown. */
async function takenBy(
  service: MemoryService,
  who: string,
  bounds: Bounds,
  but?: Stored,
): Promise<Taken[] | undefined> {
  const { store } = service.account;
  const calendar = store.calendars.find(({ id }) => id === who);
  if (!calendar || calendar.closed === true) return undefined;
  const theirs = new MemoryService({ ...service.account, address: who }, "read");
  const { events } = await list(theirs, bounds, {});
  const others = events.filter(({ iCalUid, busy }) => busy && iCalUid !== but?.uid);
  return others.map(({ start, end, busy, allDay, status, myResponse }) => ({
    ...boundsOf(service, { start, end }),
    ...{
      busy,
      allDay,
      tentative: status === "tentative" || myResponse === "tentative" || myResponse === "needsAction",
    },
  }));
}

async function readRequest(service: MemoryService, query: AvailabilityQuery): Promise<SlotRequest> {
  const { time, clock, address } = service.account;
  const zone = query.timeZone ?? query.range.timeZone ?? service.zone;
  service.requireZone(zone);
  const range = service.bounds(query.range, zone);
  const day = 86_400_000;
  const around = { startMs: range.startMs - day, endMs: range.endMs + day };
  const people = await Promise.all(
    askedPeople(time, query, { zone, account: address }).map(async (person) => {
      const taken = await takenBy(service, person.email === "me" ? address : person.email, around);
      return { ...person, taken: taken ?? [], ...(!taken && { unknown: reason }) };
    }),
  );
  return { ...slotRequest(query, { range, zone, nowMs: clock.now() }), people };
}

function boundsOf(service: MemoryService, { start, end }: Stored["span"]): Bounds {
  return { startMs: service.msOf(start), endMs: service.msOf(end) };
}

function merged(taken: readonly Bounds[]): Bounds[] {
  const all: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of [...taken].sort((a, b) => a.startMs - b.startMs)) {
    const last = all.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else all.push({ startMs, endMs });
  }
  return all;
}
