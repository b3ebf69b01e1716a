import { systemClock } from "../core/clock.js";
import { lifelikeEvents } from "./lifelike/events.js";
import { lifelikeMails } from "./lifelike/mails.js";
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
