import type { CalendarSearchQuery, Event } from "./models.js";

/**
 * Whether an event fits what is looked for. The query's range is left to whoever knows the zone that it is meant in.
 *
 * Words are found where a word of the event begins so, in any case, and all of them have to be; `"words in quotes"` are
 * found as they stand. Cancelled events fit only where their status is asked for.
 */
export function matchesSearch(event: Event, query: Omit<CalendarSearchQuery, "range">): boolean {
  const { text, attendee, organizer, status, myResponse } = query;
  if (status === undefined ? event.status === "cancelled" : event.status !== status) return false;
  if (myResponse !== undefined && event.myResponse !== myResponse) return false;
  if (attendee !== undefined && !event.attendees.some((each) => isNamed(each, attendee))) return false;
  if (organizer !== undefined && !isNamed(event.organizer, organizer)) return false;
  return text === undefined || hasWords(event, text);
}

/** Whether what somebody is looked for by is a whole address, which only fits as a whole. */
export function isWholeAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

function isNamed({ email = "", name = "" }: { email?: string; name?: string }, given: string): boolean {
  const wanted = folded(given.trim());
  if (isWholeAddress(wanted)) return folded(email) === wanted;
  return folded(email).includes(wanted) || folded(name).includes(wanted);
}

function hasWords({ title, description, location, attendees, organizer }: Event, text: string): boolean {
  const people = [...attendees, organizer].flatMap(({ email, name }) => [email, name]);
  const searched = folded([title, description, location, ...people].filter((part) => part !== undefined).join("\n"));
  const terms = folded(text).match(/"[^"]*"|[^\s"]+/g) ?? [];
  return terms.map((term) => term.replaceAll('"', "").trim()).every((term) => beginsWord(searched, term));
}

function beginsWord(text: string, term: string): boolean {
  const isWord = /^[\p{L}\p{N}]/u.test(term);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (!isWord || at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}

function folded(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
