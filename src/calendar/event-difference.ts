import type { Attendee, Event, EventTime } from "./models.js";

/**
 * What is different between two versions of an event, one line for each thing: `+` what is new, `-` what is gone, `~` what
 * changes. Without a version before, what is created; without one after, what is deleted.
 */
export function describeDifference(before: Event | undefined, after: Event | undefined): string[] {
  const [had, has] = [linesOf(before), linesOf(after)];
  const names = [...new Set([...had.keys(), ...has.keys()])];
  return names.flatMap((name) => {
    const [old, now] = [had.get(name), has.get(name)];
    if (old === now) return [];
    if (old === undefined) return [`+ ${name}: ${now ?? ""}`];
    return now === undefined ? [`- ${name}: ${old}`] : [`~ ${name}: ${old} → ${now}`];
  });
}

/** The same for an event that stays, after a line that says which one it is: `= Retro, Tuesday 2026-12-01T10:00…`. */
export function describeChange(before: Event, after: Event): string[] {
  return [describeWhich(before), ...describeDifference(before, after)];
}

/** Which event something is about. */
export function describeWhich({ title, start }: Pick<Event, "title" | "start">): string {
  return `= ${title === "" ? "(no title)" : title}, ${whenOf(start)}`;
}

function linesOf(event: Event | undefined): Map<string, string> {
  if (!event) return new Map();
  const lines: [string, string | undefined][] = [
    ["title", event.title],
    ["start", whenOf(event.start)],
    ["end", whenOf(event.end)],
    ["description", event.description],
    ["location", event.location],
    ["repeats", event.recurrence?.lines.join(" ")],
    ["status", event.status === "confirmed" ? undefined : event.status],
    ["shown as", event.busy ? undefined : "free"],
    ["visibility", event.visibility === "default" ? undefined : event.visibility],
    ["video call", event.conferenceUrl],
    ["reminders", event.reminders?.map(({ method, minutesBefore }) => `${method} ${minutesBefore} min`).join(", ")],
    ["guests may change it", event.guestsCanModify ? "yes" : undefined],
    ["guests may invite", event.guestsCanInvite ? undefined : "no"],
    ["guests see each other", event.guestsCanSeeGuests ? undefined : "no"],
    ...event.attendees.map((attendee): [string, string] => [`attendee ${attendee.email}`, answerOf(attendee)]),
    ...Object.entries(event.properties ?? {}).map(([name, value]): [string, string] => [`property ${name}`, value]),
  ];
  return new Map(lines.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function whenOf(time: EventTime): string {
  if (time.date !== undefined) return `${time.weekday} ${time.date}`;
  return `${time.weekday} ${time.dateTime} ${time.timeZone}`;
}

function answerOf({ response, optional, comment }: Attendee): string {
  const said = { accepted: "accepted", declined: "declined", tentative: "tentative", needsAction: "not answered" };
  return [said[response], ...(optional ? ["optional"] : []), ...(comment === undefined ? [] : [comment])].join(", ");
}
