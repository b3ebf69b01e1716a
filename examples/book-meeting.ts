/** Books a meeting unless the time is taken, and says what it clashes with. */
import { createCalendarClient, isIntegrationError, type ClientOptions } from "maigic-integrations";
import type { ConflictInfo, EventInput } from "maigic-integrations/calendar";

/** @returns what was booked and who was told, or what is in its way */
export async function bookMeeting(event: EventInput, options: ClientOptions = {}): Promise<string[]> {
  await using calendar = createCalendarClient("google_calendar", options);
  try {
    // The key makes it one meeting, however often this program is started again.
    const idempotencyKey = `${event.title} at ${JSON.stringify(event.start)}`;
    const booked = await calendar.createMyEvent(event, { onConflict: "fail", conference: true, idempotencyKey });
    return [`booked: ${booked.event.title}, told: ${booked.notified.join(", ") || "nobody"}`];
  } catch (error) {
    const conflicts = isIntegrationError(error, "request.conflict") ? error.details?.["conflicts"] : undefined;
    if (conflicts === undefined) throw error;
    return (conflicts as ConflictInfo[]).map(({ kind, message }) => `${kind}: ${message}`);
  }
}
