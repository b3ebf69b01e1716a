import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import type { GoogleApi } from "../http.js";
import { withoutSpaces } from "./read-calendars.js";
import { eventList, type WireEvent } from "./wire.js";

/** Where to read on in a calendar: after that state, on that page of what changed since. */
export interface SyncPlace {
  readonly calendarId: string;
  readonly syncToken: string;
  readonly pageToken?: string | undefined;
}

/** One page of what changed; it ends with one of the two tokens. */
export interface SyncPage {
  readonly items: readonly WireEvent[];
  readonly timeZone: string | undefined;
  readonly nextPageToken: string | undefined;
  readonly nextSyncToken: string | undefined;
}

/**
 * A token for a calendar's state now: Google gives it at the end of a whole list, of which nothing else is read. What
 * changes while the list is read comes after it.
 *
 * @see https://developers.google.com/workspace/calendar/api/guides/sync
 */
export async function readSyncToken(api: GoogleApi, path: string, deadline: Deadline): Promise<string> {
  const query = { fields: "nextPageToken,nextSyncToken", maxResults: 2500 };
  let pageToken: string | undefined;
  for (;;) {
    const page = await api.call({ path, query: { ...query, pageToken }, answer: eventList }, deadline);
    if (page.nextSyncToken !== undefined) return page.nextSyncToken;
    if (page.nextPageToken === undefined || page.nextPageToken === pageToken) throw withoutToken();
    pageToken = page.nextPageToken;
  }
}

/**
 * A page of what changed in a calendar.
 *
 * @returns undefined when Google does not know that page, or without one that state, any more
 */
export async function readSyncPage(
  api: GoogleApi,
  path: string,
  { syncToken, pageToken }: SyncPlace,
  deadline: Deadline,
): Promise<SyncPage | undefined> {
  try {
    const page = await api.call(
      { path, query: { ...withoutSpaces, syncToken, pageToken }, answer: eventList },
      deadline,
    );
    const { items = [], timeZone, nextPageToken, nextSyncToken } = page;
    if (nextPageToken === undefined && nextSyncToken === undefined) throw withoutToken();
    return { items, timeZone, nextPageToken, nextSyncToken };
  } catch (error) {
    if (isOutdated(error, pageToken !== undefined)) return undefined;
    throw error;
  }
}

/** Quirk(google): a state that is too old is gone (410), a page of it that expired is invalid, as is a token that is none. */
function isOutdated(error: unknown, isPage: boolean): boolean {
  if (isIntegrationError(error, "request.invalid")) return true;
  return isIntegrationError(error, "request.not_found") && (isPage || error.details?.["status"] === 410);
}

function withoutToken(): Error {
  return integrationError("connection.unavailable", {
    message: "Google's list of events ended without the token to go on from.",
  });
}
