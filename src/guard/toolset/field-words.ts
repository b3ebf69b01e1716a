import type { ToolName } from "../../operations/operation.js";

/** What an assistant is told of fields, by name. */
type Words = Readonly<Record<string, string>>;

/** Names that say all by themselves. */
function plain(...names: readonly string[]): Words {
  return Object.fromEntries(names.map((name) => [name, ""]));
}

/**
 * What an assistant is told of a field in any tool, in place of its description: that is written for people, and all of
 * them would fill an assistant's context. A field that is named neither here nor below comes with its description.
 */
export const wordsOfAll: Words = {
  ...plain("attendees", "calendar", "calendars", "cursor", "end", "limit", "minutes", "notify", "timeZone", "title"),
  repeat: "RRULE lines",
};

const when = "tomorrow 09:00, today+2, ISO 8601";

/** The same in one tool. */
export const fieldWords: Readonly<Partial<Record<ToolName, Words>>> = {
  email_find: {
    body: "texts too",
    days: "back; default 7",
    folder: "name or id",
    query: "Gmail search syntax",
  },
  email_read: {
    ...plain("sendId"),
    id: "of the mail; thread: threadId",
    only: "attachment ids",
    save: "folder to save into",
  },
  email_compose: {
    ...plain("bcc", "cc", "from", "html", "priority", "replyTo", "subject", "text"),
    all: "reply to all",
    attachments: "paths",
    id: "of the mail or draft",
    to: "Ann <ann@example.com>; reply: only those to add",
  },
  email_organize: {
    ...plain("ids", "important", "read", "starred", "unimportant", "unread", "unstarred"),
    add: "labels",
    folder: "name or id; to move there, also inbox, archive, spam, trash",
    id: "of the draft",
    name: "new name; a slash nests",
    remove: "labels",
  },
  calendar_find: {
    ...plain("answer", "days", "organizer", "status", "to"),
    attendee: "part of name or address",
    calendars: "ids",
    declined: "those too",
    from: when,
    id: "of the series",
    query: "words",
    series: "not occurrences",
  },
  calendar_read: plain("id"),
  calendar_times: {
    ...plain("allDay", "explain", "optionalPeople", "people", "start", "step", "tentativeFree", "to", "weekdays"),
    ...plain("bufferAfter", "bufferBefore"),
    from: when,
    hours: "08:30-18:00 or any",
    id: "of an event; of a planned one give start",
    notice: "minutes",
    prefer: "09:00-12:00",
    who: "addresses or me",
  },
  calendar_organize: {
    ...plain("addAttendees", "clear", "conference", "description", "expectedVersion", "id", "location", "message"),
    ...plain("guestsCanInvite", "guestsCanModify", "guestsCanSeeGuests", "onConflict", "optionalAttendees"),
    ...plain("removeAttendees", "tentative", "visibility"),
    attendees: "addresses of all",
    end: "whole days: day after the last",
    free: "leave the time free",
    minutes: "instead of end",
    reminders: "popup:10, email:60",
    scope: "for a series",
    start: `${when}; date: whole days`,
    toCalendar: "id",
  },
  calendar_respond: {
    ...plain("answer", "comment", "end", "id", "message", "scope", "start"),
  },
};
