/** Today's agenda over all calendars that are shown in the person's own calendar view. */
import { createCalendarClient, timeRange, type ClientOptions } from "maigic-integrations";

/** @returns a line for each event, and one for each calendar that could not be read */
export async function agenda(options: ClientOptions = {}): Promise<string[]> {
  await using calendar = createCalendarClient("google_calendar", options);
  const shown = (await calendar.getCalendars()).filter(({ primary, selected }) => primary || selected);
  const names = new Map(shown.map(({ id, name }) => [id, name]));
  const { events, failures } = await calendar.listEvents(timeRange.today(), { calendarIds: [...names.keys()] });
  const lines = events.map(({ start, end, title, calendarId, myResponse }) => {
    const when = start.date === undefined ? `${clock(start.dateTime)}-${clock(end.dateTime ?? "")}` : "all day";
    const open = myResponse === "needsAction" ? " (not answered)" : "";
    return `${when.padEnd(11)}  ${title}${open}  [${names.get(calendarId) ?? calendarId}]`;
  });
  return [...lines, ...failures.map(({ calendarId, hint }) => `${names.get(calendarId) ?? calendarId}: ${hint}`)];
}

function clock(dateTime: string): string {
  return dateTime.slice(11, 16);
}
