import { instantIn, textIn } from "../calendar/zone-time.js";
import { createRandom } from "../random.js";
import type { SeedEvent } from "../seed.js";
import { hostileEvents } from "./hostile-events.js";
import { companies, firstNames, lastNames, sentences, topics } from "./phrases.js";

/** Whose calendar it is, and from where it is generated. */
export interface GeneratedEventsOptions {
  readonly owner: { readonly address: string; readonly name: string };
  /** IANA name. */
  readonly timeZone: string;
  readonly seed: number;
  /** Milliseconds since the epoch: a quarter of the events is after it. */
  readonly now: number;
}

interface Writing extends GeneratedEventsOptions {
  readonly random: () => number;
  readonly id: string;
  /** The day, as a number of days since the epoch. */
  readonly day: number;
}

type Person = Readonly<Record<string, unknown>> & { readonly email: string };
type Times = Pick<SeedEvent, "start" | "end">;

const dayMs = 86_400_000;
const perDay = 6;
const betweenSeries = 33;
const betweenHostile = 61;
const otherZones = ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London", "America/Sao_Paulo"];

/**
 * A calendar that could be somebody's, the same in every run with the same seed: meetings with people elsewhere, series
 * in several zones with dates that were moved or cancelled, whole days, private and declined events, and some that try
 * something.
 *
 * @param count - how many, with the changed dates of series
 */
export function generatedEvents(count: number, options: GeneratedEventsOptions): SeedEvent[] {
  const today = Math.floor(options.now / dayMs);
  const events: SeedEvent[] = [];
  for (let index = 0; events.length < count; index += 1) {
    const random = createRandom(Math.imul(options.seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
    const id = `g${options.seed.toString(32)}v${index.toString(32).padStart(4, "0")}`;
    const day = today + dayOf(Math.floor(index / perDay));
    events.push(...write(index, { ...options, random, id, day }));
  }
  return events.slice(0, count);
}

/** Of four days that are filled, one is to come and three are past. */
function dayOf(number: number): number {
  const future = Math.floor((number + 3) / 4);
  return number % 4 === 1 ? future : -(number - future);
}

function write(index: number, writing: Writing): SeedEvent[] {
  const { random, id } = writing;
  if (index % betweenSeries === 5) return series(index, writing);
  const hostile = hostileEvents[Math.floor(index / betweenHostile) % hostileEvents.length];
  if (index % betweenHostile === 7) return [{ id, ...hostile, ...meetingTimes(writing), ...dated(writing) }];
  const kind = random();
  if (kind < 0.06) return [{ id, ...wholeDays(writing), ...dated(writing) }];
  if (kind < 0.08) return [{ id, ...working(writing), ...dated(writing) }];
  const details = kind < 0.35 ? alone(writing) : meeting(writing);
  return [{ id, ...details, ...meetingTimes(writing), ...dated(writing) }];
}

function meeting({ owner, random }: Writing): Partial<SeedEvent> {
  const others = Array.from({ length: 1 + Math.floor(random() ** 2 * 12) }, () => person(random));
  const self: Person = { email: owner.address, displayName: owner.name, responseStatus: answer(random) };
  const [first] = others;
  const organizes = first === undefined || random() < 0.4;
  return {
    summary: `${pick(topics, random)}${random() < 0.2 ? `, ${Math.floor(random() * 900) + 100}` : ""}`,
    ...(random() < 0.5 && { description: `${pick(sentences, random)}\n\n${pick(sentences, random)}` }),
    ...(random() < 0.3 && { location: `${pick(companies, random)}, room ${Math.floor(random() * 40) + 1}` }),
    ...(random() < 0.3 && { hangoutLink: `https://meet.google.com/${letters(random, 3)}-${letters(random, 4)}-gen` }),
    ...(!organizes && { organizer: { email: first.email } }),
    ...(random() < 0.05 && { visibility: "private" }),
    ...(random() < 0.04 && { status: "tentative" }),
    attendees: [organizes ? { ...self, responseStatus: "accepted" } : self, ...others],
  };
}

function alone({ random }: Writing): Partial<SeedEvent> {
  return {
    summary: pick(["Focus", "Dentist", "Call the printer", "Invoices", "Gym", "Train to work", "安静な時間"], random),
    ...(random() < 0.3 && { visibility: "private" }),
    ...(random() < 0.25 && { transparency: "transparent" }),
    ...(random() < 0.2 && { reminders: { useDefault: false, overrides: [{ method: "popup", minutes: 30 }] } }),
    ...(random() < 0.2 && { colorId: String(1 + Math.floor(random() * 11)) }),
  };
}

function wholeDays({ random, day }: Writing): SeedEvent {
  const length = random() < 0.5 ? 1 : 2 + Math.floor(random() * 12);
  return {
    summary: length === 1 ? pick(["Deadline", "Holiday", "Fair"], random) : pick(["Travel", "Site visit"], random),
    start: { date: dateOf(day) },
    end: { date: dateOf(day + length) },
    transparency: random() < 0.5 ? "transparent" : "opaque",
  };
}

function working(writing: Writing): SeedEvent {
  const { day, random } = writing;
  if (random() < 0.5) {
    return { summary: "Out of office", eventType: "outOfOffice", outOfOfficeProperties: {}, ...meetingTimes(writing) };
  }
  return {
    summary: "Office",
    eventType: "workingLocation",
    visibility: "public",
    transparency: "transparent",
    workingLocationProperties: { type: "officeLocation", officeLocation: { label: "Quay 4" } },
    start: { date: dateOf(day) },
    end: { date: dateOf(day + 1) },
  };
}

/** A series; of some, one date was moved and one cancelled. */
function series(index: number, writing: Writing): SeedEvent[] {
  const { random, id, day } = writing;
  const zone = random() < 0.6 ? writing.timeZone : pick(otherZones, random);
  const rules = [
    "FREQ=WEEKLY;BYDAY=MO,WE",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=DAILY;COUNT=10",
    "FREQ=MONTHLY;BYDAY=2TU",
    `FREQ=WEEKLY;UNTIL=${dateOf(day + 200).replaceAll("-", "")}T235959Z`,
    "FREQ=YEARLY",
  ];
  const start = 8 * 60 + Math.floor(random() * 36) * 15;
  const at = (days: number, shift = 0): Times => timesAt(zone, day + days, start + shift, 45);
  const rule = rules[Math.floor(index / betweenSeries) % rules.length] ?? "FREQ=WEEKLY";
  const once = { id, ...meeting(writing), ...at(0), ...dated(writing) };
  const head = { ...once, recurrence: [`RRULE:${rule}`] };
  if (!rule.startsWith("FREQ=DAILY")) return [head];
  const exception = (days: number, shift = 0): SeedEvent => {
    const { start } = at(days);
    const stamp = new Date(String(start["dateTime"])).toISOString().replace(/[-:]|\.\d{3}/g, "");
    const named = { id: `${id}_${stamp}`, recurringEventId: id, originalStartTime: start };
    return { ...once, ...at(days, shift), ...named };
  };
  return [head, exception(2, 90), { ...exception(4), status: "cancelled" }];
}

function meetingTimes({ random, timeZone, day }: Writing): Times {
  const start = random() < 0.03 ? 22 * 60 + 30 : 8 * 60 + Math.floor(random() * 40) * 15;
  return timesAt(timeZone, day, start, pick([15, 30, 30, 45, 60, 60, 90, 180], random));
}

function timesAt(timeZone: string, day: number, startMinute: number, minutes: number): Times {
  const startMs = instantIn(timeZone, day * dayMs + startMinute * 60_000);
  const time = (ms: number): Record<string, unknown> => ({ dateTime: textIn(timeZone, ms), timeZone });
  return { start: time(startMs), end: time(startMs + minutes * 60_000) };
}

/** Made some days before, but never after now. */
function dated({ random, day, now }: Writing): Partial<SeedEvent> {
  const madeMs = Math.min(now - dayMs, (day - random() * 30) * dayMs);
  const made = new Date(madeMs).toISOString();
  return { created: made, updated: made };
}

function person(random: () => number): Person {
  const [first, last] = [pick(firstNames, random), pick(lastNames, random)];
  const local = `${first}.${last}`
    .normalize("NFD")
    .replace(/[^\w.]/g, "")
    .toLowerCase();
  const email = `${local}@${pick(companies, random)}.example`;
  return {
    email,
    displayName: `${first} ${last}`,
    responseStatus: answer(random),
    ...(random() < 0.1 && { optional: true }),
  };
}

function answer(random: () => number): string {
  const value = random();
  return value < 0.75 ? "accepted" : value < 0.83 ? "declined" : value < 0.91 ? "tentative" : "needsAction";
}

function letters(random: () => number, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join("");
}

function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)] as T;
}
