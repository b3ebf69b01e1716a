import { decodeCursor, encodeCursor } from "../../../core/cursor.js";
import type { Deadline } from "../../../core/deadline.js";
import { requireCount } from "../../../core/input.js";
import type { EventPage } from "../../../calendar/models.js";
import type { PageOptions } from "../../../calendar/options.js";
import type { Calendars } from "./calendars.js";
import { readCalendars, toFailure, type Bounds, type Selection } from "./read-calendars.js";

/** A list that is given in pages. */
export interface PagedList {
  /** Names the list in cursors: the method and all that selects in it. */
  readonly asked: readonly unknown[];
  readonly selection: Selection;
  /** The list's range, for its first page; the later ones keep to that one. */
  readonly bounds: () => Promise<Bounds>;
}

/**
 * One page of a list. A cursor says after which place the next one begins, so that what comes, goes or moves meanwhile
 * neither hides other events nor shows them twice.
 *
 * @throws RequestError `request.invalid` for a limit that is none, and for a cursor of another account or list
 */
export async function readPage(
  calendars: Calendars,
  { asked, selection, bounds: firstBounds }: PagedList,
  { limit, cursor }: PageOptions,
  deadline: Deadline,
): Promise<EventPage> {
  requireCount("limit", limit);
  const scope = [...calendars.cursorScope, JSON.stringify(asked)];
  const { bounds, after } =
    cursor === undefined ? { bounds: await firstBounds(), after: "" } : readStart(scope, cursor);
  const read = await readCalendars(calendars, { ...selection, bounds, page: { limit, after } }, deadline);
  const rest = read.events.filter(({ place }) => place > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    events: page.map(({ event }) => event),
    failures: read.failures.map(toFailure),
    ...(last && page.length < rest.length && { cursor: cursorAfter(scope, bounds, last.place) }),
  };
}

function cursorAfter(scope: readonly string[], { timeMin, timeMax }: Bounds, after: string): string {
  return encodeCursor(scope, JSON.stringify([timeMin, timeMax, after]));
}

function readStart(scope: readonly string[], cursor: string): { bounds: Bounds; after: string } {
  // As it was written above: decodeCursor knows whose it is.
  const [timeMin, timeMax, after] = JSON.parse(decodeCursor(scope, cursor)) as [string, string, string];
  return { bounds: { timeMin, timeMax }, after };
}
