/** Finds an hour for three people in three time zones, and books the best one. */
import { createCalendarClient, timeRange, type ClientOptions } from "maigic-integrations";

/** @returns when it is for everybody, and why; or for each day what is in the way */
export async function findSlot(others: readonly [string, string], options: ClientOptions = {}): Promise<string[]> {
  await using calendar = createCalendarClient("google_calendar", options);
  const [inNewYork, inTokyo] = others;
  const query = {
    range: timeRange.next({ days: 7 }),
    durationMinutes: 60,
    people: [
      { email: inNewYork, timeZone: "America/New_York", workingHours: { start: "07:00", end: "18:00" } },
      { email: inTokyo, timeZone: "Asia/Tokyo", workingHours: { start: "09:00", end: "23:00" } },
    ],
  };
  const [best] = await calendar.findAvailableSlots(query);
  if (!best) {
    const days = await calendar.explainAvailability(query);
    return days.map(({ day, obstacles }) => `${day.date ?? ""} ${day.weekday}: ${obstacles[0]?.message ?? "free"}`);
  }
  await calendar.createMyEvent({
    title: "Across three zones",
    start: best.start,
    end: best.end,
    attendees: [inNewYork, inTokyo],
  });
  return [
    ...best.people.map(({ email, local }) => `${email}: ${local.weekday} ${local.dateTime} (${local.timeZone})`),
    ...best.reasons,
  ];
}
