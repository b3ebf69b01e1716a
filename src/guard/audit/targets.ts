import type { AuditFacts } from "./entry.js";

/**
 * What is noted of each field of an operation's input: its values, which name something; of addresses only the address,
 * so that times under the same name are left out; or nothing, since it says something. One that does not stand here is
 * not noted.
 */
export const notedFields: Readonly<Record<string, "value" | "address" | "nothing">> = {
  ...fieldsNoted("value", "id", "ids", "sendId", "folder", "name", "add", "remove", "save", "only", "attachments"),
  ...fieldsNoted("value", "calendar", "calendars", "toCalendar", "scope", "answer"),
  ...fieldsNoted("address", "to", "cc", "bcc", "replyTo", "from", "who", "people", "optionalPeople"),
  ...fieldsNoted("address", "attendees", "optionalAttendees", "addAttendees", "removeAttendees"),
  ...fieldsNoted("address", "attendee", "organizer"),
  ...fieldsNoted("nothing", "text", "html", "subject", "title", "description", "location", "comment", "message"),
  ...fieldsNoted("nothing", "query", "cursor", "limit", "days", "body", "all", "series", "declined", "status"),
  ...fieldsNoted("nothing", "priority", "idempotencyKey", "expectedVersion", "read", "unread", "starred"),
  ...fieldsNoted("nothing", "unstarred", "important", "unimportant", "timeZone", "start", "end", "minutes"),
  ...fieldsNoted("nothing", "hours", "weekdays", "step", "bufferBefore", "bufferAfter", "notice", "prefer"),
  ...fieldsNoted("nothing", "tentativeFree", "allDay", "explain", "repeat", "reminders", "free", "visibility"),
  ...fieldsNoted("nothing", "tentative", "guestsCanModify", "guestsCanInvite", "guestsCanSeeGuests", "conference"),
  ...fieldsNoted("nothing", "notify", "onConflict", "clear"),
};

/** Whom and what an operation's input names, by field: what the log keeps of it. */
export function auditTargets(input: Readonly<Record<string, unknown>>): AuditFacts["targets"] {
  const targets: Record<string, readonly string[]> = {};
  for (const [field, given] of Object.entries(input)) {
    const noted = Object.hasOwn(notedFields, field) ? notedFields[field] : "nothing";
    if (noted === undefined || noted === "nothing") continue;
    const texts = (Array.isArray(given) ? given : [given]).filter((value) => typeof value === "string");
    const values = noted === "address" ? texts.flatMap(addressesIn) : texts;
    if (values.length > 0) targets[field] = values;
  }
  return targets;
}

/** An address has at most 320 characters and stands last; nothing is looked for in a text without end. */
const longestPerson = 1000;

/** The address of a person with or without a name; of what can be read in several ways, all of them. `me` is one, too. */
function addressesIn(given: string): string[] {
  const text = given.slice(-longestPerson);
  if (text.trim().toLowerCase() === "me") return ["me"];
  const named = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text)?.[1];
  return named === undefined ? [...(text.match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [])] : [named];
}

function fieldsNoted(noted: "value" | "address" | "nothing", ...fields: readonly string[]): typeof notedFields {
  return Object.fromEntries(fields.map((field) => [field, noted]));
}
