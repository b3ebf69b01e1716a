import { randomInt } from "node:crypto";
import type { SandboxSeed, SeedEvent } from "maigic-integrations/sandbox";
import type { CalendarAccount, WireEvent } from "./calendar-account.js";
import { oneOf } from "./one-of.js";

export const user = "alice@example.com";
export const organizer = "bob@example.com";
/** The calendars that are followed. */
export const calendarIds: readonly string[] = [
  user,
  "family@group.calendar.google.com",
  "team@group.calendar.google.com",
];

const bigSeries = "bigseries";
/** More occurrences that differ than Google tells on one page. */
const bigSeriesDates = 260;
const mostEvents = 12;
const zone = "Europe/Berlin";

/** Where the histories begin: somebody is invited to a long series of which every date differs. */
export function bigSeriesSeed(): SandboxSeed {
  const attendees = [{ email: organizer }, { email: user, responseStatus: "needsAction" }];
  const shared = { summary: "Daily", organizer: { email: organizer }, attendees, iCalUID: "daily@example.com" };
  const at = (index: number, hour: number): { dateTime: string; timeZone: string } => ({
    dateTime: `${new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)}T${hour}:00:00`,
    timeZone: "UTC",
  });
  const dates = Array.from({ length: bigSeriesDates }, (_, index): SeedEvent => {
    const id = `${bigSeries}_${at(index, 10).dateTime.replace(/[-:]/g, "")}Z`;
    const original = { recurringEventId: bigSeries, originalStartTime: at(index, 10) };
    return { ...shared, ...original, id, summary: `Daily ${index}`, start: at(index, 12), end: at(index, 13) };
  });
  const recurrence = [`RRULE:FREQ=DAILY;COUNT=${bigSeriesDates}`];
  const series = { ...shared, id: bigSeries, recurrence, start: at(0, 10), end: at(0, 11) };
  const [primary, ...others] = calendarIds.map((id, index) => ({ id, events: index === 0 ? [series, ...dates] : [] }));
  return { users: [{ email: user, calendars: [primary ?? {}, ...others] }, { email: organizer }] };
}

/** One answer to the long series changes all of its dates. */
export async function manyChanges(account: CalendarAccount): Promise<void> {
  const series = account.events(user).find(({ id }) => id === bigSeries);
  const attendees = (series?.["attendees"] ?? []) as WireEvent[];
  const answered = attendees.map((each) =>
    each["email"] === user
      ? { ...each, responseStatus: each["responseStatus"] === "accepted" ? "tentative" : "accepted" }
      : each,
  );
  await account.patch(user, bigSeries, { attendees: answered });
}

/** Some things that happen in somebody's calendars, which stay of about the same size. */
export async function happen(own: CalendarAccount, other: CalendarAccount): Promise<void> {
  await dropDate(own, oneOf(calendarIds));
  for (let count = randomInt(2, 6); count > 0; count--) {
    const calendarId = oneOf(calendarIds);
    const living = events(own, calendarId).filter(isOwn);
    const { id } = living.length > mostEvents || (living.length > 0 && randomInt(2) === 0) ? oneOf(living) : { id: "" };
    if (id === "") await insertSome(own, other, calendarId);
    else if (living.length > mostEvents) await own.remove(calendarId, id);
    else await changeSome(own, calendarId, id);
  }
  const invitations = events(other, "primary").filter((event) => event["recurrence"] === undefined && isShort(event));
  if (invitations.length > 0) await changeOrCancel(other, oneOf(invitations).id);
}

function insertSome(own: CalendarAccount, other: CalendarAccount, calendarId: string): Promise<string> {
  return oneOf([
    () => own.insert(calendarId, once()),
    () => own.insert(calendarId, series()),
    () => own.insert(calendarId, { summary: words(), start: { date: "2026-12-01" }, end: { date: "2026-12-04" } }),
    () => other.insert("primary", { ...once(), attendees: [{ email: user }] }),
  ])();
}

async function changeSome(own: CalendarAccount, calendarId: string, id: string): Promise<void> {
  const event = events(own, calendarId).find((each) => each.id === id);
  const isSeries = event?.["recurrence"] !== undefined;
  const isDate = event?.["recurringEventId"] !== undefined;
  await oneOf([
    () => own.patch(calendarId, id, { summary: words() }),
    () => own.patch(calendarId, id, { location: words() }),
    () => own.remove(calendarId, id),
    ...(isSeries
      ? [
          () => own.patch(calendarId, id, { recurrence: [`RRULE:FREQ=DAILY;COUNT=${randomInt(2, 5)}`] }),
          () => changeDate(own, calendarId, id),
        ]
      : []),
    ...(isSeries || isDate
      ? []
      : [() => own.move(calendarId, id, oneOf(calendarIds.filter((each) => each !== calendarId)))]),
  ])();
}

/** A series of which one date is taken out, sometimes after it was changed. */
async function dropDate(own: CalendarAccount, calendarId: string): Promise<void> {
  const id = await own.insert(calendarId, series());
  if (randomInt(3) === 0) await changeDate(own, calendarId, id);
  await own.remove(calendarId, dateOf(id, 1));
}

async function changeDate(own: CalendarAccount, calendarId: string, id: string): Promise<void> {
  const date = dateOf(id, randomInt(2));
  const known = own.events(calendarId).find((event) => event["id"] === date);
  if (known?.["status"] !== "cancelled") await own.patch(calendarId, date, { summary: words() });
}

async function changeOrCancel(other: CalendarAccount, id: string): Promise<void> {
  await (randomInt(3) === 0 ? other.remove("primary", id) : other.patch("primary", id, { summary: words() }));
}

function once(): WireEvent {
  const day = String(randomInt(1, 28)).padStart(2, "0");
  const at = (hour: number): WireEvent => ({ dateTime: `2026-11-${day}T${hour}:00:00`, timeZone: zone });
  return { summary: words(), start: at(10), end: at(11) };
}

function series(): WireEvent {
  const at = (hour: number): WireEvent => ({ dateTime: `2026-11-10T${hour}:00:00`, timeZone: zone });
  return { summary: words(), start: at(14), end: at(15), recurrence: [`RRULE:FREQ=DAILY;COUNT=${randomInt(2, 6)}`] };
}

/** The id of a date of a series that `series` made. */
function dateOf(seriesId: string, index: number): string {
  return `${seriesId}_202611${10 + index}T130000Z`;
}

function words(): string {
  return `Talk ${randomInt(1_000_000)}`;
}

function events(account: CalendarAccount, calendarId: string): (WireEvent & { id: string })[] {
  return account
    .events(calendarId)
    .filter((event) => event["status"] !== "cancelled" && isShort(event))
    .map((event) => ({ ...event, id: String(event["id"]) }));
}

function isShort({ id }: WireEvent): boolean {
  return !String(id).startsWith(bigSeries);
}

function isOwn({ attendees, organizer: by }: WireEvent): boolean {
  return attendees === undefined && by !== undefined;
}
