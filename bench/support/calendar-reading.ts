import { auth, calendar_v3 } from "@googleapis/calendar";
import { createCalendarClient, timeRange } from "maigic-integrations";
import type { SeedCalendar, SeedEvent } from "maigic-integrations/sandbox";
import { user, type Account } from "./account.js";

/** The calendars that are read. */
export const calendarIds: readonly string[] = [
  user,
  ...["family", "team", "travel", "sports"].map((name) => `${name}@group.calendar.google.com`),
];

const eventsEach = 100;
const firstMs = Date.parse("2026-11-02T06:00:00Z");
const range = { timeMin: "2026-11-01T00:00:00+01:00", timeMax: "2026-12-01T00:00:00+01:00" };

/** Reads the events of a month in all calendars. @returns their titles, by start */
export type EventReading = (account: Account) => Promise<string[]>;

/** Ours, with a client of its own and the package's defaults. */
export const readOurs: EventReading = async ({ options }) => {
  await using client = createCalendarClient("google_calendar", options);
  const events = await client.getEvents(timeRange.between(range.timeMin, range.timeMax), { calendarIds });
  return events.map(({ title }) => title);
};

type Wire = calendar_v3.Schema$Event;

/** The official client, as a programmer uses it. */
function readTheirs(readAll: (read: (calendarId: string) => Promise<Wire[]>) => Promise<Wire[][]>): EventReading {
  return async ({ url, accessToken }) => {
    const credentials = new auth.OAuth2();
    credentials.setCredentials({ access_token: accessToken });
    const { events } = new calendar_v3.Calendar({ auth: credentials, rootUrl: `${url}/` });
    const list = { ...range, singleEvents: true, orderBy: "startTime", maxResults: 2500 };
    const read = async (calendarId: string): Promise<Wire[]> => {
      const found: Wire[] = [];
      for (let pageToken: string | undefined; ;) {
        const { data } = await events.list({ ...list, calendarId, ...(pageToken !== undefined && { pageToken }) });
        found.push(...(data.items ?? []));
        if (!data.nextPageToken) return found;
        pageToken = data.nextPageToken;
      }
    };
    const startOf = ({ start }: Wire): number => Date.parse(start?.dateTime ?? start?.date ?? "");
    const found = (await readAll(read)).flat();
    return found.sort((a, b) => startOf(a) - startOf(b)).map(({ summary }) => summary ?? "");
  };
}

/** The official client in the ways that a programmer uses it. */
export const peers: Readonly<Record<string, EventReading>> = {
  "@googleapis/calendar one after the other": readTheirs(async (read) => {
    const found: Wire[][] = [];
    for (const calendarId of calendarIds) found.push(await read(calendarId));
    return found;
  }),
  "@googleapis/calendar all at once": readTheirs((read) => Promise.all(calendarIds.map(read))),
};

/** Asks the service for everything, without any client. */
export async function readOnce({ url, accessToken }: Account): Promise<void> {
  for (const calendarId of calendarIds) {
    const list = new URL(`${url}/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events?singleEvents=true`);
    const answer = await fetch(list, { headers: { authorization: `Bearer ${accessToken}` } });
    if (!answer.ok) throw new Error(`${calendarId}: ${answer.status}`);
    await answer.arrayBuffer();
  }
}

/** Throws unless it is all events of all calendars, in order. */
export function requireAll(titles: readonly string[]): void {
  const wanted = Array.from({ length: eventsEach }, (_, index) =>
    calendarIds.map((_id, which) => titleOf(index, which)),
  );
  if (titles.join() !== wanted.flat().join()) throw new Error(`read ${titles.length} events, not all of them in order`);
}

/** Ordinary events: some lines of text, half of them with guests, some with a call. */
export function fullCalendars(): SeedCalendar[] {
  return calendarIds.map((id, which) => ({
    id,
    timeZone: "Europe/Berlin",
    events: Array.from({ length: eventsEach }, (_, index) => eventOf(index, which)),
  }));
}

function eventOf(index: number, which: number): SeedEvent {
  const at = (minute: number): { dateTime: string; timeZone: string } => ({
    dateTime: new Date(firstMs + index * 6 * 3_600_000 + minute * 60_000).toISOString(),
    timeZone: "Europe/Berlin",
  });
  return {
    summary: titleOf(index, which),
    description: "We look at the numbers of last week, and at what comes next. ".repeat(4),
    location: `Room ${index % 7}`,
    start: at(which * 5),
    end: at(which * 5 + 30),
    ...(index % 2 === 0 && {
      attendees: Array.from({ length: 4 }, (_, guest) => ({
        email: `person${guest}@example.com`,
        displayName: `Person ${guest}`,
        responseStatus: "accepted",
      })),
    }),
    ...(index % 5 === 0 && { hangoutLink: "https://meet.google.com/abc-defg-hij" }),
  };
}

function titleOf(index: number, which: number): string {
  return `Event ${index} of calendar ${which}`;
}
