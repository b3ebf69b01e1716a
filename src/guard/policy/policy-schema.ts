import * as v from "valibot";
import { plainAddress, plainDomain } from "./plain-address.js";
import { writeEffects, type Grants, type WriteEffect } from "./policy.js";

/** The keys of a file, for whoever wrote another one. */
export const fileKeys: readonly string[] = ["attachments", "profiles"];

/** The keys of a profile in it. */
export const profileKeys: readonly string[] = [
  ...["allow", "recipients", "domains", "calendars"],
  ...["others", "confirm", "ask", "daily"],
];

const mostEntries = 1000;
const mostADay = 1_000_000;

/** A list without what stands in it twice. Every message of this schema is the hint: what to write. */
function listOf<T>(item: v.GenericSchema<unknown, T>, hint: string): v.GenericSchema<unknown, T[]> {
  return v.pipe(
    v.array(item, hint),
    v.maxLength(mostEntries, `Write at most ${mostEntries} entries.`),
    v.transform((items) => [...new Set(items)]),
  );
}

function effectList(example: string): v.GenericSchema<unknown, WriteEffect[]> {
  const hint = `Write a list of write, send and delete, such as ${example}.`;
  return listOf(v.picklist(writeEffects, hint), hint);
}

const addressHint = "Write a list of plain addresses, such as recipients: [bob@example.com].";
const domainHint = 'Write a list of domains, such as domains: [example.com, "*.example.org"].';
const calendarHint = "Write a list of calendars' ids, such as calendars: [team@group.calendar.example].";
const countHint = `Write a whole number from 0 to ${mostADay}, such as send: 20.`;

const address = v.pipe(v.string(addressHint), v.transform(plainAddress), v.string(addressHint));
const domain = v.pipe(v.string(domainHint), v.transform(permittedDomain), v.string(domainHint));
const calendar = v.pipe(v.string(calendarHint), v.regex(/^[^\s\p{C}]{1,1024}$/u, calendarHint));
const count = v.pipe(
  v.number(countHint),
  v.integer(countHint),
  v.minValue(0, countHint),
  v.maxValue(mostADay, countHint),
);

/** A map of the fields that are named, and no others. A list is none, although it has keys as well. */
function fieldsOf<const Entries extends v.ObjectEntries>(
  entries: Entries,
  hint: string,
): v.GenericSchema<unknown, v.InferOutput<v.StrictObjectSchema<Entries, string>>> {
  return v.pipe(v.custom<Record<string, unknown>>(isMap, hint), v.strictObject(entries, hint));
}

/** What a file says of one profile; what it leaves out is the least. */
export const profileSchema: v.GenericSchema<unknown, Grants> = fieldsOf(
  {
    allow: v.optional(effectList("allow: [write, send]"), []),
    recipients: v.optional(listOf(address, addressHint), []),
    domains: v.optional(listOf(domain, domainHint), []),
    calendars: v.optional(listOf(calendar, calendarHint), []),
    others: v.optional(v.picklist(["confirm", "refuse", "allow"], "Write confirm, refuse or allow."), "confirm"),
    confirm: v.optional(effectList("confirm: [delete]"), ["delete"]),
    ask: v.optional(v.picklist(["terminal", "client"], "Write terminal or client."), "terminal"),
    daily: v.optional(
      fieldsOf(
        { write: v.exactOptional(count), send: v.exactOptional(count), delete: v.exactOptional(count) },
        "Write numbers for write, send and delete, such as daily: { send: 20 }.",
      ),
      {},
    ),
  },
  "Write what the profile is granted, such as { allow: [write] }, or {} for nothing.",
);

/** The file as a whole; each profile is looked at by itself, whatever its name. */
export const fileSchema: v.GenericSchema<unknown, PolicyFile> = fieldsOf(
  {
    attachments: v.exactOptional(
      v.pipe(
        v.string("Write the path of a folder, such as ~/Documents/assistant."),
        v.regex(/^[^\p{Cc}]+$/u, "Write the path of a folder, such as ~/Documents/assistant."),
      ),
    ),
    profiles: v.nullish(v.custom<Record<string, unknown>>(isMap, "Write each profile with what it is granted."), {}),
  },
  'Write "profiles:" and below it each profile with what it is granted.',
);

/** A file before its profiles are looked at. */
export interface PolicyFile {
  readonly attachments?: string;
  readonly profiles: Readonly<Record<string, unknown>>;
}

/** A domain, or all below one that has a dot itself: nobody means all of `*.com`. */
function permittedDomain(text: string): string | undefined {
  if (!text.startsWith("*.")) return plainDomain(text);
  const below = plainDomain(text.slice(2));
  return below?.includes(".") === true ? `*.${below}` : undefined;
}

function isMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
