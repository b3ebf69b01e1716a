import { ApiError } from "../api-error.js";
import type { ApiCall, ApiReply } from "../routes.js";
import { eventsBetween } from "./events-read.js";
import { formatIn, loadTemporal } from "./time.js";

interface FreeBusyQuery {
  readonly timeMin?: unknown;
  readonly timeMax?: unknown;
  readonly timeZone?: unknown;
  readonly items?: unknown;
}

const maxCalendars = 50;

/** When people are busy; who cannot be read has an error instead. @see https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query */
export async function queryFreeBusy({ body, world, user }: ApiCall): Promise<ApiReply> {
  const { timeMin, timeMax, timeZone, items }: FreeBusyQuery = typeof body === "object" && body !== null ? body : {};
  const [fromMs, toLimitMs] = [Date.parse(String(timeMin)), Date.parse(String(timeMax))];
  if (Number.isNaN(fromMs) || Number.isNaN(toLimitMs)) {
    throw new ApiError({ code: 400, reason: "required", message: "Missing time range." });
  }
  const ids = Array.isArray(items)
    ? items.map((item: unknown) => String(Reflect.get(Object(item) as object, "id")))
    : [];
  if (ids.length > maxCalendars) {
    throw new ApiError({ code: 400, reason: "tooManyCalendarsRequested", message: "Too many calendars requested." });
  }
  const Temporal = await loadTemporal();
  const zone = typeof timeZone === "string" ? timeZone : "UTC";
  const calendars: Record<string, unknown> = {};
  for (const id of ids) {
    const access = world.calendars.access(user.email, id);
    if (!access) {
      calendars[id] = { errors: [{ domain: "global", reason: "notFound" }], busy: [] };
      continue;
    }
    const events = await eventsBetween(Temporal, access, { fromMs, toLimitMs }, true);
    const busy = events
      .filter(({ json }) => isBusy(json))
      .map(({ startMs, endMs }) => [Math.max(startMs, fromMs), Math.min(endMs, toLimitMs)] as const);
    calendars[id] = {
      busy: merge(busy).map(([start, end]) => ({
        start: formatIn(Temporal, start, zone),
        end: formatIn(Temporal, end, zone),
      })),
    };
  }
  return { json: { kind: "calendar#freeBusy", timeMin, timeMax, calendars } };
}

function isBusy(json: Record<string, unknown>): boolean {
  const attendees = Array.isArray(json["attendees"])
    ? (json["attendees"] as { self?: boolean; responseStatus?: string }[])
    : [];
  const declined = attendees.some(({ self, responseStatus }) => self === true && responseStatus === "declined");
  return json["status"] !== "cancelled" && json["transparency"] !== "transparent" && !declined;
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
