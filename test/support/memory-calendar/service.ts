import { integrationError, type CallOptions, type Clock } from "maigic-integrations";
import {
  createCalendarCalls,
  decodeCursor,
  encodeCursor,
  epochMsOf,
  expandSeries,
  toEventTime,
  type CalendarOperation,
  type Event,
  type EventMoment,
  type EventRef,
  type TimeRange,
  type ZonedTime,
} from "maigic-integrations/calendar";
import type { MemoryStore, Stored } from "./store.js";

/** What several clients of an account share. */
export interface MemoryAccount {
  readonly address: string;
  readonly store: MemoryStore;
  readonly clock: Clock;
  readonly time: ZonedTime;
  /** Of every calendar. */
  readonly calendarZone: string;
  /** What the profile says. */
  readonly profile: { timeZone?: string };
  /** What a test lets happen between reading and writing. */
  readonly interlude: () => Promise<unknown>;
}

/** A time as an interval, in milliseconds since the epoch. */
export interface Bounds {
  readonly startMs: number;
  readonly endMs: number;
}

/** What the methods of a client are made with. */
export class MemoryService {
  readonly account: MemoryAccount;
  readonly calls: ReturnType<typeof createCalendarCalls>;
  readonly access: "read" | "full";

  constructor(account: MemoryAccount, access: "read" | "full") {
    this.account = account;
    this.access = access;
    this.calls = createCalendarCalls({ service: "memory_calendar", userId: "default", clock: account.clock });
  }

  /** Runs a reading method; its caller may have given up before it is done. */
  async read<T>(operation: CalendarOperation, options: CallOptions, work: () => Promise<T>): Promise<T> {
    return this.calls.run(operation, options, async ({ signal }) => {
      const result = await work();
      signal.throwIfAborted();
      return result;
    });
  }

  get zone(): string {
    return this.account.profile.timeZone ?? this.account.calendarZone;
  }

  /** @throws RequestError `request.invalid` */
  bounds(range: TimeRange, asked?: string): Bounds {
    const { time } = this.account;
    this.requireZone(asked);
    const zone = range.timeZone ?? asked ?? this.zone;
    const [startMs = 0, endMs = 0] = [range.start, range.end].map((boundary) => {
      const moment = time.moment(boundary, zone);
      return moment.kind === "date" ? time.startOfDay(moment.date, zone) : moment.epochMs;
    });
    if (endMs <= startMs) throw integrationError("request.invalid", { message: "The range ends before it begins." });
    return { startMs, endMs };
  }

  requireZone(timeZone: string | undefined): void {
    if (timeZone === undefined || this.account.time.isZone(timeZone)) return;
    throw integrationError("request.invalid", { message: `"${timeZone}" is not a time zone.` });
  }

  msOf(moment: EventMoment): number {
    return epochMsOf(this.account.time, moment, this.account.calendarZone);
  }

  /** What a reference names: an event, a series, or an occurrence. @throws RequestError `request.not_found` */
  async find(ref: EventRef): Promise<{ stored: Stored; calendarId: string; series?: Stored }> {
    const { id, calendarId = this.account.address } = typeof ref === "string" ? { id: ref } : ref;
    const { store, address } = this.account;
    store.access(calendarId, address);
    const known = store.events.get(id);
    const series = store.events.get(known?.seriesId ?? id.slice(0, Math.max(0, id.lastIndexOf("_"))));
    const stored = known ?? (series && (await this.dates(series)).find((each) => each.id === id));
    if (!stored || stored.status === "cancelled" || !store.isIn(stored, calendarId)) {
      throw integrationError("request.not_found", { message: `There is no event "${id}".` });
    }
    return { stored, calendarId, ...(series && { series }) };
  }

  /** All occurrences of a series in a range, default ten years: those that differ in place of those that they were. */
  async dates(series: Stored, bounds?: Bounds): Promise<Stored[]> {
    const { store, time, calendarZone } = this.account;
    if (!series.lines) return [series];
    const fromMs = Math.min(bounds?.startMs ?? Infinity, this.msOf(series.span.start));
    const toMs = bounds?.endMs ?? this.msOf(series.span.start) + 3_653 * 86_400_000;
    const exceptions = new Map(store.exceptionsOf(series.id).map((each) => [each.id, each]));
    const lines = [...series.lines];
    const dates = await expandSeries(time, { ...series.span, lines }, { fromMs, toMs }, calendarZone, 2_000);
    const all = dates.map(({ start, end }): Stored => {
      const id = occurrenceId(series.id, start);
      const different = exceptions.get(id);
      exceptions.delete(id);
      const own = { id, seriesId: series.id, original: start, span: { start, end }, lines: undefined };
      return different ?? { ...series, ...own };
    });
    return [...all, ...exceptions.values()];
  }

  /** An event as the account sees it in a calendar. */
  show(stored: Stored, calendarId: string, asked?: string): Event {
    const { address, time, store } = this.account;
    const { span, uid, lines, guests, original, version, createdMs, updatedMs, ...rest } = stored;
    const owner = store.ownerOf(stored.calendarId);
    const shown = {
      ...{ ...rest, calendarId, request: undefined },
      iCalUid: uid,
      start: toEventTime(time, span.start, asked),
      end: toEventTime(time, span.end, asked),
      allDay: span.start.date !== undefined,
      organizer: { email: owner, self: owner === address },
      attendees: guests.map((guest) => ({
        ...{ ...guest, resource: false, organizer: guest.email === owner, self: guest.email === address },
      })),
      attendeesOmitted: false,
      myResponse: guests.find(({ email }) => email === address)?.response,
      recurrence: lines && { lines: [...lines] },
      originalStart: original && toEventTime(time, original, asked),
      createdAt: new Date(createdMs).toISOString(),
      updatedAt: new Date(updatedMs).toISOString(),
      version: String(version),
    };
    return JSON.parse(JSON.stringify(shown)) as Event; // what is undefined is not there
  }

  /** A part of a list, and a cursor that fits no other list. */
  page<T>(
    items: readonly T[],
    list: unknown,
    options: { limit?: number; cursor?: string },
  ): { items: T[]; next: { cursor?: string } } {
    const { limit = Infinity, cursor } = options;
    if (limit !== Infinity && (!Number.isInteger(limit) || limit < 1)) throw integrationError("request.invalid");
    const scope = [this.account.address, JSON.stringify(list)];
    const from = cursor === undefined ? 0 : Number(decodeCursor(scope, cursor));
    const end = from + limit;
    const next = end < items.length ? { cursor: encodeCursor(scope, String(end)) } : {};
    return { items: items.slice(from, end), next };
  }
}

/** The id of a series' occurrence. */
export function occurrenceId(seriesId: string, original: EventMoment): string {
  const text = original.date ?? new Date(original.dateTime).toISOString().slice(0, 19);
  return `${seriesId}_${text.replaceAll(/[-:]/g, "")}`;
}
