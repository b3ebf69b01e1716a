import { ApiError, invalidParameter } from "../api-error.js";
import type { ApiCall, ApiReply } from "../routes.js";
import type { World } from "../world.js";
import type { CalendarAccess } from "./calendars.js";
import { joinFields } from "./event-fields.js";
import { eventsBetween, type Listed } from "./event-listing.js";
import { momentOf, timeRangeEmpty } from "./event-parameters.js";
import type { TimeSpan } from "./event-store.js";
import { loadTemporal } from "./time.js";
import { isTimeZone } from "./time-text.js";
import { textIn } from "./zone-time.js";

/** A query, checked. */
interface FreeBusyQuery {
  readonly span: TimeSpan;
  readonly timeZone: string;
  /** Calendars and groups, as they were named. */
  readonly ids: readonly string[];
  readonly groupMax: number;
  readonly calendarMax: number;
}

const dayMs = 86_400_000;

/** When people are busy; who cannot be read has an error instead. @see https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query */
export async function queryFreeBusy({ body, world, user }: ApiCall): Promise<ApiReply> {
  const query = readQuery(body, world);
  const { groups, calendarIds } = expandGroups(query, world);
  const calendars: Record<string, unknown> = {};
  for (const id of calendarIds) {
    // Unsure(google): that one calendar too many leaves none of them with an answer.
    calendars[id] =
      calendarIds.size > query.calendarMax
        ? failure("tooManyCalendarsRequested")
        : await busyTimes(world, world.calendars.access(user.email, id), query);
  }
  const { fromMs, toLimitMs } = query.span;
  return {
    json: {
      kind: "calendar#freeBusy",
      timeMin: new Date(fromMs).toISOString(),
      timeMax: new Date(toLimitMs).toISOString(),
      ...(Object.keys(groups).length > 0 && { groups }),
      calendars,
    },
  };
}

function expandGroups(
  { ids, groupMax }: FreeBusyQuery,
  world: World,
): { groups: Record<string, unknown>; calendarIds: Set<string> } {
  const groups: Record<string, unknown> = {};
  const calendarIds = new Set<string>();
  for (const id of ids) {
    const members = world.groups.get(id.toLowerCase());
    if (!members) calendarIds.add(id);
    else if (members.length > groupMax) groups[id] = failure("groupTooBig", {});
    else {
      groups[id] = { calendars: members };
      for (const member of members) calendarIds.add(member);
    }
  }
  return { groups, calendarIds };
}

async function busyTimes(
  world: World,
  access: CalendarAccess | undefined,
  { span, timeZone }: FreeBusyQuery,
): Promise<unknown> {
  if (!access) return failure("notFound");
  const Temporal = await loadTemporal();
  const found = await eventsBetween({ Temporal, access, span, expand: true, nowMs: world.clock.now() });
  const busy = found
    .filter(isBusy)
    .map(({ startMs, endMs }) => [Math.max(startMs, span.fromMs), Math.min(endMs, span.toLimitMs)] as const);
  return { busy: merge(busy).map(([start, end]) => ({ start: textIn(timeZone, start), end: textIn(timeZone, end) })) };
}

function isBusy({ copy, gone, startMs, endMs }: Listed): boolean {
  const { shared, own, calendar } = copy;
  const { transparency } = joinFields({ shared: shared.fields, own });
  const declined = shared.attendees.some(
    ({ email, responseStatus }) => email.toLowerCase() === calendar.id && responseStatus === "declined",
  );
  return !gone && !declined && transparency !== "transparent" && endMs > startMs;
}

function merge(spans: readonly (readonly [number, number])[]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function failure(reason: string, rest: object = { busy: [] }): unknown {
  return { errors: [{ domain: "global", reason }], ...rest };
}

/** @throws ApiError 400 */
function readQuery(body: unknown, { calendar }: World): FreeBusyQuery {
  // What is null is as if it were left out.
  const fields = Object.fromEntries(Object.entries(Object(body) as object).filter(([, value]) => value !== null));
  const moment = (name: string): number => {
    const text: unknown = fields[name] ?? null;
    const ms = momentOf(text === null || typeof text === "string" ? text : "", name);
    if (ms !== undefined) return ms;
    throw new ApiError({ code: 400, reason: "required", message: `Missing required field: ${name}.` });
  };
  const span = { fromMs: moment("timeMin"), toLimitMs: moment("timeMax") };
  if (span.toLimitMs <= span.fromMs) throw timeRangeEmpty();
  if (span.toLimitMs - span.fromMs > calendar.freeBusyDays * dayMs) throw timeRangeTooLong();
  const { timeZone = "UTC" } = fields;
  if (!isTimeZone(timeZone)) throw invalidParameter("Invalid time zone.", "timeZone");
  return {
    span,
    timeZone,
    ids: idsOf(fields["items"]),
    groupMax: limitOf(fields["groupExpansionMax"], "groupExpansionMax", 100),
    calendarMax: limitOf(fields["calendarExpansionMax"], "calendarExpansionMax", 50),
  };
}

function timeRangeTooLong(): ApiError {
  return new ApiError({
    code: 400,
    reason: "timeRangeTooLong",
    domain: "calendar",
    message: "The requested time range is too long.",
    location: "timeMax",
    locationType: "parameter",
  });
}

function idsOf(items: unknown): string[] {
  if (items === undefined) return [];
  const given: unknown[] = Array.isArray(items) ? items : [undefined];
  return given.map((item) => {
    const id: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "id") : undefined;
    if (typeof id === "string") return id;
    throw new ApiError({ code: 400, reason: "required", message: "Required" });
  });
}

function limitOf(value: unknown, name: string, most: number): number {
  if (value === undefined) return most;
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most) return Number(value);
  throw invalidParameter(
    `Invalid value '${JSON.stringify(value)}'. Values must be within the range: [1, ${most}]`,
    name,
  );
}
