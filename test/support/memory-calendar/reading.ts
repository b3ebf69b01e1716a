import { integrationError, isIntegrationError } from "maigic-integrations";
import {
  decodeCursor,
  encodeCursor,
  matchesSearch,
  requireCalendarId,
  requireEventSearch,
  requireRange,
  requireRef,
  type CalendarReader,
  type CalendarsOptions,
  type Event,
  type EventChange,
  type EventPage,
  type EventsOptions,
} from "maigic-integrations/calendar";
import { permissionsOf } from "./permissions.js";
import type { Bounds, MemoryService } from "./service.js";
import type { Stored } from "./store.js";

const day = 86_400_000;

/** What is read of calendars and events. */
export function memoryReader(service: MemoryService): CalendarReader {
  const { account } = service;
  const { store, address, clock } = account;
  return {
    getEvents: (range, options = {}) =>
      service.read("getEvents", options, async () => {
        const { events, failures } = await list(
          service,
          service.bounds(requireRange(range), options.timeZone),
          options,
        );
        const count = options.calendarIds?.length ?? 1;
        if (failures.length === count) throw integrationError("request.not_found");
        if (failures.length === 0) return events;
        throw integrationError("request.partial_failure", { details: { events, failures } });
      }),
    listEvents: (range, { limit, cursor, ...options } = {}) =>
      service.read("listEvents", options, async () => {
        const bounds = service.bounds(requireRange(range), options.timeZone);
        const { events, failures } = await list(service, bounds, options);
        const place = { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) };
        const { items, next } = service.page(events, [range, options], place);
        return { events: items, failures, ...next };
      }),
    getEvent: (ref, options = {}) =>
      service.read("getEvent", options, async () => {
        service.requireZone(options.timeZone);
        const { stored, calendarId } = await service.find(requireRef(ref));
        return service.show(stored, calendarId, options.timeZone);
      }),
    findEventByUid: (iCalUid, options = {}) =>
      service.read("findEventByUid", options, async () => {
        requireCalendarId(iCalUid);
        for (const calendarId of options.calendarIds ?? [address]) {
          store.access(calendarId, address);
          const isIt = ({ uid, seriesId }: Stored): boolean => uid === iCalUid && seriesId === undefined;
          const found = store.inCalendar(calendarId).find(isIt);
          if (found) return service.show(found, calendarId, options.timeZone);
        }
        throw integrationError("request.not_found");
      }),
    searchEvents: (search, { limit, cursor, ...options } = {}) =>
      service.read("searchEvents", options, async () => {
        const given = requireEventSearch(search);
        const { range, ...query } = typeof given === "string" ? { text: given } : given;
        const nowMs = clock.now();
        const coming = { startMs: nowMs - 90 * day, endMs: nowMs + 365 * day };
        const bounds = range ? service.bounds(requireRange(range), options.timeZone) : coming;
        const { events, failures } = await list(service, bounds, { ...options, includeDeclined: true });
        const place = { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) };
        const fitting = events.filter((event) => matchesSearch(event, query));
        const { items, next } = service.page(fitting, [search, options], place);
        return { events: items, failures, ...next };
      }),
    getOccurrences: (ref, range, options = {}) =>
      service.read("getOccurrences", options, async () => {
        const bounds = service.bounds(requireRange(range), options.timeZone);
        const { stored, series, calendarId } = await service.find(requireRef(ref));
        const dates = (await service.dates(series ?? stored, bounds)).filter((each) => overlaps(service, each, bounds));
        return sorted(service, dates).map((each) => service.show(each, calendarId, options.timeZone));
      }),
    getCalendars: (options = {}) =>
      service.read("getCalendars", options, () => {
        const seen = store.calendars.filter(({ owner, readers }) => owner === address || readers?.includes(address));
        const all = seen.map(({ id, name, primary, owner }) => ({
          ...{ id, name, timeZone: account.calendarZone, selected: true, primary: primary && owner === address },
          accessRole: owner === address ? ("owner" as const) : ("reader" as const),
        }));
        return Promise.resolve(all.sort((a, b) => Number(b.primary) - Number(a.primary)));
      }),
    getEventPermissions: (ref, options = {}) =>
      service.read("getEventPermissions", options, async () => {
        const { stored, calendarId } = await service.find(requireRef(ref));
        return permissionsOf(service, stored, calendarId);
      }),
    getPendingInvitations: (range, options = {}) =>
      service.read("getPendingInvitations", options, async () => {
        const coming = { startMs: clock.now(), endMs: clock.now() + 365 * day };
        const bounds = range ? service.bounds(requireRange(range), options.timeZone) : coming;
        const { events, failures } = await list(service, bounds, options);
        const invitations = pendingOf(service, events, options.timeZone);
        if (failures.length === 0) return invitations;
        throw integrationError("request.partial_failure", { details: { events: invitations, failures } });
      }),
    getChanges: (cursor, options = {}) =>
      service.read("getChanges", options, () => {
        const from = cursor === undefined ? firstCursor(service, options) : readCursor(address, cursor, options);
        const changes: EventChange[] = [];
        const resetCalendars: string[] = [];
        for (const [calendarId, state] of from) {
          const since = store.since(calendarId, state);
          if (!since) resetCalendars.push(calendarId);
          for (const { id, last } of since ?? [])
            changes.push(toChange(service, calendarId, id, last, options.timeZone));
        }
        const next = from.map(([calendarId]) => [calendarId, store.state]);
        const more = { hasMore: false, reset: resetCalendars.length > 0, resetCalendars, failures: [] };
        return Promise.resolve({ changes, cursor: encodeCursor([address, "changes"], JSON.stringify(next)), ...more });
      }),
  };
}

/** The events of several calendars at a time, merged and sorted. */
export async function list(service: MemoryService, bounds: Bounds, options: EventsOptions): Promise<EventPage> {
  const { store, address } = service.account;
  service.requireZone(options.timeZone);
  const failures: EventPage["failures"] = [];
  const found: { stored: Stored; calendarId: string }[] = [];
  for (const calendarId of new Set(options.calendarIds ?? [address])) {
    try {
      store.access(calendarId, address);
      for (const stored of await inRange(service, calendarId, bounds, options)) found.push({ stored, calendarId });
    } catch (error) {
      if (!isIntegrationError(error)) throw error;
      failures.push({ calendarId, code: error.code, message: error.message, hint: error.hint });
    }
  }
  const order = sorted(
    service,
    found.map(({ stored }) => stored),
  );
  const events = found
    .sort((a, b) => order.indexOf(a.stored) - order.indexOf(b.stored))
    .map(({ stored, calendarId }) => service.show(stored, calendarId, options.timeZone));
  const fitting = events.filter(({ myResponse }) => options.includeDeclined === true || myResponse !== "declined");
  return { events: fitting, failures };
}

async function inRange(
  service: MemoryService,
  calendarId: string,
  bounds: Bounds,
  { expandRecurring = true }: EventsOptions,
): Promise<Stored[]> {
  const all = service.account.store.inCalendar(calendarId);
  if (!expandRecurring) return all;
  const firsts = all.filter(({ seriesId }) => seriesId === undefined);
  const dates = await Promise.all(firsts.map((each) => service.dates(each, bounds)));
  return dates.flat().filter((each) => overlaps(service, each, bounds));
}

function overlaps(service: MemoryService, { span, status }: Stored, { startMs, endMs }: Bounds): boolean {
  return status !== "cancelled" && service.msOf(span.start) < endMs && service.msOf(span.end) > startMs;
}

function sorted(service: MemoryService, events: readonly Stored[]): Stored[] {
  const startOf = ({ span }: Stored): number => service.msOf(span.start);
  return [...events].sort((a, b) => startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1));
}

/** Each invitation once: a series that waits for an answer stands for all of it. */
function pendingOf(service: MemoryService, events: readonly Event[], asked?: string): Event[] {
  const seen = new Set<string>();
  return events.flatMap((event) => {
    if (event.myResponse !== "needsAction" || event.organizer.self) return [];
    const stored = service.account.store.events.get(event.seriesId ?? "");
    const series = stored && service.show(stored, event.calendarId, asked);
    if (series?.myResponse !== "needsAction") return [event];
    if (seen.has(series.id)) return [];
    seen.add(series.id);
    return [{ ...series, nextOccurrence: { start: event.start, end: event.end } }];
  });
}

function firstCursor({ account: { store, address } }: MemoryService, options: CalendarsOptions): [string, number][] {
  return (options.calendarIds ?? [address]).map((calendarId) => [calendarId, store.state]);
}

function readCursor(address: string, cursor: string, { calendarIds }: CalendarsOptions): [string, number][] {
  const places = JSON.parse(decodeCursor([address, "changes"], cursor)) as [string, number][];
  const followed = places.map(([calendarId]) => calendarId);
  if (calendarIds && calendarIds.join() !== followed.join()) throw integrationError("request.invalid");
  return places;
}

function toChange(service: MemoryService, calendarId: string, id: string, last: Stored, asked?: string): EventChange {
  const { store } = service.account;
  const now = store.events.get(id);
  if (now && now.status !== "cancelled" && store.isIn(now, calendarId)) {
    return { type: "changed", id, calendarId, event: service.show(now, calendarId, asked) };
  }
  const { seriesId, originalStart } = service.show(last, calendarId, asked);
  return { type: "removed", id, calendarId, ...(seriesId && { seriesId }), ...(originalStart && { originalStart }) };
}
