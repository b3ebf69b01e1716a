/** Accepts every open invitation of the coming week that does not begin before nine. */
import { createCalendarClient, timeRange, type ClientOptions } from "maigic-integrations";

/** @returns the titles of what was accepted */
export async function answerInvitations(options: ClientOptions = {}): Promise<string[]> {
  await using calendar = createCalendarClient("google_calendar", options);
  const events = await calendar.getEvents(timeRange.next({ days: 7 }));
  const accepted: string[] = [];
  for (const event of events) {
    const hour = Number(event.start.dateTime?.slice(11, 13) ?? "12");
    if (event.myResponse !== "needsAction" || hour < 9) continue;
    await calendar.respondToInvitation(event, { status: "accepted", comment: "See you there" });
    accepted.push(event.title);
  }
  return accepted;
}
