import { randomInt } from "node:crypto";
import { createCalendarClient, timeRange, type ClientOptions } from "maigic-integrations";
import type { CalendarClient, Event, EventChange } from "maigic-integrations/calendar";
import { calendarAccount, type CalendarAccount, type WireEvent } from "./support/calendar-account.js";
import { bigSeriesSeed, calendarIds, happen, manyChanges, organizer, user } from "./support/calendar-history.js";
import { oneOf } from "./support/one-of.js";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld, type World } from "./support/world.js";

export const name = "follow-calendar";
export const claim =
  "whoever follows calendars by getChanges holds what the server holds, dropped dates too, over expired tokens, expired pages, outages and kills";

/** Calendars that have seen more take longer to list. */
const historiesOfWorld = 100;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const histories = full ? 2_000 : 16;
  const found = await followAll(histories, {});
  const { resets, single, pages, outages, kills } = found;
  const mishaps = `${resets} resets, ${single} of them of one calendar, ${pages} pages that expired, ${outages} outages, ${kills} kills`;
  return outcome(
    {
      figure: `${found.different} of ${histories} differ, with ${mishaps}`,
      target: `0 of ${histories} differ, with some of each`,
      holds: found.different === 0 && Math.min(resets, single, pages, outages, kills) > 0,
    },
    {
      "a follower that passes over a change": (await followAll(6, { loses: true })).different > 0,
      "a follower that does not start anew": (await followAll(3, { ignoresResets: true })).different > 0,
      "a follower that does not heed dropped dates": (await followAll(3, { ignoresDropped: true })).different > 0,
    },
  );
}

interface Flaw {
  readonly loses?: boolean;
  readonly ignoresResets?: boolean;
  readonly ignoresDropped?: boolean;
}

interface Found {
  different: number;
  resets: number;
  single: number;
  pages: number;
  outages: number;
  kills: number;
}

async function followAll(histories: number, flaw: Flaw): Promise<Found> {
  const found: Found = { different: 0, resets: 0, single: 0, pages: 0, outages: 0, kills: 0 };
  for (let begun = 0; begun < histories; begun += historiesOfWorld) {
    await follow(Math.min(historiesOfWorld, histories - begun), flaw, found);
  }
  return found;
}

async function follow(histories: number, flaw: Flaw, found: Found): Promise<void> {
  await using world = await openWorld(bigSeriesSeed(), user);
  const own = calendarAccount(world.sandbox, user);
  const other = calendarAccount(world.sandbox, organizer);
  let stored = await catchUp(world.options, JSON.stringify({ events: {} } satisfies Kept), flaw, found);
  // A control is over as soon as it was noticed.
  const isOver = (): boolean => Object.keys(flaw).length > 0 && found.different > 0;
  for (let history = 0; history < histories && !isOver(); history++) {
    await happen(own, other);
    await meet(mishapOf(history), { world, own, stored, flaw, found });
    stored = await catchUp(world.options, stored, flaw, found);
    world.sandbox.clearFaults();
    if (!isSame(stored, own)) found.different += 1;
  }
}

type Mishap = "expired" | "one expired" | "page" | "outage" | "kill" | "none";

/** Each of the mishaps comes often, and some histories go by without. */
function mishapOf(history: number): Mishap {
  const mishaps = { 1: "expired", 3: "page", 4: "one expired", 6: "outage", 7: "kill" } as const;
  return (mishaps as Record<number, Mishap>)[history % 8] ?? "none";
}

interface Scene {
  readonly world: World;
  readonly own: CalendarAccount;
  readonly stored: string;
  readonly flaw: Flaw;
  readonly found: Found;
}

async function meet(mishap: Mishap, { world, own, stored, flaw, found }: Scene): Promise<void> {
  const { sandbox } = world;
  const method = "calendar.events.list";
  const after = randomInt(calendarIds.length);
  if (mishap === "expired") sandbox.expireSyncTokens();
  if (mishap === "one expired") sandbox.failNext({ method, after, respond: "fullSyncRequired" });
  if (mishap === "outage") {
    sandbox.failNext({ method, after, respond: oneOf(["forbidden", "notFound", "dailyLimitExceeded"]) });
    found.outages += 1;
  }
  if (mishap === "page") {
    await manyChanges(own);
    // The first call reads a page of each calendar, the second begins with the next one of the longest.
    sandbox.failNext({ method, after: calendarIds.length, respond: "expiredPageToken" });
    found.pages += 1;
  }
  if (mishap === "kill") {
    await manyChanges(own);
    // What was read and not stored is lost with the process.
    await catchUp(world.options, stored, { ...flaw, pages: 1 }, found);
    found.kills += 1;
  }
}

/** What a follower keeps: by calendar and id what is known of an event, or that a series has it no more. */
interface Kept {
  cursor?: string;
  events: Record<string, Record<string, { is: string; seriesId?: string }>>;
}

/** A process that reads on from what was stored. @returns what it stores in the end */
async function catchUp(
  options: ClientOptions,
  stored: string,
  { loses = false, ignoresResets = false, ignoresDropped = false, pages = Infinity }: Flaw & { pages?: number },
  found: Found,
): Promise<string> {
  await using client = createCalendarClient("google_calendar", options);
  const kept = JSON.parse(stored) as Kept;
  if (kept.cursor === undefined) {
    kept.cursor = (await client.getChanges(undefined, { calendarIds })).cursor;
    await readAnew(client, kept, calendarIds);
  }
  for (let page = 0; page < pages; page++) {
    const { changes, cursor, hasMore, resetCalendars, failures } = await client.getChanges(kept.cursor);
    if (resetCalendars.length > 0) found.resets += 1;
    if (resetCalendars.length === 1) found.single += 1;
    for (const change of loses ? changes.slice(1) : changes) {
      if (!ignoresDropped || change.type === "changed" || change.seriesId === undefined) apply(kept, change);
    }
    if (!ignoresResets) await readAnew(client, kept, resetCalendars);
    kept.cursor = cursor;
    if (!hasMore && failures.length === 0) break;
  }
  return JSON.stringify(kept);
}

async function readAnew(client: CalendarClient, kept: Kept, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const range = timeRange.between("2000-01-01T00:00:00Z", "2050-01-01T00:00:00Z");
  const events = await client.getEvents(range, { calendarIds: ids, expandRecurring: false, includeDeclined: true });
  for (const id of ids) kept.events[id] = {};
  for (const event of events) put(kept, event);
}

function apply(kept: Kept, change: EventChange): void {
  if (change.type === "changed") {
    put(kept, change.event);
    return;
  }
  const { calendarId, id, seriesId } = change;
  const held = (kept.events[calendarId] ??= {});
  for (const [other, known] of Object.entries(held)) {
    if (other === id || known.seriesId === id) Reflect.deleteProperty(held, other);
  }
  if (seriesId !== undefined) held[id] = { is: "dropped", seriesId };
}

function put(kept: Kept, { calendarId, id, seriesId, status, version, title, start }: Event): void {
  const is = status === "cancelled" ? "dropped" : shown(version, title, start.date ?? start.dateTime);
  (kept.events[calendarId] ??= {})[id] = { is, ...(seriesId !== undefined && { seriesId }) };
}

function shown(version: unknown, title: unknown, start: unknown): string {
  const startsAt = String(start);
  return [version, title, startsAt.length > 10 ? Date.parse(startsAt) : startsAt].join(" ");
}

/** Whether both know the same events, and the same dates that series do not have. */
function isSame(stored: string, account: CalendarAccount): boolean {
  const { events } = JSON.parse(stored) as Kept;
  return calendarIds.every((id) => {
    const held = Object.entries(events[id] ?? {}).filter(
      ([, { is, seriesId }]) => is !== "dropped" || events[id]?.[seriesId ?? ""],
    );
    return (
      JSON.stringify(held.map(([eventId, { is }]) => [eventId, is]).sort()) ===
      JSON.stringify(onServer(account.events(id)).sort())
    );
  });
}

function onServer(events: readonly WireEvent[]): [string, string][] {
  const living = new Set(events.filter(({ status }) => status !== "cancelled").map(({ id }) => id));
  return events.flatMap((event): [string, string][] => {
    const { id, status, etag, summary, recurringEventId } = event;
    if (status === "cancelled") return living.has(recurringEventId) ? [[String(id), "dropped"]] : [];
    const start = event["start"] as { date?: string; dateTime?: string };
    return [[String(id), shown(etag, summary, start.date ?? start.dateTime)]];
  });
}
