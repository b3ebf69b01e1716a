import { randomUUID } from "node:crypto";
import { integrationError } from "maigic-integrations";
import {
  lengthMs,
  movedSeries,
  readEventSpan,
  splitSeries,
  type EventChanges,
  type EventMoment,
  type EventRef,
  type EventSpan,
  type SeriesScope,
} from "maigic-integrations/calendar";
import { inherited, spanAfter, withChanges } from "./change.js";
import { requireMay } from "./permissions.js";
import { occurrenceId, type MemoryService } from "./service.js";
import type { Stored, Writes } from "./store.js";

/** What a write is about. */
export interface Target {
  readonly calendarId: string;
  /** The event, the occurrence or the series. */
  readonly stored: Stored;
  /** The occurrence that a series was named by. */
  readonly occurrence?: Stored;
  readonly scope: SeriesScope;
}

/** What a write would do. */
export interface Plan {
  readonly writes: Writes;
  readonly calendarId: string;
  readonly before?: Stored;
  readonly after?: Stored;
  readonly ended?: Stored;
  readonly occurrences: number;
}

/** @throws RequestError `request.not_found`, `request.scope_required`, `request.forbidden` */
export async function findTarget(
  service: MemoryService,
  ref: EventRef,
  scope: SeriesScope | undefined,
  may?: Parameters<typeof requireMay>[2],
): Promise<Target> {
  const { stored, series, calendarId } = await service.find(ref);
  if (may) requireMay(service, { stored, calendarId }, may);
  if (!series && !stored.lines) return { stored, calendarId, scope: "this" };
  if (series && (scope ?? "this") === "this") return { stored, calendarId, scope: "this" };
  if (!scope) throw integrationError("request.scope_required");
  if (series) return { stored: series, occurrence: stored, calendarId, scope };
  if (scope !== "all") throw integrationError("request.invalid", { message: "A series is meant as a whole." });
  return { stored, calendarId, scope };
}

/** What changes would do. */
export async function planUpdate(service: MemoryService, target: Target, changes: EventChanges): Promise<Plan> {
  const { stored, occurrence, calendarId, scope } = target;
  if (!stored.lines) {
    const after = await withChanges(service, stored, changes, spanAfter(service, stored, changes));
    return { calendarId, before: stored, after, writes: new Map([[stored.id, after]]), occurrences: 1 };
  }
  const parted = scope === "following" && occurrence ? await part(service, stored, occurrence) : undefined;
  const rest = parted?.rest ?? stored;
  const wanted = spanAfter(service, occurrence ?? stored, changes);
  const moved = occurrence?.original
    ? movedSeries(service.account.time, rest.span, occurrence.original, wanted)
    : wanted;
  const isMoved = JSON.stringify(occurrence?.span ?? stored.span) !== JSON.stringify(wanted);
  const span = isMoved ? moved : rest.span;
  const after = await withChanges(service, rest, changes, span);
  const exceptions = parted?.later ?? service.account.store.exceptionsOf(stored.id);
  const writes = new Map<string, Stored | undefined>(parted ? [[stored.id, parted.ended]] : []);
  writes.set(after.id, after);
  for (const each of exceptions) writes.set(each.id, undefined);
  for (const each of exceptions) {
    const isNamed = each.id === occurrence?.id;
    const own = rehomed(service, inherited(each, rest, after, isNamed), rest.span, span, after.id);
    writes.set(own.id, isNamed && isMoved ? { ...own, span: wanted } : own);
  }
  const before = await service.dates(parted ? { ...stored, lines: parted.after } : stored);
  const occurrences = parted ? parted.count : before.filter(isOn).length;
  return { calendarId, before: stored, after, writes, occurrences, ...(parted && { ended: parted.ended }) };
}

/** What calling an event off would do. */
export async function planDelete(service: MemoryService, target: Target): Promise<Plan> {
  const { stored, occurrence, calendarId, scope } = target;
  const facts = { calendarId, before: occurrence ?? stored };
  if (stored.seriesId !== undefined) {
    return { ...facts, writes: new Map([[stored.id, { ...stored, status: "cancelled" as const }]]), occurrences: 1 };
  }
  const all = stored.lines ? await service.dates(stored) : [stored];
  const parted = scope === "following" && occurrence ? await part(service, stored, occurrence) : undefined;
  const exceptions = parted?.later ?? service.account.store.exceptionsOf(stored.id);
  const writes = new Map<string, Stored | undefined>([[stored.id, parted?.ended]]);
  for (const { id } of exceptions) writes.set(id, undefined);
  return { ...facts, writes, occurrences: parted?.count ?? all.filter(isOn).length };
}

/** What another organizing calendar would do. */
export function planMove(service: MemoryService, { stored, calendarId }: Target, to: string): Plan {
  const after = { ...stored, calendarId: to };
  const exceptions = service.account.store.exceptionsOf(stored.id).map((each) => ({ ...each, calendarId: to }));
  const writes = new Map([after, ...exceptions].map((each) => [each.id, each]));
  return { calendarId: to === calendarId ? calendarId : to, before: stored, after, writes, occurrences: 1 };
}

interface Parted {
  readonly ended: Stored;
  readonly rest: Stored;
  readonly after: readonly string[];
  readonly later: readonly Stored[];
  readonly count: number;
}

/** A series in two at one of its occurrences. @returns undefined when nothing is before it */
async function part(service: MemoryService, series: Stored, occurrence: Stored): Promise<Parted | undefined> {
  const { time, store } = service.account;
  const at = occurrence.original ?? occurrence.span.start;
  const whole = { ...series.span, lines: [...(series.lines ?? [])] };
  const { before, after, start } = await splitSeries(time, whole, at);
  if (!before) return undefined;
  const isLater = ({ original }: Stored): boolean =>
    original !== undefined && service.msOf(original) >= service.msOf(at);
  const count = (await service.dates(series)).filter((each) => isOn(each) && isLater(each)).length;
  const id = randomUUID().replaceAll("-", "");
  const span = spanAt(service, start, series.span);
  const rest = { ...series, id, uid: `${id}@memory.example`, lines: after, span };
  return {
    ended: { ...series, lines: before },
    rest,
    after,
    later: store.exceptionsOf(series.id).filter(isLater),
    count,
  };
}

/** An exception of a series that moved, or became another one; it moves along unless it has a time for itself. */
function rehomed(service: MemoryService, exception: Stored, from: EventSpan, to: EventSpan, seriesId: string): Stored {
  const { original, span } = exception;
  if (!original) return exception;
  const isSame = JSON.stringify(from) === JSON.stringify(to);
  const { time } = service.account;
  const now = isSame ? original : movedSeries(time, { start: original, end: original }, from.start, to).start;
  const home = { ...exception, id: occurrenceId(seriesId, now), seriesId, original: now };
  const isMoved = service.msOf(span.start) !== service.msOf(original) || lengthMs(span) !== lengthMs(from);
  return isSame || isMoved ? home : { ...home, span: spanAt(service, now, to) };
}

/** The time of something that begins at a moment and is as long as something else. */
function spanAt({ account, zone }: MemoryService, start: EventMoment, like: EventSpan): EventSpan {
  return readEventSpan(account.time, { start, durationMinutes: lengthMs(like) / 60_000 }, zone);
}

function isOn({ status }: Stored): boolean {
  return status !== "cancelled";
}
