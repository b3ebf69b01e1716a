import { ApiError, invalidParameter } from "../api-error.js";
import type { ApiCall, ApiReply } from "../routes.js";
import { accessOf } from "./calendar-access.js";
import type { CalendarAccess } from "./calendars.js";
import { filterOf } from "./event-filters.js";
import { eventsBetween, eventsSince, showListed, type Listed } from "./event-listing.js";
import { envelopeOf, pageOfEvents, type EventOrder } from "./event-pages.js";
import { booleanOf, momentOf, spanOf, viewOptionsOf } from "./event-parameters.js";
import type { TimeSpan } from "./event-store.js";
import { begunAt, continued } from "./synced-list.js";
import { loadTemporal } from "./time.js";

/** What a list asks for, checked. */
interface ListQuery {
  readonly span: TimeSpan;
  readonly expand: boolean;
  readonly showDeleted: boolean | undefined;
  readonly updatedMinMs: number | undefined;
  readonly order: EventOrder;
  readonly syncToken: string | null;
}

const dayMs = 86_400_000;
/** With these there is no synchronization. Unsure(google): that a list with one of them ends without a sync token. */
const narrowing = ["iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "updatedMin"];

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/list */
export async function listEvents(call: ApiCall): Promise<ApiReply> {
  const access = accessOf(call);
  const { world, query } = call;
  const asked = readQuery(call);
  const view = viewOptionsOf(query);
  const isWanted = filterOf(query, access, world);
  const { page, begun = access.calendar.entries.latest } = continued(call);
  const found = await find(call, access, asked);
  const listed = found.filter((each) => isWanted(each.copy) && isShown(each, asked));
  const { items, nextPageToken } = pageOfEvents(page, listed, asked.order);
  const details = asked.showDeleted === true;
  return {
    json: {
      ...envelopeOf(call, access),
      ...(nextPageToken !== undefined
        ? { nextPageToken: begunAt(begun, nextPageToken) }
        : syncTokenOf(call, access, asked, begun)),
      items: items.map((each) => showListed(each, access, { ...view, details })),
    },
  };
}

async function find({ world, query }: ApiCall, access: CalendarAccess, asked: ListQuery): Promise<Listed[]> {
  const options = { Temporal: await loadTemporal(), access, expand: asked.expand, nowMs: world.clock.now() };
  if (asked.syncToken === null) return eventsBetween({ ...options, span: asked.span });
  const { change, note } = world.syncTokens.readNoted(asked.syncToken, listName(access, query));
  const [fromMs = NaN, toLimitMs = NaN] = note.split("~").map(Number);
  return eventsSince(change, { ...options, span: { fromMs, toLimitMs } });
}

/** Whether what is found is shown, by what became of it and when. */
function isShown({ copy, gone }: Listed, { expand, showDeleted, updatedMinMs, syncToken }: ListQuery): boolean {
  if (updatedMinMs !== undefined && copy.shared.updatedMs < updatedMinMs) return false;
  if (!gone || showDeleted === true || updatedMinMs !== undefined || syncToken !== null) return true;
  // A date that is no more is part of what a series is: without it the series would be shown where nothing happens.
  const { series } = copy.shared;
  const seriesCopy = series?.copies.get(copy.calendar);
  return !expand && seriesCopy !== undefined && !seriesCopy.removed && series?.status !== "cancelled";
}

/** The token at the end of a list. It keeps the span, by which dates of series are shown later too. */
function syncTokenOf(
  { query, world }: ApiCall,
  access: CalendarAccess,
  { span, syncToken }: ListQuery,
  begun: number,
): { nextSyncToken?: string } {
  if (narrowing.some((name) => query.has(name))) return {};
  const name = listName(access, query);
  const note =
    syncToken === null ? `${span.fromMs}~${span.toLimitMs}` : world.syncTokens.readNoted(syncToken, name).note;
  return { nextSyncToken: world.syncTokens.issue(name, begun, note) };
}

function listName({ calendar, user }: CalendarAccess, query: URLSearchParams): string {
  const selected = ["showHiddenInvitations", "singleEvents"].map((name) => booleanOf(query, name) ?? false);
  return JSON.stringify(["events", calendar.id, user, query.getAll("eventTypes").sort(), ...selected]);
}

/** @throws ApiError 400 for what cannot be or does not go together, 410 */
function readQuery({ query, world }: ApiCall): ListQuery {
  const expand = booleanOf(query, "singleEvents") ?? false;
  const showDeleted = booleanOf(query, "showDeleted");
  const syncToken = query.get("syncToken");
  if (syncToken !== null) requireNothingElse(query, showDeleted);
  const orderBy = query.get("orderBy");
  if (orderBy !== null && orderBy !== "startTime" && orderBy !== "updated") {
    throw invalidParameter(`Invalid string value: '${orderBy}'. Allowed values: [startTime, updated]`, "orderBy");
  }
  if (orderBy === "startTime" && !expand) {
    throw invalidParameter("The requested ordering is not available for the particular query.", "orderBy");
  }
  const updatedMinMs = momentOf(query.get("updatedMin"), "updatedMin");
  if (updatedMinMs !== undefined && updatedMinMs < world.clock.now() - world.calendar.updatedMinDays * dayMs) {
    throw new ApiError({
      code: 410,
      reason: "updatedMinTooLongAgo",
      domain: "calendar",
      message: "The requested minimum modification time lies too far in the past.",
      location: "updatedMin",
      locationType: "parameter",
    });
  }
  const order = orderBy ?? (syncToken === null ? "came" : "changed");
  return { span: spanOf(query), expand, showDeleted, updatedMinMs, order, syncToken };
}

function requireNothingElse(query: URLSearchParams, showDeleted: boolean | undefined): void {
  if (query.has("orderBy")) {
    throw badSync("syncTokenWithNonDefaultOrdering", "Sync token cannot be used with non-default ordering.");
  }
  const restricted = ["timeMin", "timeMax", ...narrowing].some((name) => query.has(name)) || showDeleted === false;
  if (!restricted) return;
  throw badSync("syncTokenWithRequestRestrictions", "Sync token cannot be used with other request restrictions.");
}

function badSync(reason: string, message: string): ApiError {
  const location = { location: "syncToken", locationType: "parameter" };
  return new ApiError({ code: 400, reason, domain: "calendar", message, ...location });
}
