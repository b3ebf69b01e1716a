import { isIntegrationError } from "maigic-integrations";
import { loadZonedTime, type CalendarClient, type Event } from "maigic-integrations/calendar";
import type { CalendarWorld } from "maigic-integrations/testing";
import { movedClock } from "../moved-clock.js";
import { createMemoryClient } from "./client.js";
import type { MemoryAccount } from "./service.js";
import { MemoryStore } from "./store.js";

const alice = "alice@memory.example";
const people = ["ann@example.com", "bo@example.com"] as const;
const stranger = "stranger@elsewhere.example";
const calendars = [
  ...[alice, people[1]].map((id) => ({ id, name: id, owner: id, primary: true })),
  { id: people[0], name: "Ann", owner: people[0], primary: true, readers: [alice] },
  { id: stranger, name: stranger, owner: stranger, primary: true, closed: true },
  { id: "walks", name: "Walks", owner: alice, primary: false },
  { id: "vault", name: "Vault", owner: people[0], primary: false },
];

/** An account of the service in memory, for the suite that every calendar provider must pass. */
export async function memoryCalendarWorld(): Promise<CalendarWorld> {
  const clock = movedClock(Date.parse("2026-11-23T12:00:00Z"));
  const store = new MemoryStore(calendars);
  const shared = { store, clock, time: await loadZonedTime(clock), calendarZone: "Europe/Berlin" };
  const interludes: (() => Promise<unknown>)[] = [];
  const account: MemoryAccount = {
    ...{ ...shared, address: alice, profile: {} },
    interlude: () => interludes.shift()?.() ?? Promise.resolve(),
  };
  const clients: CalendarClient[] = [];
  const open = (of: MemoryAccount, access: "read" | "full"): CalendarClient => {
    const client = createMemoryClient(of, access);
    clients.push(client);
    return client;
  };
  return {
    client: open(account, "full"),
    readOnly: open(account, "read"),
    another: () => open(account, "full"),
    setProfileZone: (timeZone) => Promise.resolve(void (account.profile.timeZone = timeZone)),
    ...{ address: alice, timeZone: shared.calendarZone, people, stranger },
    ...{ otherCalendar: "walks", readableCalendar: people[0], closedCalendar: "vault" },
    ...doings((address) => open({ ...shared, address, profile: {}, interlude: () => Promise.resolve() }, "full")),
    mailsTo: (person) => Promise.resolve(store.mails.filter(({ to }) => to === person).map(({ text }) => text)),
    failNext: () => undefined, // memory does not fail
    meanwhile: (work) => void interludes.push(work),
    expireCursors: () => store.forget(),
    advance: (durationMs) => clock.advance(durationMs),
    now: () => clock.now(),
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

type Doings = Pick<CalendarWorld, "personCreates" | "personSees" | "personChanges" | "personAnswers" | "personCancels">;

/** What people do, each with a client of their own. */
function doings(clientOf: (address: string) => CalendarClient): Doings {
  const find = (person: string, iCalUid: string): Promise<Event> => clientOf(person).findEventByUid(iCalUid);
  return {
    async personCreates(person, { recurrence, ...event }) {
      const input = { ...event, ...(recurrence && { recurrence: { lines: [...recurrence] } }) };
      return (await clientOf(person).createMyEvent(input, { onConflict: "allow" })).event.iCalUid;
    },
    async personSees(person, iCalUid) {
      try {
        const { title, description = "", location = "", start, end, attendees } = await find(person, iCalUid);
        const times = { start: start.date ?? start.dateTime, end: end.date ?? end.dateTime };
        const guests = attendees.map(({ email, response, comment }) => ({
          ...{ email, response, ...(comment !== undefined && { comment }) },
        }));
        return { title, description, location, ...times, attendees: guests };
      } catch (error) {
        if (isIntegrationError(error, "request.not_found")) return undefined;
        throw error;
      }
    },
    async personChanges(person, iCalUid, changes) {
      await clientOf(person).updateMyEvent(await find(person, iCalUid), changes, { scope: "all" });
    },
    async personAnswers(person, iCalUid, status, comment) {
      const response = { status, ...(comment !== undefined && { comment }) };
      await clientOf(person).respondToInvitation(await find(person, iCalUid), response);
    },
    async personCancels(person, iCalUid) {
      await clientOf(person).deleteMyEvent(await find(person, iCalUid), { scope: "all" });
    },
  };
}
