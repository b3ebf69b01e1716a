/** Accepts every open invitation of the coming week, unless it begins before nine or clashes with something. */
import { createCalendarClient, timeRange, type ClientOptions } from "maigic-integrations";

/** @returns what was answered, and how */
export async function answerInvitations(options: ClientOptions = {}): Promise<string[]> {
  await using calendar = createCalendarClient("google_calendar", options);
  const answered: string[] = [];
  for (const event of await calendar.getPendingInvitations(timeRange.next({ days: 7 }))) {
    const hour = Number(event.start.dateTime?.slice(11, 13) ?? "12");
    const clashes = (await calendar.findConflicts(event)).filter(({ kind }) => kind === "double_booking");
    const status = hour < 9 || clashes.length > 0 ? "tentative" : "accepted";
    const comment = clashes[0] ? `I may be late: ${clashes[0].message}` : "See you there";
    await calendar.respondToInvitation(event, status === "accepted" ? { status, comment } : status);
    answered.push(`${event.title}: ${status}`);
  }
  return answered;
}
