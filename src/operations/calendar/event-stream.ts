import type { CalendarFailure, Event, EventPage } from "../../calendar/models.js";
import type { PageOptions } from "../../calendar/options.js";
import { integrationError } from "../../core/errors.js";
import { given } from "../../core/given.js";
import type { GivenFields } from "../fields.js";

const eventsPerPage = 250;

/**
 * The events of a list as its pages come, to its end or to a limit.
 *
 * @param readPage - reads one page
 * @throws RequestError `request.partial_failure` at the end, when calendars could not be read: `details.failures`
 */
export async function* streamEvents(
  readPage: (page: PageOptions) => Promise<EventPage>,
  { limit = Infinity, cursor: begin }: GivenFields<{ limit: number; cursor: string }>,
): AsyncGenerator<Event, void, undefined> {
  const failed = new Map<string, CalendarFailure>();
  let [left, cursor] = [limit, begin];
  do {
    const page = await readPage({ limit: Math.min(left, eventsPerPage), ...given({ cursor }) });
    yield* page.events;
    for (const failure of page.failures) failed.set(failure.calendarId, failure);
    left -= page.events.length;
    cursor = page.cursor;
  } while (cursor !== undefined && left > 0);
  if (failed.size === 0) return;
  throw integrationError("request.partial_failure", {
    message: `Calendars that could not be read: ${[...failed.keys()].join(", ")}.`,
    details: { failures: [...failed.values()] },
  });
}
