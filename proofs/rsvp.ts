import { createCalendarClient } from "maigic-integrations";
import type { InvitationResponse } from "maigic-integrations/calendar";
import type { SandboxSeed } from "maigic-integrations/sandbox";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld, type World } from "./support/world.js";

export const name = "rsvp";
export const claim =
  "answering an invitation changes one attendee's status and comment, and no other byte of the event";

const user = "alice@example.com";
const organizer = "bob@example.com";
const everyone = [organizer, user, "carol@example.com"];

/** Invitations beyond those that are answered, for the controls. */
const controlCount = 5;

/** What everybody sets for their own copy. */
const ownSettings = {
  colorId: "7",
  transparency: "transparent",
  reminders: {
    useDefault: false,
    overrides: [
      { method: "email", minutes: 1440 },
      { method: "popup", minutes: 7 },
    ],
  },
};

/** An event as Google stores it. */
type Wire = Record<string, unknown>;

const answers: readonly InvitationResponse[] = [
  { status: "accepted", comment: "See you there ✓" },
  { status: "declined" },
  { status: "tentative", comment: 'Perhaps; "after 10"' },
];

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const count = full ? 200 : 12;
  await using world = await openWorld(seedOf(count), user);
  const changed: string[] = [];
  for (let index = 0; index < count; index++) {
    const difference = await differenceAfterAnswer(world, index);
    if (difference !== undefined) changed.push(`invitation ${index}: ${difference}`);
  }
  const unchanged = `${count - changed.length} of ${count} as they were but for the answer, in ${everyone.length} copies`;
  return outcome(
    {
      figure: [unchanged, ...changed.slice(0, 3)].join("; "),
      target: `${count} of ${count}`,
      holds: changed.length === 0,
    },
    await controls(world, count),
  );
}

/** Answers an invitation and compares every person's copy. @returns what else changed, if anything */
async function differenceAfterAnswer(
  world: World,
  index: number,
  meanwhile: (id: string) => Promise<void> = () => Promise.resolve(),
): Promise<string | undefined> {
  const response = answers[index % answers.length] ?? { status: "accepted" };
  const id = eventId(world, index);
  for (const person of everyone) await write(world, person, "PATCH", id, ownSettings);
  const before = copiesOf(world, id);
  await using client = createCalendarClient("google_calendar", world.options);
  await client.respondToInvitation(id, response);
  await meanwhile(id);
  const after = copiesOf(world, id);
  const difference = everyone.find((person) => bytes(answered(before[person], response)) !== bytes(after[person]));
  return difference === undefined
    ? undefined
    : `${difference}'s copy: ${firstDifference(answered(before[difference], response), after[difference])}`;
}

/** The event as it must be afterwards: one attendee's answer is new. */
function answered(event: Wire | undefined, { status, comment }: InvitationResponse): Wire {
  const attendees = (event?.["attendees"] ?? []) as Wire[];
  return {
    ...event,
    attendees: attendees.map((attendee) =>
      attendee["email"] === user
        ? { ...attendee, responseStatus: status, ...(comment !== undefined && { comment }) }
        : attendee,
    ),
  };
}

/** Everything that is stored, but what the service counts up itself at every write. */
function bytes(event: Wire | undefined): string {
  const counters = ["etag", "updated", "sequence"];
  const kept = Object.entries(event ?? {}).filter(([key]) => !counters.includes(key));
  return JSON.stringify(sorted(Object.fromEntries(kept)));
}

/** Keys in one order: a JSON object has none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function firstDifference(wanted: Wire | undefined, found: Wire | undefined): string {
  const keys = Object.keys({ ...wanted, ...found });
  const key = keys.find((each) => bytes({ [each]: wanted?.[each] }) !== bytes({ [each]: found?.[each] }));
  return key === undefined ? "the order of keys" : `${key} ${JSON.stringify(found?.[key])}`;
}

/** The same comparison where more changes than the answer, each with an invitation of its own. */
async function controls(world: World, first: number): Promise<Record<string, boolean>> {
  const noticed = async (index: number, change: (event: Wire) => Wire): Promise<boolean> => {
    const meanwhile = (id: string): Promise<void> => writeAsOrganizer(world, id, change);
    return (await differenceAfterAnswer(world, first + index, meanwhile)) !== undefined;
  };
  return {
    "a byte more in the title": await noticed(0, (event) => ({ ...event, summary: `${String(event["summary"])}.` })),
    "a reminder that is gone": await noticed(1, (event) => ({ ...event, reminders: { useDefault: true } })),
    "somebody else's answer": await noticed(2, (event) => ({
      ...event,
      attendees: ((event["attendees"] ?? []) as Wire[]).map((each) =>
        each["email"] === "carol@example.com" ? { ...each, responseStatus: "declined" } : each,
      ),
    })),
    "nothing where nothing else changed": !(await noticed(3, (event) => event)),
    "an answer that was never sent": unansweredIsNoticed(world, first + 4),
  };
}

function unansweredIsNoticed(world: World, index: number): boolean {
  const copy = copiesOf(world, eventId(world, index))[user];
  return bytes(answered(copy, { status: "accepted" })) !== bytes(copy);
}

function writeAsOrganizer(world: World, id: string, change: (event: Wire) => Wire): Promise<void> {
  const event = world.sandbox.inspect.event(organizer, "primary", id);
  return write(world, organizer, "PUT", id, change(structuredClone(event ?? {})));
}

/** Writes with a person's own token, past this package. */
async function write(
  { sandbox }: World,
  person: string,
  method: "PUT" | "PATCH",
  id: string,
  body: Wire,
): Promise<void> {
  const { accessToken } = sandbox.issueToken(person, ["https://www.googleapis.com/auth/calendar"]);
  const path = `/calendar/v3/calendars/primary/events/${id}?conferenceDataVersion=1&supportsAttachments=true`;
  const answer = await fetch(sandbox.url + path, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${person} could not write: ${answer.status} ${await answer.text()}`);
}

function copiesOf({ sandbox }: World, id: string): Record<string, Wire> {
  const copies = everyone.map((person): [string, Wire] => {
    const copy = sandbox.inspect.event(person, "primary", id);
    if (!copy) throw new Error(`${person} has no copy of the invitation ${id}.`);
    return [person, structuredClone(copy)];
  });
  return Object.fromEntries(copies);
}

function eventId({ sandbox }: World, index: number): string {
  const events = sandbox.inspect.events(user);
  return String(events.find((event) => event["summary"] === title(index))?.["id"]);
}

function title(index: number): string {
  return `Planning № ${index}`;
}

/** Invitations with everything that a careless writer loses. */
function seedOf(count: number): SandboxSeed {
  const events = Array.from({ length: count + controlCount }, (_, index) => invitation(index));
  return {
    users: everyone.map((email) => ({
      email,
      timeZone: "Europe/Berlin",
      calendars: email === organizer ? [{ events }] : [],
    })),
  };
}

function invitation(
  index: number,
): NonNullable<NonNullable<SandboxSeed["users"][number]["calendars"]>[number]["events"]>[number] {
  const day = `2027-03-${String((index % 28) + 1).padStart(2, "0")}`;
  const next = `2027-03-${String((index % 28) + 2).padStart(2, "0")}`;
  const times = [
    {
      start: { dateTime: `${day}T09:00:00+01:00`, timeZone: "Europe/Berlin" },
      end: { dateTime: `${day}T09:45:00+01:00`, timeZone: "Europe/Berlin" },
    },
    { start: { date: day }, end: { date: next } },
  ];
  return {
    ...(times[index % 2] ?? { start: { date: day }, end: { date: next } }),
    summary: title(index),
    description: 'Grüße 👋\r\nAgenda:\n\t1. <b>Numbers</b> & "names"  ',
    location: "Room 1, 東京",
    visibility: "private",
    guestsCanInviteOthers: false,
    guestsCanSeeOtherGuests: true,
    ...(index % 3 === 0 && { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Berlin:20270401T090000"] }),
    extendedProperties: { shared: { ticket: "A-17" } },
    source: { title: "Ticket", url: "https://example.com/A-17" },
    attachments: [{ fileUrl: "https://example.com/plan.pdf", title: "plan.pdf", mimeType: "application/pdf" }],
    conferenceData: {
      conferenceId: "abc-defg-hij",
      conferenceSolution: { key: { type: "hangoutsMeet" }, name: "Google Meet" },
      entryPoints: [{ entryPointType: "video", uri: "https://meet.google.com/abc-defg-hij" }],
    },
    attendees: [
      { email: organizer, organizer: true, responseStatus: "accepted" },
      { email: user, responseStatus: "needsAction", optional: true },
      { email: "carol@example.com", responseStatus: "tentative", comment: "after lunch?", additionalGuests: 1 },
      { email: "room-1@resource.example.com", resource: true, responseStatus: "accepted" },
    ],
  };
}
