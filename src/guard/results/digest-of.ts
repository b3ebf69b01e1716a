import * as v from "valibot";
import type { Clock } from "../../core/clock.js";
import { loadZonedTime } from "../../core/zoned-time.js";
import { daySchema, freeBusySchema, slotSchema } from "../../operations/calendar/availability-schemas.js";
import { changePageSchema } from "../../operations/calendar/change-schemas.js";
import {
  calendarSchema,
  conflictSchema,
  eventSchema,
  failureSchema,
  permissionsSchema,
} from "../../operations/calendar/schemas.js";
import { attachment, changePage, draft, email, folder, thread } from "../../operations/email/schemas.js";
import { batchOutcome } from "../../operations/schemas.js";
import { changedMail, failedOutcome, listedFailure, listedFile, listedFolder } from "./account-digest.js";
import { busyDays, listedDay, slotList } from "./availability-digest.js";
import type { DigestContext } from "./digest-context.js";
import type { Digest, Item, ItemList, OutsideText } from "./digest.js";
import {
  changedEvent,
  listedCalendar,
  listedConflict,
  listedEvent,
  permissionItem,
  wholeEvent,
} from "./event-digest.js";
import { fieldsOf } from "./free-name.js";
import { genericItem, safeName } from "./generic-digest.js";
import { localTimes } from "./local-times.js";
import { listedDraft, listedMail, listedThread, wholeMail, wholeThread } from "./mail-digest.js";
import { itemOf, looksLikeId, onlyTrue } from "./trust.js";

/** What an output is read with. */
export interface DigestOptions {
  /** IANA name of the zone that times are shown in. */
  readonly timeZone: string;
  readonly clock: Clock;
  /** The account's own address: its main calendar is not named with each event. */
  readonly account?: string;
}

/**
 * An operation's output as an assistant reads it: what is worth its place, in local times, with all that others may have
 * written apart from facts. What is not known here, as the output of an operation that is newer, is trusted least.
 *
 * @throws RequestError `request.invalid` for a name that is no time zone
 */
export async function digestOf(output: unknown, options: DigestOptions): Promise<Digest> {
  const { timeZone, clock, account } = options;
  const context: DigestContext = { times: localTimes(await loadZonedTime(clock), timeZone), account };
  const fields = typeof output === "object" && output !== null && !Array.isArray(output) ? output : { result: output };
  const parts: Digest[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const isCursor = name === "cursor" && typeof value === "string";
    if (!isCursor) parts.push((await readers.get(name)?.(value, context, name)) ?? genericPart(name, value));
  }
  const isChanges = "changes" in fields;
  const cursor = "cursor" in fields && typeof fields.cursor === "string" ? fields.cursor : undefined;
  const lists = withNext(parts.flatMap((part) => part.lists).toSorted(failuresFirst), isChanges ? undefined : cursor);
  const isGivenOn = !isChanges && lists.some(({ next }) => next !== undefined);
  const own = [...parts.map((part) => part.own), itemOf({ cursor: isGivenOn ? undefined : cursor })];
  return { own: merged(own), lists };
}

/** Reads one field of an output; undefined when it is not what its name promises. */
type Reader = (
  value: unknown,
  context: DigestContext,
  name: string,
) => Promise<Digest | undefined> | Digest | undefined;

const nothing: Item = { facts: {} };

const askedRange = v.strictObject({ start: v.string(), end: v.string(), timeZone: v.exactOptional(v.string()) });

const savedFile = v.object({ id: v.string(), path: v.string() });

/** What is known of fields of outputs, by their names. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["emails", list(email, "mails", listedMail)],
  ["email", one(email, wholeMail)],
  ["threads", list(thread, "conversations", listedThread)],
  ["thread", (value, context) => parsed(thread, value, (read) => wholeThread(read, context))],
  ["drafts", list(draft, "drafts", listedDraft)],
  ["draft", one(draft, listedDraft)],
  ["folders", list(folder, "folders", listedFolder)],
  ["folder", one(folder, listedFolder)],
  ["attachments", list(attachment, "files", listedFile)],
  // A path ends with the name that the sender gave the file.
  ["saved", list(savedFile, "saved files", ({ id, path }) => itemOf({ id }, { path }))],
  ["events", list(eventSchema, "events", listedEvent)],
  ["event", one(eventSchema, wholeEvent)],
  ["endedSeries", (value, context) => list(eventSchema, "ended series", listedEvent)([value], context, "endedSeries")],
  ["calendars", list(calendarSchema, "calendars", listedCalendar)],
  ["conflicts", list(conflictSchema, "conflicts", listedConflict)],
  ["permissions", one(permissionsSchema, permissionItem)],
  ["freeBusy", list(freeBusySchema, "busy days", busyDays)],
  ["slots", (value, context) => parsed(v.array(slotSchema), value, (slots) => slotList(slots, context))],
  ["days", list(daySchema, "days", listedDay)],
  ["changes", readChanges],
  ["failures", unlessEmpty(list(failureSchema, "failures", listedFailure))],
  ["outcomes", unlessEmpty(list(batchOutcome, "failures", failedOutcome), "notDone")],
  ["notTried", unlessEmpty(list(v.string(), "ids", (id) => itemOf({ id })))],
  ["hasMore", one(v.boolean(), (hasMore) => itemOf({ hasMore: onlyTrue(hasMore) }))],
  ["range", readRange],
  ["reset", one(v.boolean(), (reset) => itemOf({ reset: onlyTrue(reset) }))],
  // At the top of an output it is the account's own, which every result names already.
  ["address", one(v.pipe(v.string(), v.check(looksLikeId)), ownAddress)],
]);

function readRange(value: unknown, { times }: DigestContext): Digest | undefined {
  return parsed(askedRange, value, ({ start, end }) => {
    try {
      return { own: itemOf({ range: times.askedSpan(start, end) }), lists: [] };
    } catch {
      return undefined; // What is no time is shown as any other field is.
    }
  });
}

function ownAddress(address: string, { account }: DigestContext): Item {
  return itemOf({ address: address === account ? undefined : address });
}

function list<Model>(
  schema: v.GenericSchema<unknown, Model>,
  what: string,
  toItems: (model: Model, context: DigestContext) => Item | Item[],
): Reader {
  return (value, context, name) =>
    parsed(v.array(schema), value, (models) => {
      const items = models.flatMap((model) => toItems(model, context));
      return { own: nothing, lists: [{ name, what, items }] };
    });
}

/** A list that is worth a word only where there is something in it. */
function unlessEmpty(read: Reader, as?: string): Reader {
  return async (value, context, name) => {
    const digest = await read(value, context, as ?? name);
    return digest && { ...digest, lists: digest.lists.filter(({ items }) => items.length > 0) };
  };
}

function one<Model>(
  schema: v.GenericSchema<unknown, Model>,
  toItem: (model: Model, context: DigestContext) => Item | Promise<Item>,
): Reader {
  return (value, context) => parsed(schema, value, async (model) => ({ own: await toItem(model, context), lists: [] }));
}

function parsed<Model, Result>(
  schema: v.GenericSchema<unknown, Model>,
  value: unknown,
  read: (model: Model) => Result,
): Result | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? read(result.output) : undefined;
}

/** Changes of mails or of events, told by their form. */
function readChanges(value: unknown, context: DigestContext): Digest | undefined {
  const page = { changes: value, cursor: "", hasMore: false, reset: false, resetCalendars: [], failures: [] };
  const toList = (items: Item[]): Digest => ({ own: nothing, lists: [{ name: "changes", what: "changes", items }] });
  return (
    parsed(changePage, page, ({ changes }) => toList(changes.map(changedMail))) ??
    parsed(changePageSchema, page, ({ changes }) => toList(changes.map((change) => changedEvent(change, context))))
  );
}

function genericPart(name: string, value: unknown): Digest {
  const isList = Array.isArray(value) && value.some((each) => typeof each === "object" && each !== null);
  if (!isList) return { own: genericItem(name === "result" ? value : { [name]: value }), lists: [] };
  const items = value.map((each) => genericItem(each));
  return { own: nothing, lists: [{ name: safeName(name), what: `entries of ${safeName(name)}`, items }] };
}

/** The service's cursor continues the list that the output is about. */
function withNext(lists: readonly ItemList[], cursor: string | undefined): ItemList[] {
  const about = lists.findIndex(({ name }) => name !== "failures");
  return lists.map((each, index) => (index === about && cursor !== undefined ? { ...each, next: cursor } : each));
}

/** What could not be read comes first: a list without it is not what it seems to be. */
function failuresFirst(left: ItemList, right: ItemList): number {
  return Number(right.name === "failures") - Number(left.name === "failures");
}

/** Several items as one. */
function merged(items: readonly Item[]): Item {
  const outside = items.flatMap(({ untrusted }) => untrusted ?? []);
  const texts = outside.flatMap(({ text, folded = [] }) => [
    ...(text === undefined ? [] : [{ what: "text", text }]),
    ...folded,
  ]);
  const [first, ...others] = texts[0]?.what === "text" ? texts : [undefined, ...texts];
  const more: Omit<OutsideText, "lines"> = {
    ...(first && { text: first.text }),
    folded: others.filter((each) => each !== undefined),
    hidden: outside.reduce((sum, { hidden = 0 }) => sum + hidden, 0),
  };
  const lines = fieldsOf(outside.flatMap((each) => Object.entries(each.lines)));
  return itemOf(fieldsOf(items.flatMap(({ facts }) => Object.entries(facts))), lines, more);
}
