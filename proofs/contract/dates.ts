import type { calendar_v3 } from "@googleapis/calendar";
import type { Person } from "./google.js";

export const calendarId = "primary";

/** An hour on a day of December 2026, UTC. */
export function hour(day: number, at: number = 9): Pick<calendar_v3.Schema$Event, "start" | "end"> {
  const time = (of: number): string => new Date(Date.UTC(2026, 11, day, of)).toISOString();
  return { start: { dateTime: time(at) }, end: { dateTime: time(at + 1) } };
}

/** An event of an hour on 1 December, unless told otherwise. */
export async function insert(
  { calendar }: Person,
  event: calendar_v3.Schema$Event = {},
  options: Omit<calendar_v3.Params$Resource$Events$Insert, "requestBody"> = {},
): Promise<calendar_v3.Schema$Event & { readonly id: string }> {
  const requestBody = { summary: "Plan", ...hour(1), ...event };
  const { data } = await calendar.events.insert({ calendarId, ...options, requestBody });
  return { ...data, id: data.id ?? "" };
}

/** Daily at nine in Berlin from 1 December, so many times. */
export async function insertSeries(
  person: Person,
  count: number,
  more: calendar_v3.Schema$Event = {},
): ReturnType<typeof insert> {
  const at = (time: string): calendar_v3.Schema$EventDateTime => ({
    dateTime: `2026-12-01T${time}`,
    timeZone: "Europe/Berlin",
  });
  return insert(person, {
    start: at("09:00:00"),
    end: at("10:00:00"),
    recurrence: [`RRULE:FREQ=DAILY;COUNT=${count}`],
    ...more,
  });
}

export async function get({ calendar }: Person, eventId: string): Promise<calendar_v3.Schema$Event> {
  return (await calendar.events.get({ calendarId, eventId })).data;
}

export async function list(
  { calendar }: Person,
  options: calendar_v3.Params$Resource$Events$List = {},
): Promise<calendar_v3.Schema$Events & { readonly items: calendar_v3.Schema$Event[] }> {
  const { data } = await calendar.events.list({ calendarId, ...options });
  return { ...data, items: data.items ?? [] };
}

/** The answer of somebody in somebody's copy of an event. */
export async function answerOf(person: Person, eventId: string, email: string): Promise<string | undefined> {
  const { attendees } = await get(person, eventId);
  return attendees?.find((each) => each.email === email)?.responseStatus ?? undefined;
}
