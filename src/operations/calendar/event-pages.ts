import type { CalendarClient } from "../../calendar/client.js";
import type { CalendarFailure, Event, EventPage } from "../../calendar/models.js";
import type { PageOptions } from "../../calendar/options.js";
import type { CallOptions } from "../../core/deadline.js";
import { integrationError } from "../../core/errors.js";
import { given } from "../../core/given.js";
import { optionsOf, optionsOfMany, type CallLimits } from "../call-options.js";
import type { GivenFields } from "../fields.js";
import type { OperationCall } from "../operation.js";

const eventsPerPage = 250;

type Paging = GivenFields<{ limit: number; cursor: string }>;

/** How an operation gives events that come in pages: one page, or as a stream all. */
export function eventPages<Asked extends Paging>(
  readPage: (client: CalendarClient, asked: Asked, options: CallOptions & PageOptions) => Promise<EventPage>,
): {
  run(call: OperationCall<"calendar">, asked: Asked): Promise<EventPage>;
  stream(call: OperationCall<"calendar">, asked: Asked): AsyncIterable<Event>;
} {
  return {
    run: async (call, asked) =>
      readPage(call.client, asked, { ...optionsOf(call), ...given({ limit: asked.limit, cursor: asked.cursor }) }),
    stream: (call, asked) => streamEvents(call, async (options) => readPage(call.client, asked, options), asked),
  };
}

/**
 * The events of a list as its pages come, to its end or to a limit. A time limit is that of all pages together.
 *
 * @param readPage - reads one page
 * @throws RequestError `request.partial_failure` at the end, when calendars could not be read: `details.failures`
 */
async function* streamEvents(
  call: CallLimits,
  readPage: (options: CallOptions & PageOptions) => Promise<EventPage>,
  { limit = Infinity, cursor: begin }: Paging,
): AsyncGenerator<Event, void, undefined> {
  const failed = new Map<string, CalendarFailure>();
  const { options, end } = optionsOfMany(call);
  let [left, cursor] = [limit, begin];
  try {
    do {
      const page = await readPage({ ...options, limit: Math.min(left, eventsPerPage), ...given({ cursor }) });
      yield* page.events;
      for (const failure of page.failures) failed.set(failure.calendarId, failure);
      left -= page.events.length;
      cursor = page.cursor;
    } while (cursor !== undefined && left > 0);
  } finally {
    end();
  }
  if (failed.size > 0) throw unread([...failed.values()]);
}

function unread(failures: readonly CalendarFailure[]): Error {
  return integrationError("request.partial_failure", {
    message: `Calendars that could not be read: ${failures.map(({ calendarId }) => calendarId).join(", ")}.`,
    details: { failures },
  });
}
