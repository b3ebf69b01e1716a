import { systemClock } from "../core/clock.js";
import { lifelikeEvents } from "./lifelike/events.js";
import { lifelikeMails } from "./lifelike/mails.js";
import { firstNames, lastNames } from "./lifelike/phrases.js";
import type { SandboxSeed } from "./seed.js";

/** When and where the world is. */
export interface LifelikeOptions {
  /** Milliseconds since the epoch; everything is dated from here. Default: now. */
  readonly now?: number;
  /** IANA name; default Europe/Berlin. */
  readonly timeZone?: string;
}

/**
 * A small world that could be somebody's: Alice runs a design studio's projects, Bob and Carol work with her. Two weeks
 * of mail, a week of events, an invitation that waits for an answer.
 */
export function lifelikeWorld(options: LifelikeOptions = {}): SandboxSeed {
  const now = options.now ?? systemClock.now();
  const timeZone = options.timeZone ?? "Europe/Berlin";
  const { primary, family } = lifelikeEvents(now, timeZone);
  return {
    users: [
      {
        email: "alice@example.com",
        name: "Alice Moreau",
        timeZone,
        labels: ["Invoices", "Projects/Harbour", "Travel"],
        messages: lifelikeMails(now),
        calendars: [
          { summary: "Alice Moreau", events: primary },
          { id: "family@group.calendar.google.com", summary: "Family", events: family },
        ],
      },
      { email: "bob@example.com", name: "Bob Okafor", timeZone },
      { email: "carol@example.com", name: "Carol Lindqvist", timeZone },
    ],
  };
}

/** How large the world is. */
export interface LargeOptions {
  /** How many people. Default 4. */
  readonly users?: number;
  /** How many mails the first person has; the others have a tenth. Default 100,000. */
  readonly messages?: number;
  /** How many events the first person's calendar has; the others' have a tenth. Default 10,000. */
  readonly events?: number;
  /** Another one gives another world. Default 1. */
  readonly seed?: number;
}

const zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo"];

/** A world of people in several zones with much mail and many events, all of it made when the sandbox starts or reads. */
export function largeWorld({
  users = 4,
  messages = 100_000,
  events = 10_000,
  seed = 1,
}: LargeOptions = {}): SandboxSeed {
  return {
    seed,
    users: Array.from({ length: users }, (_, index) => {
      const [first, last] = [firstNames[index % firstNames.length] ?? "", lastNames[index % lastNames.length] ?? ""];
      const share = index === 0 ? 1 : 0.1;
      return {
        email: `person${index + 1}@example.com`,
        name: `${first} ${last}`,
        timeZone: zones[index % zones.length],
        generatedMessages: Math.floor(messages * share),
        calendars: [{ generatedEvents: Math.floor(events * share) }],
      };
    }),
  };
}
