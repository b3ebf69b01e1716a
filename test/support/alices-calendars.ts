import type { CalendarClient } from "../../src/calendar/client.js";
import type { Event } from "../../src/calendar/models.js";
import { createCalendarClient } from "../../src/integrations.js";
import type { SeedCalendar, SeedEvent } from "../../src/sandbox/index.js";
import { movedClock, type MovedClock } from "./moved-clock.js";
import { openWorld, withClient, type World } from "./world.js";

/** Whose calendars they are. */
export const alice = "alice@example.com";
/** Who invites her. */
export const bob = "bob@example.com";

/** Alice's calendars in Berlin on a Monday morning, and her client. */
export async function alicesCalendars(
  events: SeedEvent[],
  more: SeedCalendar[] = [],
): Promise<World & { calendar: CalendarClient; clock: MovedClock }> {
  const clock = movedClock(Date.parse("2026-11-23T08:00:00Z"));
  const timeZone = "Europe/Berlin";
  const users = [
    { email: alice, timeZone, calendars: [{ events }, ...more] },
    { email: bob, timeZone },
  ];
  const world = await openWorld({ seed: { users }, clock, limits: "none" });
  const calendar = createCalendarClient("google_calendar", await world.signIn("google_calendar", alice));
  return withClient(world, calendar, { calendar, clock });
}

/** An event in Berlin at a wall time such as `2026-11-24T09:00`, of an hour. */
export function berlin(start: string, more: Partial<SeedEvent> = {}): SeedEvent {
  const endHour = String(Number(start.slice(11, 13)) + 1).padStart(2, "0");
  return {
    summary: start,
    start: { dateTime: `${start}:00`, timeZone: "Europe/Berlin" },
    end: { dateTime: `${start.slice(0, 11)}${endHour}${start.slice(13)}:00`, timeZone: "Europe/Berlin" },
    ...more,
  };
}

/** What makes an event an invitation of Bob's that Alice has given that answer. */
export function fromBob(responseStatus = "needsAction"): Partial<SeedEvent> {
  return {
    organizer: { email: bob },
    attendees: [
      { email: bob, displayName: "Bob Builder", responseStatus: "accepted" },
      { email: alice, responseStatus },
    ],
  };
}

/** The events' titles. */
export function titles(events: readonly Event[]): string[] {
  return events.map(({ title }) => title);
}
