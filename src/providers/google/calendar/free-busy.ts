import * as v from "valibot";
import { mergeIntervals, type Interval } from "../../../calendar/availability/intervals.js";
import type { FreeBusy } from "../../../calendar/availability-models.js";
import type { TimeRange } from "../../../calendar/models.js";
import type { Deadline } from "../../../core/deadline.js";
import { isIntegrationError } from "../../../core/errors.js";
import { printableLine } from "../../../core/printable.js";
import type { Calendars } from "./calendars.js";
import { toBounds } from "./events.js";
import { boundsOf, intervalOf } from "./read-calendars.js";

/** When somebody is busy, as instants; with `unknown`, that and why not all of it is known. */
export interface BusyTimes {
  /** In order, without overlaps. Of a group: whatever is known of its members. */
  readonly busy: readonly Interval[];
  readonly unknown?: string;
}

/** When people are busy, each as they were asked for. Who cannot be read keeps nobody else from being. */
export async function getFreeBusy(
  calendars: Calendars,
  range: TimeRange,
  who: readonly string[],
  deadline: Deadline,
): Promise<FreeBusy[]> {
  const { time } = calendars;
  const zone = range.timeZone ?? (await calendars.timeZone(deadline));
  const span = intervalOf(await toBounds(calendars, range, { timeZone: zone }, deadline));
  const known = await readBusyTimes(calendars, span, who, deadline);
  return who.map((each) => {
    const { busy, unknown } = busyTimesOf(known, each);
    return {
      who: each,
      status: unknown === undefined ? "known" : "unknown",
      busy: busy.map(({ startMs, endMs }) => ({ start: time.format(startMs, zone), end: time.format(endMs, zone) })),
      ...(unknown !== undefined && { reason: unknown }),
    };
  });
}

/** What was found out about one of those who were asked for. */
export function busyTimesOf(known: ReadonlyMap<string, BusyTimes>, who: string): BusyTimes {
  return known.get(calendarOf(who)) ?? noAnswer;
}

/** When people are busy, to be looked up by `busyTimesOf`. As many calls as are needed go side by side. */
export async function readBusyTimes(
  calendars: Calendars,
  span: Interval,
  who: readonly string[],
  deadline: Deadline,
): Promise<ReadonlyMap<string, BusyTimes>> {
  const ids = [...new Set(who.map(calendarOf))];
  const parts = await Promise.all(
    chunksOf(ids, calendarsPerCall).flatMap((some) =>
      partsOf(span).map((part) => query(calendars, part, some, deadline)),
    ),
  );
  const known = new Map<string, BusyTimes>();
  for (const part of parts) for (const [id, times] of part) known.set(id, join(known.get(id), times));
  return known;
}

/** Google's own limit. @see https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query */
const calendarsPerCall = 50;
/** Google refuses a time range that is too long, and does not say which one is. */
const partMs = 90 * 86_400_000;
const shortestPartMs = 86_400_000;

function calendarOf(who: string): string {
  return who === "me" ? "primary" : who;
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

function partsOf({ startMs, endMs }: Interval): Interval[] {
  return Array.from({ length: Math.ceil((endMs - startMs) / partMs) }, (_, at) => ({
    startMs: startMs + at * partMs,
    endMs: Math.min(startMs + (at + 1) * partMs, endMs),
  }));
}

type Answers = ReadonlyMap<string, BusyTimes>;

/** One call, or two halves of it side by side where Google finds it too long or a group makes it too many calendars. */
async function query(
  calendars: Calendars,
  span: Interval,
  ids: readonly string[],
  deadline: Deadline,
): Promise<Answers> {
  const body = {
    ...boundsOf(span),
    groupExpansionMax: 100,
    calendarExpansionMax: calendarsPerCall,
    items: ids.map((id) => ({ id })),
  };
  const call = { method: "POST" as const, path: "/freeBusy", body, repeatable: true, answer: freeBusyAnswer };
  let answer: WireFreeBusy;
  try {
    answer = await calendars.api.call(call, deadline);
  } catch (error) {
    if (!isTooLong(error) || span.endMs - span.startMs <= shortestPartMs) throw error;
    const middleMs = Math.round((span.startMs + span.endMs) / 2);
    const [earlier, later] = await Promise.all([
      query(calendars, { startMs: span.startMs, endMs: middleMs }, ids, deadline),
      query(calendars, { startMs: middleMs, endMs: span.endMs }, ids, deadline),
    ]);
    return new Map(ids.map((id) => [id, join(earlier.get(id), later.get(id) ?? noAnswer)]));
  }
  if (ids.length > 1 && hasTooMany(answer)) {
    const halves = chunksOf(ids, Math.ceil(ids.length / 2));
    const answers = await Promise.all(halves.map((half) => query(calendars, span, half, deadline)));
    return new Map(answers.flatMap((each) => [...each]));
  }
  return new Map(ids.map((id) => [id, readAnswer(answer, id)]));
}

function isTooLong(error: unknown): boolean {
  const reasons: unknown = isIntegrationError(error, "request.invalid") ? error.details?.["reasons"] : undefined;
  return Array.isArray(reasons) && reasons.includes("timeRangeTooLong");
}

const tooMany = "tooManyCalendarsRequested";

function hasTooMany({ calendars = {} }: WireFreeBusy): boolean {
  return Object.values(calendars).some(({ errors = [] }) => errors.some(({ reason }) => reason === tooMany));
}

const noAnswer: BusyTimes = { busy: [], unknown: "Google did not answer for this calendar." };

function join(known: BusyTimes | undefined, more: BusyTimes): BusyTimes {
  const unknown = known?.unknown ?? more.unknown;
  return {
    busy: mergeIntervals([...(known?.busy ?? []), ...more.busy]),
    ...(unknown !== undefined && { unknown }),
  };
}

/** A group is as busy as its members; one of them who cannot be read makes it unknown when the others are free. */
function readAnswer({ calendars = {}, groups = {} }: WireFreeBusy, id: string): BusyTimes {
  const group = entryOf(groups, id);
  if (!group) return readCalendar(entryOf(calendars, id));
  const failed = reasonOf(group.errors);
  if (failed !== undefined) return { busy: [], unknown: failed };
  return (group.calendars ?? []).reduce<BusyTimes>(
    (all, member) => {
      const times = readCalendar(entryOf(calendars, member));
      if (times.unknown === undefined || times.unknown === meanings[tooMany]) return join(all, times);
      return join(all, { busy: times.busy, unknown: `Of the group, ${member}: ${times.unknown}` });
    },
    { busy: [] },
  );
}

function entryOf<T>(entries: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}

function readCalendar(answer: WireBusyCalendar | undefined): BusyTimes {
  if (!answer) return noAnswer;
  const { busy = [], errors } = answer;
  const intervals = busy.map(({ start, end }) => ({ startMs: Date.parse(start), endMs: Date.parse(end) }));
  const readable = intervals.filter(({ startMs, endMs }) => !Number.isNaN(startMs + endMs));
  const unknown =
    reasonOf(errors) ?? (readable.length < intervals.length ? "Google's times cannot be read." : undefined);
  return { busy: mergeIntervals(readable), ...(unknown !== undefined && { unknown }) };
}

const meanings: Readonly<Record<string, string>> = {
  notFound: "No such calendar is shown to this account.",
  forbidden: "This account may not see when this calendar is busy.",
  internalError: "Google could not read it just now.",
  groupTooBig: "The group has too many members.",
  [tooMany]: "The group has more members than Google answers for at once.",
};

function reasonOf(errors: readonly { reason?: string | undefined }[] | undefined): string | undefined {
  const [first] = errors ?? [];
  if (!first) return undefined;
  const reason = printableLine(first.reason ?? "no reason given").slice(0, 60);
  return meanings[reason] ?? `Google cannot tell (${reason}).`;
}

interface WireBusyCalendar {
  busy?: { start: string; end: string }[] | undefined;
  errors?: { reason?: string | undefined }[] | undefined;
}

interface WireFreeBusy {
  calendars?: Record<string, WireBusyCalendar> | undefined;
  groups?:
    | Record<string, { calendars?: string[] | undefined; errors?: { reason?: string | undefined }[] | undefined }>
    | undefined;
}

const errors = v.optional(v.array(v.object({ reason: v.optional(v.string()) })));

const freeBusyAnswer: v.GenericSchema<unknown, WireFreeBusy> = v.object({
  calendars: v.optional(
    v.record(
      v.string(),
      v.object({ busy: v.optional(v.array(v.object({ start: v.string(), end: v.string() }))), errors }),
    ),
  ),
  groups: v.optional(v.record(v.string(), v.object({ calendars: v.optional(v.array(v.string())), errors }))),
});
