import type { calendar_v3 } from "@googleapis/calendar";
import { createGoogleSandbox, type GoogleSandbox, type SeedEvent } from "../../src/sandbox/index.js";
import { calendarClient } from "./google-clients.js";
import { movedClock } from "./moved-clock.js";

export const alice = "alice@example.com";
export const bob = "bob@example.com";
export const carol = "carol@example.com";
/** Somebody without an account in the world. */
export const outsider = "jens@harbour.example";
/** A group of Bob and Carol. */
export const studio = "studio@example.com";
/** A calendar of Alice's that Bob may write to. */
export const team = "team@group.calendar.google.com";

type Wire = calendar_v3.Schema$Event;
interface Times {
  start: calendar_v3.Schema$EventDateTime;
  end: calendar_v3.Schema$EventDateTime;
}

/** A sandbox with Alice, Bob and Carol, and short ways to do with their events what tests do most. */
export interface CalendarWorld extends AsyncDisposable {
  readonly sandbox: GoogleSandbox;
  /** Google's client of a person. */
  readonly events: (user: string) => calendar_v3.Resource$Events;
  /** A new event of Alice's at noon of the 24th. */
  readonly insert: (body?: Wire, params?: object) => Promise<Wire & { id: string }>;
  /** A person's copy of an event, as that person is shown it. */
  readonly copy: (user: string, eventId: string) => Promise<Wire>;
  readonly patch: (user: string, eventId: string, requestBody: Wire, params?: object) => Promise<Wire>;
  /** A call without a client, for what no client sends. */
  readonly raw: (method: string, path: string, body?: unknown) => Promise<{ status: number; json: unknown }>;
}

/** An hour in Berlin. */
export function hour(date: string, from = 12): Times {
  const at = (each: number): calendar_v3.Schema$EventDateTime => ({
    dateTime: `${date}T${String(each).padStart(2, "0")}:00:00`,
    timeZone: "Europe/Berlin",
  });
  return { start: at(from), end: at(from + 1) };
}

/** Begins on Monday the 23rd of November 2026 at noon in London. */
export async function calendarWorld(events: SeedEvent[] = []): Promise<CalendarWorld> {
  const timeZone = "Europe/Berlin";
  const sandbox = await createGoogleSandbox({
    clock: movedClock(Date.parse("2026-11-23T12:00:00Z")),
    limits: "none",
    seed: {
      groups: [{ email: studio, members: [bob, carol] }],
      users: [
        {
          email: alice,
          timeZone,
          calendars: [{ events }, { id: team, summary: "Team", share: [{ email: bob, role: "writer" }] }],
        },
        { email: bob, timeZone },
        { email: carol, timeZone },
      ],
    },
  });
  const api = new Map<string, calendar_v3.Calendar>();
  const eventsOf = (user: string): calendar_v3.Resource$Events => {
    const client = api.get(user) ?? calendarClient(sandbox, user);
    api.set(user, client);
    return client.events;
  };
  const calendarId = "primary";
  return {
    sandbox,
    events: eventsOf,
    insert: async (body = {}, params = {}) => {
      const requestBody = { summary: "Plan", ...hour("2026-11-24"), ...body };
      const { data } = await eventsOf(alice).insert({ calendarId, requestBody, ...params });
      return { ...data, id: data.id ?? "" };
    },
    copy: async (user, eventId) => (await eventsOf(user).get({ calendarId, eventId })).data,
    patch: async (user, eventId, requestBody, params = {}) =>
      (await eventsOf(user).patch({ calendarId, eventId, requestBody, ...params })).data,
    raw: async (method, path, body) => {
      const { accessToken } = sandbox.issueToken(alice, ["https://www.googleapis.com/auth/calendar"]);
      const response = await fetch(`${sandbox.url}/calendar/v3/calendars/primary/events${path}`, {
        method,
        headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, json: await response.json() };
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

/** Who attends an event and with which answer. */
export function answers({ attendees = [] }: Wire): Record<string, string> {
  return Object.fromEntries(attendees.map(({ email, responseStatus }) => [email ?? "", responseStatus ?? ""]));
}
