import { isDeepStrictEqual } from "node:util";
import { integrationError } from "../../../core/errors.js";
import { without } from "../../../core/without.js";
import { changedSpan, movedSeries } from "../../../calendar/changed-times.js";
import { invalidField, type EventMoment, type EventSpan } from "../../../calendar/event-times.js";
import type { EventChanges } from "../../../calendar/models.js";
import { requireRecurrence } from "../../../calendar/recurrence/check.js";
import type { SeriesTimes } from "../../../calendar/recurrence/series.js";
import { movedDates, shiftSeries } from "../../../calendar/recurrence/shift.js";
import { eventId } from "./create-event.js";
import { namesAttendees, withChanges } from "./event-content.js";
import type { Target } from "./event-target.js";
import { toEvent, toMoment } from "./map-event.js";
import { known, seriesOf, spanOf } from "./raw-event.js";
import type { RawAttendee, RawEvent } from "./wire.js";
import { changedFields, isSameValue } from "./writing.js";

/** What is written over whatever version of an event there is. */
export interface PreparedChange {
  readonly change: (current: RawEvent) => RawEvent;
  /** @throws RequestError `request.conflict` naming the fields, with both versions */
  readonly requireCompatible: (base: RawEvent, current: RawEvent) => void;
  /** From when to when the event is afterwards; undefined when its times stay. */
  readonly span: EventSpan | undefined;
}

/**
 * Works out what changes mean for an event, an occurrence or a series.
 *
 * @throws RequestError `request.invalid` naming the field
 */
export async function prepareChange(
  { event, occurrence, scope, view }: Omit<Target, "permissions">,
  changes: EventChanges,
): Promise<PreparedChange> {
  const { time, calendarZone } = view;
  if (scope === "this" && changes.recurrence !== undefined)
    throw invalidField("recurrence", "cannot be set for one occurrence; name the series, or a scope");
  const named = occurrence ?? event;
  const zone = named.start?.timeZone ?? calendarZone;
  const wanted = changedSpan(time, spanOf(named, view), changes, time.isZone(zone) ? zone : calendarZone);
  const current = spanOf(event, view);
  // What only gets longer or shorter does not move its series, wherever it was moved before.
  const from = occurrence && (changes.start === undefined ? occurrence.start : occurrence.originalStartTime);
  const span = wanted && from ? movedSeries(time, current, toMoment(from, view), wanted) : wanted;
  const lines = await linesAfter(event, changes, span, view);
  const times = {
    ...(span && { start: span.start, end: span.end }),
    ...(lines !== undefined && { recurrence: lines }),
  };
  const conferenceId = eventId(undefined, event.id);
  const change = (before: RawEvent): RawEvent => {
    const { recurrence, ...after } = { ...withChanges(before, changes, conferenceId), ...times };
    return recurrence === undefined || recurrence === null ? after : { ...after, recurrence };
  };
  const touched = changedFields(event, change(event));
  return {
    change,
    requireCompatible: (base, now) => requireCompatible({ base, now, wanted: change(base), touched, changes, view }),
    span,
  };
}

/** @returns undefined when the recurrence stays as it is, null when there is none afterwards */
async function linesAfter(
  event: RawEvent,
  changes: EventChanges,
  span: EventSpan | undefined,
  view: Target["view"],
): Promise<string[] | null | undefined> {
  const { recurrence } = changes;
  if (recurrence === null) return event.recurrence ? null : undefined;
  if (recurrence) {
    return requireRecurrence(view.time, { ...(span ?? spanOf(event, view)), lines: recurrence.lines });
  }
  if (!span || !event.recurrence) return undefined;
  const lines = shiftSeries(view.time, seriesOf(event, view), span);
  return isDeepStrictEqual(lines, event.recurrence) ? undefined : lines;
}

interface Compared {
  readonly base: RawEvent;
  readonly now: RawEvent;
  readonly wanted: RawEvent;
  /** The fields that the change touches. */
  readonly touched: readonly string[];
  readonly changes: EventChanges;
  readonly view: Target["view"];
}

function requireCompatible({ base, now, wanted, touched, changes, view }: Compared): void {
  if (now.status === "cancelled") {
    throw integrationError("request.not_found", { message: "The event was cancelled meanwhile." });
  }
  const timing = ["start", "end", "recurrence"];
  const together = touched.some((name) => timing.includes(name)) ? [...new Set([...touched, ...timing])] : touched;
  const fields = together.filter((name) => clashes(name, { base, now, wanted, changes }));
  if (fields.length === 0) return;
  throw integrationError("request.conflict", {
    message: `Somebody else changed the same of the event meanwhile: ${fields.join(", ")}.`,
    hint: "Read the event again, decide which of both versions counts, and change it again.",
    details: {
      fields,
      theirs: toEvent(known(now), "", view),
      yours: toEvent(known(wanted), "", view),
    },
  });
}

function clashes(
  name: string,
  { base, now, wanted, changes }: Pick<Compared, "base" | "now" | "wanted" | "changes">,
): boolean {
  if (name === "attendees") {
    // Who is added or taken away by name is so whatever others did; answers never clash.
    return changes.attendees !== undefined && !isDeepStrictEqual(people(base), people(now));
  }
  if (name === "extendedProperties") {
    return Object.keys(changes.properties ?? {}).some((key) => {
      const [was, is, shall] = [base, now, wanted].map((each) => each.extendedProperties?.private?.[key]);
      return was !== is && is !== shall;
    });
  }
  return !isSameValue(name, base[name], now[name]) && !isSameValue(name, now[name], wanted[name]);
}

function people({ attendees = [] }: { attendees?: readonly RawAttendee[] | undefined }): string[] {
  return attendees.map(({ email = "" }) => email.toLowerCase()).sort();
}

/** Whether changes are about what everybody shares, rather than about the own copy or about whom else to invite. */
export function touchesAll(changes: EventChanges): boolean {
  const others = without(changes, ["reminders", "busy", "properties", "addAttendees", "timeZone"]);
  return Object.values<unknown>(others).some((value) => value !== undefined);
}

/** Whether changes invite somebody. */
export function invites(changes: EventChanges): boolean {
  return namesAttendees(changes) && (changes.addAttendees ?? []).length > 0;
}

/** When a series has something after it was moved that it had at some time before. */
export function dateMap(
  before: SeriesTimes,
  after: EventSpan | undefined,
  time: Target["view"]["time"],
): (original: EventMoment) => EventMoment {
  return after ? movedDates(time, before, after) : (original) => original;
}
