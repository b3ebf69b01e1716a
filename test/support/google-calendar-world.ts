import type { calendar_v3 } from "@googleapis/calendar";
import type { CalendarClient } from "../../src/calendar/client.js";
import { createCalendarClient } from "../../src/integrations.js";
import type { FaultRule, GoogleSandbox, SandboxSeed } from "../../src/sandbox/index.js";
import type { CalendarFailure, CalendarWorld, PersonsEvent, SeenEvent } from "../../src/testing/index.js";
import { calendarClient } from "./google-clients.js";
import { movedClock } from "./moved-clock.js";
import { openWorld } from "./world.js";

const [alice, bob, carol, jens] = ["alice@example.com", "bob@example.com", "carol@example.com", "jens@harbour.example"];
const timeZone = "Europe/Berlin";
const [walks, vault] = ["walks@group.calendar.google.com", "vault@group.calendar.google.com"];

const faults: Readonly<Record<CalendarFailure, FaultRule>> = {
  unavailable: { method: "calendar.events.list", respond: "503" },
  too_fast: { method: "calendar.events.list", respond: "429-retry-after-seconds", seconds: 1 },
  create_answer_lost: { method: "calendar.events.insert", respond: "accepted-no-answer" },
  create_lost: { method: "calendar.events.insert", respond: "before-write" },
  update_answer_lost: { method: "calendar.events.update", respond: "accepted-no-answer" },
};

const seed: SandboxSeed = {
  users: [
    { email: alice, timeZone, calendars: [{}, { id: walks, summary: "Walks" }] },
    {
      ...{ email: bob, timeZone },
      calendars: [{ share: [{ email: alice, role: "reader" }] }, { id: vault, summary: "Vault" }],
    },
    { email: carol, timeZone },
    { email: jens, timeZone },
  ],
};

/** A Google account in the sandbox, for the suite that every calendar provider must pass. */
export async function googleCalendarWorld(): Promise<CalendarWorld> {
  const moved = movedClock(Date.parse("2026-11-23T12:00:00Z"));
  const interludes: (() => Promise<unknown>)[] = [];
  const clock = {
    now: () => moved.now(),
    // The client waits before it sends again what was refused: time for others to write.
    sleep: async (delayMs: number, signal?: AbortSignal) => {
      await moved.sleep(delayMs, signal);
      await interludes.shift()?.();
    },
  };
  const world = await openWorld({ seed, clock, limits: "none" });
  const { sandbox } = world;
  const options = await world.signIn("google_calendar", alice, { access: "full" });
  const clients: CalendarClient[] = [];
  const open = (access: "read" | "full"): CalendarClient => {
    const credentials = world.anotherProcess();
    const client = createCalendarClient("google_calendar", { ...options, credentials, access });
    clients.push(client);
    return client;
  };
  return {
    client: open("full"),
    readOnly: open("read"),
    another: () => open("full"),
    setProfileZone: (userTimezone) => world.credentials.storeCredentials("google_calendar", { userTimezone }),
    ...{ address: alice, timeZone, people: [bob, carol] as const, stranger: jens },
    ...{ otherCalendar: walks, readableCalendar: bob, closedCalendar: vault },
    ...people(sandbox),
    mailsTo: (person) =>
      Promise.resolve(
        sandbox.inspect
          .calendarMails()
          .filter(({ to }) => to === person)
          .map((mail) => `${mail.kind}: ${mail.summary ?? ""}`),
      ),
    failNext: (failure) => sandbox.failNext(faults[failure]),
    meanwhile: (work) => {
      interludes.push(work);
      sandbox.failNext({ method: "calendar.events.update", respond: "503" });
    },
    expireCursors: () => sandbox.expireSyncTokens(),
    advance: (durationMs) => moved.advance(durationMs),
    now: () => moved.now(),
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()));
      await world[Symbol.asyncDispose]();
    },
  };
}

type People = Pick<CalendarWorld, "personCreates" | "personSees" | "personChanges" | "personAnswers" | "personCancels">;

/** What people do with Google's own client. */
function people(sandbox: GoogleSandbox): People {
  const calendarOf = (person: string): calendar_v3.Calendar => calendarClient(sandbox, person);
  const find = async (person: string, iCalUID: string): Promise<Wire | undefined> => {
    const { data } = await calendarOf(person).events.list({ calendarId: "primary", iCalUID });
    return data.items?.[0];
  };
  const patch = async (person: string, iCalUid: string, change: (event: Wire) => Wire): Promise<void> => {
    const event = (await find(person, iCalUid)) ?? {};
    const named = { calendarId: "primary", eventId: event.id ?? "" };
    await calendarOf(person).events.patch({ ...named, sendUpdates: "all", requestBody: change(event) });
  };
  return {
    async personCreates(person, event) {
      const requestBody = toWire(event);
      const { data } = await calendarOf(person).events.insert({
        calendarId: "primary",
        sendUpdates: "all",
        requestBody,
      });
      return data.iCalUID ?? "";
    },
    async personSees(person, iCalUid) {
      const found = await find(person, iCalUid);
      return found && toSeen(found);
    },
    personChanges: (person, iCalUid, { title, description }) =>
      patch(person, iCalUid, () => ({
        ...(title !== undefined && { summary: title }),
        ...(description !== undefined && { description }),
      })),
    personAnswers: (person, iCalUid, responseStatus, comment) =>
      patch(person, iCalUid, ({ attendees = [] }) => ({
        attendees: attendees.map((each) =>
          each.email === person ? { ...each, responseStatus, ...(comment !== undefined && { comment }) } : each,
        ),
      })),
    async personCancels(person, iCalUid) {
      const found = await find(person, iCalUid);
      await calendarOf(person).events.delete({ calendarId: "primary", eventId: found?.id ?? "" });
    },
  };
}

type Wire = calendar_v3.Schema$Event;

function toWire({ title, start, end, attendees = [], recurrence, guestsCanModify }: PersonsEvent): Wire {
  const time = (text: string): calendar_v3.Schema$EventDateTime =>
    text.length === 10 ? { date: text } : { dateTime: `${text}:00`, timeZone };
  return {
    ...{ summary: title, start: time(start), end: time(end), attendees: attendees.map((email) => ({ email })) },
    ...(recurrence && { recurrence: [...recurrence] }),
    ...(guestsCanModify !== undefined && { guestsCanModify }),
  };
}

function toSeen({ summary, description, location, start, end, attendees = [] }: Wire): SeenEvent {
  return {
    ...{ title: summary ?? "", description: description ?? "", location: location ?? "" },
    ...{ start: start?.date ?? start?.dateTime ?? "", end: end?.date ?? end?.dateTime ?? "" },
    attendees: attendees.map(({ email, responseStatus, comment }) => ({
      email: email ?? "",
      response: (responseStatus ?? "needsAction") as SeenEvent["attendees"][number]["response"],
      ...(comment != null && comment !== "" && { comment }),
    })),
  };
}
