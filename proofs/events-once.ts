import { createCalendarClient } from "maigic-integrations";
import type { CalendarClient, EventInput } from "maigic-integrations/calendar";
import { jumpingClock } from "./support/jumping-clock.js";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld } from "./support/world.js";

export const name = "events-once";
export const claim =
  "an event is created once, however its answers are lost, and whoever repeats the call with the same key";

const user = "alice@example.com";
const insert = "calendar.events.insert";
const faults = [
  "accepted-no-answer",
  "accepted-5xx",
  "accepted-truncated",
  "before-write",
  "reset-before-read",
  "5xx-not-accepted",
] as const;
const startMs = Date.parse("2026-11-23T08:00:00Z");
const atOnce = 8;

/** How a caller creates one event. */
type Create = (client: CalendarClient, event: EventInput, key: string) => Promise<unknown>;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const count = full ? 1_000 : 40;
  const found = await create(count, createByKey);
  return outcome(
    {
      figure: `${found.events} events of ${count} creates, ${found.titles} of them different; ${found.lost} answers lost, ${found.repeats} calls repeated by another client`,
      target: `${count} events, all different, with lost answers and repeats`,
      holds: found.events === count && found.titles === count && found.lost >= count / 2 && found.repeats > 0,
    },
    {
      "a caller that repeats without a key": (await create(24, createBlindly)).events !== 24,
      "a caller that gives up at the first lost answer": (await create(24, createWithoutRepeat)).events !== 24,
    },
  );
}

const createByKey: Create = (client, event, idempotencyKey) =>
  client.createMyEvent(event, { idempotencyKey, onConflict: "allow" });

const createBlindly: Create = (client, event) => client.createMyEvent(event, { onConflict: "allow" });

const createWithoutRepeat: Create = async (client, event, key) => {
  // The time is over before anything could be repeated.
  await client.createMyEvent(event, { idempotencyKey: key, onConflict: "allow", timeoutMs: 1 });
};

interface Found {
  readonly events: number;
  readonly titles: number;
  readonly lost: number;
  readonly repeats: number;
}

/** Creates events over a service that loses answers; every third caller is interrupted, and another client repeats. */
async function create(count: number, createOne: Create): Promise<Found> {
  const clock = jumpingClock(startMs);
  await using world = await openWorld({ users: [{ email: user }] }, user, { clock });
  const rules = { method: insert, probability: 0.7 / faults.length };
  faults.forEach((respond, seed) => world.sandbox.failNext({ ...rules, seed, respond }));
  const client = (): CalendarClient => createCalendarClient("google_calendar", { ...world.options, clock });
  await using first = client();
  await using second = client();
  let repeats = 0;
  const one = async (index: number): Promise<void> => {
    const event = { title: `Event ${index}`, start: "2026-11-24T10:00", durationMinutes: 30 };
    if (index % 3 === 0) {
      await createOne(first, event, event.title).catch(() => undefined); // as if its process had died without a word
      repeats += 1;
    }
    await untilDone(() => createOne(index % 3 === 0 ? second : first, event, event.title), createOne);
  };
  const queue = Array.from({ length: count }, (_, index) => index);
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await one(next);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const lost = world.sandbox.requests.filter(({ fault }) => fault?.startsWith("accepted") === true).length;
  const events = world.sandbox.inspect.events(user);
  return { events: events.length, titles: new Set(events.map(({ summary }) => summary)).size, lost, repeats };
}

/** A caller whose retries are used up calls again, as one does. */
async function untilDone(call: () => Promise<unknown>, createOne: Create): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await call();
      return;
    } catch (error) {
      if (createOne === createWithoutRepeat) return;
      if (tries === 10) throw error;
    }
  }
}
