import type { Temporal as TemporalTypes } from "temporal-polyfill";
import type { EventCopy } from "./stored-event.js";
import { readTime, toMs } from "./time.js";

/** A span of time in milliseconds since the epoch; its end is not part of it. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toLimitMs: number;
}

/** An event with its exact times; of a series those of its first date. */
export interface PlacedEvent extends TimeSpan {
  readonly copy: EventCopy;
  /** In which order it came into the calendar. */
  readonly order: number;
}

/** When an event was, until a change gave it other times. */
export interface FormerTimes {
  readonly fields: EventCopy["shared"]["fields"];
  /** The change that ended it. */
  readonly change: number;
}

interface Entry {
  readonly copy: EventCopy;
  readonly order: number;
  /** As they were after the last change, since a write puts new ones in their place. */
  fields: EventCopy["shared"]["fields"];
  readonly former: FormerTimes[];
  placed: { readonly zone: string; readonly fields: object; readonly event: PlacedEvent } | undefined;
}

/** The copies of events in one calendar. None ever leaves it: what was deleted is kept, so that it can be told. */
export class EventStore {
  readonly #byId = new Map<string, Entry>();
  #latest = 0;

  /** The latest change of anything in it. */
  get latest(): number {
    return this.#latest;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  get(id: string): EventCopy | undefined {
    return this.#byId.get(id)?.copy;
  }

  /** All copies, in the order in which they came. */
  *values(): Generator<EventCopy> {
    for (const { copy } of this.#byId.values()) yield copy;
  }

  put(copy: EventCopy): void {
    const { fields } = copy.shared;
    this.#byId.set(copy.id, { copy, order: this.#byId.size, fields, former: [], placed: undefined });
    this.#latest = Math.max(this.#latest, copy.etag);
  }

  /** A copy has changed, in whichever way. @param etag - its new version, greater than every one before */
  touch(copy: EventCopy, etag: number): void {
    const entry = this.#byId.get(copy.id);
    if (entry?.copy !== copy) return;
    const { fields } = copy.shared;
    if (entry.fields !== fields) {
      if (timesOf(entry.fields) !== timesOf(fields)) entry.former.push({ fields: entry.fields, change: etag });
      entry.fields = fields;
    }
    copy.etag = etag;
    this.#latest = Math.max(this.#latest, etag);
  }

  /** When an event was after a change, each time that it was another time than later. */
  formerOf(copy: EventCopy, since: number): FormerTimes[] {
    return this.#byId.get(copy.id)?.former.filter(({ change }) => change > since) ?? [];
  }

  /** When the last of its events was changed, or undefined without any. */
  get updatedMs(): number | undefined {
    let latest: number | undefined;
    for (const { copy } of this.#byId.values()) latest = Math.max(latest ?? 0, copy.shared.updatedMs);
    return latest;
  }

  /** Everything with its times, in the order in which it came. Exact times are worked out once for each version. */
  *placed(Temporal: typeof TemporalTypes, zone: string): Generator<PlacedEvent> {
    for (const entry of this.#byId.values()) {
      const { fields } = entry.copy.shared;
      if (entry.placed?.fields !== fields || entry.placed.zone !== zone) {
        const fromMs = toMs(Temporal, readTime(fields["start"], "start"), zone);
        const toLimitMs = toMs(Temporal, readTime(fields["end"], "end"), zone);
        entry.placed = { zone, fields, event: { copy: entry.copy, order: entry.order, fromMs, toLimitMs } };
      }
      yield entry.placed.event;
    }
  }
}

function timesOf({ start, end, recurrence }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([start, end, recurrence]);
}
