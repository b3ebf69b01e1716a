import * as v from "valibot";
import type { EventSpan } from "../../../calendar/event-times.js";
import type { Notify } from "../../../calendar/options.js";
import type { SeriesTimes } from "../../../calendar/recurrence/series.js";
import { toMoment, type TimeView } from "./map-event.js";
import { event, type RawEvent, type WireEvent } from "./wire.js";

/** What this package knows of a whole event. */
export function known(raw: RawEvent): WireEvent {
  return v.parse(event, raw);
}

/** Addresses of those who are invited by somebody else than themselves. Rooms are told too. */
export function guestsOf({ attendees = [] }: Pick<RawEvent, "attendees">): string[] {
  return attendees.flatMap(({ email, self, organizer }) =>
    email === undefined || self === true || organizer === true ? [] : [email],
  );
}

/**
 * What an event is to those who look at it before it is changed or answered: when it is, what and where, and with whom.
 * Who answered what meanwhile makes it no other one.
 */
export function lookedAt(event: RawEvent): readonly unknown[] {
  const { summary, start, end, recurrence, status, organizer } = event;
  const [description, location] = [event["description"], event["location"]];
  return [summary, start, end, recurrence, status, organizer?.email, description, location, guestsOf(event)];
}

/** Whom a write tells, as far as that is known here: with `external` only Google knows who is. */
export function tellsWhom(notify: Notify, guests: readonly string[]): string[] {
  return notify === "all" ? [...guests] : [];
}

/** From when to when an event is. */
export function spanOf(raw: RawEvent, view: TimeView): EventSpan {
  return { start: toMoment(raw.start, view), end: toMoment(raw.end, view) };
}

/** A series with its lines. */
export function seriesOf(raw: RawEvent, view: TimeView): SeriesTimes {
  return { ...spanOf(raw, view), lines: raw.recurrence ?? [] };
}
