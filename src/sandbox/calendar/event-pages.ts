import { pageAfter, type PagedCall } from "../paging.js";
import type { ApiCall } from "../routes.js";
import type { CalendarAccess } from "./calendars.js";
import type { Listed } from "./event-listing.js";

/** In which order events are listed. */
export type EventOrder = "came" | "startTime" | "updated" | "changed";

/** One page of events; the token of the next one says where this one ends. @throws ApiError 400 */
export function pageOfEvents(
  call: PagedCall,
  listed: readonly Listed[],
  order: EventOrder,
): { items: Listed[]; nextPageToken: string | undefined } {
  const keyed = listed.map((each) => ({ each, key: keyOf(each, order) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const { items, nextPageToken } = pageAfter(call, keyed, { usual: 250, most: 2500 }, ({ key }) => key);
  return { items: items.map(({ each }) => each), nextPageToken };
}

/** A text that is in order as the events are, and different for each. */
function keyOf({ copy, startMs, order }: Listed, by: EventOrder): string {
  const tie = `${sortable(order)} ${sortable(startMs)}`;
  if (by === "startTime") return `${sortable(startMs)} ${tie}`;
  if (by === "updated") return `${sortable(copy.shared.updatedMs)} ${tie}`;
  return by === "changed" ? `${sortable(copy.etag)} ${tie}` : tie;
}

function sortable(value: number): string {
  return String(Math.round(value) + 9e15).padStart(17, "0");
}

/** What every list of events says beside them. */
export function envelopeOf({ world, query }: ApiCall, { calendar, role, user }: CalendarAccess): object {
  const { summary, description, timeZone } = calendar.properties;
  const entry = world.calendars.lists.find(user, calendar.id);
  const { updatedMs = world.clock.now() } = calendar.entries;
  return {
    kind: "calendar#events",
    etag: `"p${Math.max(calendar.entries.latest, calendar.change, entry?.change ?? 0)}"`,
    summary: entry?.summaryOverride ?? summary,
    ...(description !== undefined && { description }),
    updated: new Date(updatedMs).toISOString(),
    timeZone: query.get("timeZone") ?? timeZone,
    accessRole: role,
    defaultReminders: entry?.defaultReminders ?? [],
  };
}
