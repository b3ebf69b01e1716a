import * as v from "valibot";
import { integrationError } from "../core/errors.js";
import { printableLine } from "../core/printable.js";
import { seedGmailRules, type SeedGmailRules } from "./gmail/gmail-rules.js";
import { seedMailSettings, type SeedMailSettings } from "./gmail/settings.js";
import { seedGroups, type SeedGroup } from "./calendar/groups.js";
import { seedCalendarRules, type SeedCalendarRules } from "./calendar/calendar-rules.js";
import type { AccessRole } from "./calendar/access-rules.js";
import { seedRole, seedShares, type SeedShare } from "./calendar/sharing-seed.js";
import { seedFaults, type SeedFault } from "./seed-faults.js";
import { seedCalendarSettings, type SeedCalendarSettings } from "./calendar/settings.js";
import { findOAuthProblem, oauthSeedEntries, type OAuthSeed } from "./oauth/oauth-seed.js";

/** A world to begin with: people, their mails and their calendars. Plain data, so that it can be written as YAML. */
export interface SandboxSeed extends OAuthSeed {
  /** Decides the ids and secrets of everything, so that two runs are alike. Default 1. */
  seed?: number | undefined;
  /** What this world's Gmail does where Google's may differ. */
  gmail?: SeedGmailRules | undefined;
  /** What this world's Calendar does where Google does not say. */
  calendar?: SeedCalendarRules | undefined;
  /** Groups of people, who can be asked for when they are busy all at once. */
  groups?: SeedGroup[] | undefined;
  /** What goes wrong from the beginning. */
  faults?: SeedFault[] | undefined;
  users: SeedUser[];
}

/** A person with an account. */
export interface SeedUser {
  email: string;
  name?: string | undefined;
  /** IANA name; default UTC. */
  timeZone?: string | undefined;
  /** Names of labels of the person's own. */
  labels?: string[] | undefined;
  messages?: SeedMessage[] | undefined;
  /** So many lifelike mails besides, hostile ones among them; each is written when it is read. */
  generatedMessages?: number | undefined;
  mailSettings?: SeedMailSettings | undefined;
  calendarSettings?: SeedCalendarSettings | undefined;
  calendars?: SeedCalendar[] | undefined;
}

/** A mail, by its fields or as `raw` RFC 5322 text. */
export interface SeedMessage {
  from?: string | undefined;
  to?: string | undefined;
  cc?: string | undefined;
  subject?: string | undefined;
  text?: string | undefined;
  html?: string | undefined;
  /** ISO 8601 or milliseconds since the epoch: when the mailbox received it. */
  date?: string | number | undefined;
  /** Label ids such as INBOX and UNREAD, or names of the person's own labels. Default: INBOX and UNREAD. */
  labels?: string[] | undefined;
  /** Mails with the same key are one thread. */
  thread?: string | undefined;
  headers?: Record<string, string> | undefined;
  attachments?: SeedAttachment[] | undefined;
  raw?: string | undefined;
}

/** A file in a mail. */
export interface SeedAttachment {
  filename: string;
  mimeType: string;
  content: string;
  encoding?: "utf8" | "base64" | undefined;
}

/** A calendar of a person. Without an id it is the person's main one. */
export interface SeedCalendar {
  id?: string | undefined;
  summary?: string | undefined;
  description?: string | undefined;
  location?: string | undefined;
  timeZone?: string | undefined;
  /** What this person may do with a calendar that is somebody else's. Default: owner. */
  accessRole?: AccessRole | undefined;
  /** Who else may do what. Default: a main calendar shows the person's domain when it is busy, another nobody. */
  share?: SeedShare[] | undefined;
  /** So many lifelike events besides, hostile ones among them. */
  generatedEvents?: number | undefined;
  /** Google's event resources; fields that are left out get Google's defaults. Guests with an account get a copy. */
  events?: SeedEvent[] | undefined;
}

/** An event as Google writes it; fields that this sandbox does not know are kept as they are. */
export interface SeedEvent {
  summary?: string | undefined;
  start: Record<string, unknown>;
  end: Record<string, unknown>;
  [field: string]: unknown;
}

const text = v.optional(v.string());

const message = v.strictObject({
  from: text,
  to: text,
  cc: text,
  subject: text,
  text,
  html: text,
  date: v.optional(v.union([v.string(), v.number()])),
  labels: v.optional(v.array(v.string())),
  thread: text,
  headers: v.optional(v.record(v.string(), v.string())),
  attachments: v.optional(
    v.array(
      v.strictObject({
        filename: v.string(),
        mimeType: v.string(),
        content: v.string(),
        encoding: v.optional(v.picklist(["utf8", "base64"])),
      }),
    ),
  ),
  raw: text,
});

const eventTime = v.record(v.string(), v.unknown());
const calendar = v.strictObject({
  id: text,
  summary: text,
  description: text,
  location: text,
  timeZone: text,
  accessRole: v.optional(seedRole),
  share: v.optional(seedShares),
  generatedEvents: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))),
  events: v.optional(v.array(v.looseObject({ summary: text, start: eventTime, end: eventTime }))),
});

const seedSchema: v.GenericSchema<unknown, SandboxSeed> = v.strictObject({
  seed: v.optional(v.number()),
  ...oauthSeedEntries,
  gmail: v.optional(seedGmailRules),
  calendar: v.optional(seedCalendarRules),
  groups: v.optional(seedGroups),
  faults: v.optional(seedFaults),
  users: v.array(
    v.strictObject({
      email: v.string(),
      name: text,
      timeZone: text,
      labels: v.optional(v.array(v.string())),
      messages: v.optional(v.array(message)),
      generatedMessages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))),
      mailSettings: v.optional(seedMailSettings),
      calendarSettings: v.optional(seedCalendarSettings),
      calendars: v.optional(v.array(calendar)),
    }),
  ),
});

/** Checks a seed. @throws ConfigurationError `config.invalid` naming the key that is wrong */
export function checkSeed(value: unknown): SandboxSeed {
  const parsed = v.safeParse(seedSchema, value);
  const found = parsed.success ? findOAuthProblem(parsed.output) : undefined;
  if (parsed.success && !found) return parsed.output;
  const at = found?.path ?? (parsed.issues && v.getDotPath(parsed.issues[0])) ?? "the top";
  const problem = printableLine(found?.problem ?? parsed.issues?.[0].message ?? "");
  throw integrationError("config.invalid", {
    message: `The sandbox's seed is wrong at ${at}: ${problem}.`,
    hint: "Compare it with the example in docs/sandbox.md.",
    details: { path: at },
  });
}

/** Reads a seed written as YAML or JSON. @throws ConfigurationError `config.invalid` */
export async function parseSeed(content: string): Promise<SandboxSeed> {
  const { parse } = await import("yaml");
  let value: unknown;
  try {
    value = parse(content);
  } catch (cause) {
    throw integrationError("config.invalid", {
      message: `The sandbox's seed is neither YAML nor JSON: ${cause instanceof Error ? printableLine(cause.message) : ""}`,
      hint: "Correct the file there.",
      cause,
    });
  }
  return checkSeed(value);
}
