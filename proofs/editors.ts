import { isDeepStrictEqual } from "node:util";
import { createCalendarClient } from "maigic-integrations";
import type { CalendarClient, Event, EventChanges } from "maigic-integrations/calendar";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld, type World } from "./support/world.js";

export const name = "editors";
export const claim =
  "many editors of one event who do not touch the same land all their edits, and nothing else of the event changes";

const user = "alice@example.com";
const eventId = "shared0001";

/** How an editor writes one edit. */
type Write = (client: CalendarClient, changes: EventChanges) => Promise<Event | undefined>;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const [editors, edits] = full ? [16, 50] : [6, 10];
  const found = await edit(editors, edits, update);
  const count = editors * edits;
  return outcome(
    {
      figure: `${found.versions} of ${count} edits landed, ${found.lost} lost later; ${found.refused} of ${found.writes} writes met a newer version${found.others ? "" : "; something else changed"}`,
      target: `${count} of ${count} landed, 0 lost, with writes that met a newer version`,
      holds: found.versions === count && found.lost === 0 && found.refused > 0 && found.others,
    },
    { "an editor that writes over whatever there is": (await edit(4, 8, overwrite)).lost > 0 },
  );
}

const update: Write = async (client, changes) =>
  (await client.updateMyEvent(eventId, changes, { notify: "none" })).event;

/** The people of a version that was read, written over whatever they are by now. */
const overwrite: Write = async (client, { addAttendees = [], ...changes }) => {
  const { attendees } = await client.getEvent(eventId);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const all = [...attendees.map(({ email }) => email), ...addAttendees];
  return (await client.updateMyEvent(eventId, { ...changes, attendees: all }).catch(() => undefined))?.event;
};

interface Found {
  /** How many versions the edits made: one for each that landed. */
  readonly versions: number;
  /** What was written and is not there in the end. */
  readonly lost: number;
  readonly writes: number;
  readonly refused: number;
  /** Whether all else is as it was. */
  readonly others: boolean;
}

async function edit(editors: number, edits: number, write: Write): Promise<Found> {
  await using world = await openWorld(seed(), user);
  const before = rest(world);
  const versions = new Set<string>();
  const wanted: { people: string[]; properties: Record<string, string> } = { people: [], properties: {} };
  await Promise.all(
    Array.from({ length: editors }, async (_, editor) => {
      await using client = createCalendarClient("google_calendar", world.options);
      for (let index = 0; index < edits; index++) {
        const changes = editOf(editor, index);
        wanted.people.push(...(changes.addAttendees as string[]));
        Object.assign(wanted.properties, changes.properties);
        const event = await write(client, changes);
        if (event) versions.add(event.version);
      }
    }),
  );
  const { attendees, extendedProperties } = stored(world);
  const people = new Set((attendees as { email: string }[]).map(({ email }) => email));
  const properties = (extendedProperties as { private: Record<string, string> }).private;
  const lostPeople = wanted.people.filter((person) => !people.has(person));
  const lostNotes = Object.entries(wanted.properties).filter(([key, value]) => properties[key] !== value);
  const writes = world.sandbox.findRequests({ method: "calendar.events.update" });
  return {
    versions: versions.size,
    lost: lostPeople.length + lostNotes.length,
    writes: writes.length,
    refused: writes.filter(({ status }) => status === 412).length,
    others: isDeepStrictEqual(rest(world), before),
  };
}

/** Each edit is by itself: every fifth invites somebody, the others note something. Google takes 200 people and 300 notes. */
function editOf(editor: number, index: number): EventChanges {
  if (index % 5 === 0) return { addAttendees: [`guest${editor}.${index}@elsewhere.example`], properties: {} };
  const value = "x".repeat(index);
  const slot = index % 18;
  return { addAttendees: [], properties: { [`editor${editor}.${slot}`]: value } };
}

function stored({ sandbox }: World): Record<string, unknown> {
  return sandbox.inspect.event(user, "primary", eventId) ?? {};
}

/** What nobody edits. */
function rest(world: World): unknown {
  const edited = new Set(["attendees", "extendedProperties", "etag", "updated"]);
  return Object.fromEntries(Object.entries(stored(world)).filter(([field]) => !edited.has(field)));
}

function seed(): Parameters<typeof openWorld>[0] {
  const event = {
    id: eventId,
    summary: "Plan",
    description: "What everybody works on",
    start: { dateTime: "2026-11-24T10:00:00", timeZone: "Europe/Berlin" },
    end: { dateTime: "2026-11-24T11:00:00", timeZone: "Europe/Berlin" },
    attendees: [{ email: "bob@example.com", responseStatus: "accepted" as const }],
    somethingNew: { kept: true },
  };
  return { users: [{ email: user, calendars: [{ events: [event] }] }, { email: "bob@example.com" }] };
}
