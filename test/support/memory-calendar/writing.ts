import { createHash, randomUUID } from "node:crypto";
import { integrationError, isIntegrationError } from "maigic-integrations";
import {
  describeDifference,
  payloadHash,
  requireCalendarId,
  requireChanges,
  requireEventInput,
  requireEventInputs,
  requireRef,
  requireUpdates,
  writePreview,
  type BatchEventOutcome,
  type BatchOptions,
  type BatchUpdateResult,
  type CalendarOrganizer,
  type ConflictInfo,
  type CreateOptions,
  type EventChanges,
  type EventInput,
  type EventRef,
  type LooseMethods,
  type NotifyOptions,
  type UpdateOptions,
  type UpdateResult,
  type WritePreview,
} from "maigic-integrations/calendar";
import { newEvent, requireCompatible } from "./change.js";
import { conflictsOf } from "./planning.js";
import { findTarget, planDelete, planMove, planUpdate, type Plan, type Target } from "./plans.js";
import type { MemoryService } from "./service.js";
import type { Stored, Writes } from "./store.js";

type Outcome = UpdateResult | WritePreview;

/** What the account does with events of its own. */
export function memoryOrganizer(service: MemoryService): CalendarOrganizer {
  const { calls } = service;
  const methods = {
    createMyEvent: (event, options = {}) =>
      calls.run("createMyEvent", options, () => create(service, requireEventInput(event), options)),
    updateMyEvent: (ref, changes, options = {}) =>
      calls.run("updateMyEvent", options, () => update(service, requireRef(ref), requireChanges(changes), options)),
    deleteMyEvent: (ref, options = {}) =>
      calls.run("deleteMyEvent", options, async () => {
        requireWritable(service);
        const plan = await planDelete(service, await findTarget(service, requireRef(ref), options.scope, "canDelete"));
        return finish(service, plan, { options, message: options.message });
      }),
    moveMyEvent: (ref, toCalendarId, options = {}) =>
      calls.run("moveMyEvent", options, async () => {
        requireWritable(service);
        requireOwner(service, requireCalendarId(toCalendarId));
        const target = await findTarget(service, requireRef(ref), "all", "canMove");
        return finish(service, planMove(service, target, toCalendarId), { options });
      }),
    batchCreateEvents: (events, options = {}) =>
      calls.run("batchCreateEvents", options, () => {
        const { idempotencyKey, ...shared } = options;
        const keyed = (index: number): CreateOptions =>
          idempotencyKey === undefined ? shared : { ...shared, idempotencyKey: `${idempotencyKey} ${index}` };
        return batch(service, requireEventInputs(events), options, (event, index, journal) =>
          create(service, event, keyed(index), journal),
        );
      }),
    batchUpdateEvents: (updates, options = {}) =>
      calls.run("batchUpdateEvents", options, () => {
        return batch(service, requireUpdates(updates), options, ({ ref, changes, ...own }, _index, journal) =>
          update(service, ref, changes, { ...options, ...own }, journal),
        );
      }),
  } satisfies LooseMethods<CalendarOrganizer>;
  return methods as CalendarOrganizer; // whether a preview comes back, the options decide
}

/** Keeps a client from writing that may only read. @throws RequestError `request.forbidden` */
export function requireWritable({ access }: MemoryService): void {
  if (access === "read") throw integrationError("request.forbidden", { message: "This client may only read." });
}

function requireOwner({ account: { store, address } }: MemoryService, calendarId: string): void {
  if (store.access(calendarId, address).role !== "owner") throw integrationError("request.forbidden");
}

async function create(
  service: MemoryService,
  input: EventInput,
  options: CreateOptions,
  journal?: Writes[],
): Promise<Outcome> {
  requireWritable(service);
  const { store, address } = service.account;
  const { calendarId = address, idempotencyKey, conference = false } = options;
  requireOwner(service, calendarId);
  if (conference) throw integrationError("request.unsupported");
  const key = idempotencyKey === undefined ? randomUUID() : JSON.stringify([calendarId, idempotencyKey]);
  const id = createHash("sha256").update(key).digest("hex").slice(0, 32);
  const request = payloadHash([input, options.notify]);
  const event = await newEvent(service, input, { id, uid: `${id}@memory.example`, calendarId, request });
  const before = store.events.get(id);
  if (store.gone.has(id)) throw integrationError("request.conflict", { message: "That event was deleted since." });
  if (before && before.request !== request) throw integrationError("request.idempotency_mismatch");
  const conflicts = before ? [] : await clashes(service, event, options.onConflict);
  const occurrences = (await service.dates(event)).length;
  const plan = { writes: new Map(before ? [] : [[id, event]]), calendarId, after: before ?? event, occurrences };
  return finish(service, plan, { options, conflicts, journal });
}

async function update(
  service: MemoryService,
  ref: EventRef,
  changes: EventChanges,
  options: UpdateOptions,
  journal?: Writes[],
): Promise<Outcome> {
  requireWritable(service);
  const find = (): Promise<Target> => findTarget(service, ref, options.scope, "canEdit");
  const first = await find();
  for (let target = first; ; target = await find()) {
    const { stored } = target;
    if (options.expectedVersion !== undefined && options.expectedVersion !== String(stored.version)) {
      throw integrationError("request.conflict", { message: "The event is not the expected version any more." });
    }
    requireCompatible(first.stored, stored, changes);
    const plan = await planUpdate(service, target, changes);
    const isNew = (changes.start ?? changes.end ?? changes.durationMinutes ?? changes.addAttendees) !== undefined;
    const conflicts = isNew && plan.after ? await clashes(service, plan.after, options.onConflict) : [];
    if (options.dryRun !== true) await service.account.interlude();
    if (service.account.store.isCurrent(stored)) return finish(service, plan, { options, conflicts, journal });
  }
}

async function clashes(
  service: MemoryService,
  stored: Stored,
  onConflict: CreateOptions["onConflict"] = "warn",
): Promise<ConflictInfo[]> {
  const conflicts = onConflict === "allow" ? [] : await conflictsOf(service, stored);
  if (onConflict !== "fail" || conflicts.length === 0) return conflicts;
  throw integrationError("request.conflict", { message: "The time is taken.", details: { conflicts } });
}

/** How a plan is carried out. */
interface Finishing {
  readonly options: NotifyOptions;
  readonly conflicts?: ConflictInfo[];
  /** Default: everybody who is invited, or was. */
  readonly recipients?: readonly string[];
  /** A line to them. */
  readonly message?: string | undefined;
  /** Where it is noted how to take it back. */
  readonly journal?: Writes[] | undefined;
}

/** Writes what was planned and tells whom it tells, or only says so. */
export function finish(service: MemoryService, plan: Plan, finishing: Finishing): Outcome {
  const { store, clock, address } = service.account;
  const { before, after, ended, writes, calendarId, occurrences } = plan;
  const { options, conflicts = [], message = "", journal = [] } = finishing;
  const { notify = "all", dryRun = false } = options;
  const guests = [before, after].flatMap((each) => each?.guests ?? []).map(({ email }) => email);
  const recipients = [...(finishing.recipients ?? new Set(guests.filter((email) => email !== address)))];
  const notified = notify === "all" ? recipients : [];
  const show = (stored: Stored): UpdateResult["event"] =>
    service.show({ ...stored, ...store.events.get(stored.id) }, calendarId);
  if (dryRun) {
    const [old, now] = [before, after].map((stored) => stored && service.show(stored, calendarId));
    const diff = describeDifference(old, now);
    if (before && after && before.calendarId !== after.calendarId) {
      diff.push(`~ calendar: ${before.calendarId} → ${after.calendarId}`);
    }
    const warnings = conflicts.map((conflict) => conflict.message);
    const payload = [diff, notify, occurrences];
    return writePreview(address, { recipients, notified, occurrences, diff, warnings, payload });
  }
  const is = after ?? before;
  if (!is) throw integrationError("request.not_found");
  journal.push(store.write(writes, clock.now()));
  for (const to of writes.size > 0 ? notified : []) store.mails.push({ to, text: `${is.title}. ${message}` });
  return { event: show(is), notified, conflicts, ...(ended && { endedSeries: show(ended) }) };
}

/** Many, one after the other; all or nothing where that is wanted. */
async function batch<Item>(
  service: MemoryService,
  items: readonly Item[],
  { atomic = false, dryRun = false }: BatchOptions,
  work: (item: Item, index: number, journal: Writes[]) => Promise<Outcome>,
): Promise<BatchUpdateResult | WritePreview> {
  requireWritable(service);
  const journal: Writes[] = [];
  const outcomes: BatchEventOutcome[] = [];
  const previews: WritePreview[] = [];
  for (const [index, item] of items.entries()) {
    try {
      const outcome = await work(item, index, journal);
      if ("event" in outcome) outcomes.push({ index, done: true, result: outcome });
      else previews.push(outcome);
    } catch (error) {
      if (dryRun || !isIntegrationError(error)) throw error;
      outcomes.push({ index, done: false, undone: false, error: error.toJSON() });
    }
  }
  if (dryRun) return together(service, previews);
  const failure = outcomes.find(({ done }) => !done);
  if (!atomic || !failure) return counted(outcomes);
  for (const back of journal.reverse()) service.account.store.write(back, service.account.clock.now());
  const error = integrationError("request.partial_failure").toJSON();
  return counted(outcomes.map((each) => (each.done ? { index: each.index, done: false, undone: true, error } : each)));
}

function counted(outcomes: BatchEventOutcome[]): BatchUpdateResult {
  const done = outcomes.filter((outcome) => outcome.done).length;
  return { outcomes, done, failed: outcomes.length - done, notUndone: [] };
}

function together({ account }: MemoryService, previews: readonly WritePreview[]): WritePreview {
  const all = <T>(of: (preview: WritePreview) => readonly T[]): T[] => [...new Set(previews.flatMap(of))];
  return writePreview(account.address, {
    recipients: all(({ recipients }) => recipients),
    notified: all(({ notified }) => notified),
    occurrences: previews.reduce((sum, { occurrences }) => sum + occurrences, 0),
    diff: all(({ diff }) => diff),
    payload: all(({ payloadHash: hash }) => [hash]),
  });
}
