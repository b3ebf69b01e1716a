import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError, type ErrorReport, type IntegrationError } from "../../../core/errors.js";
import { mapInOrder } from "../../../core/map-in-order.js";
import { collect } from "../../../core/pages.js";
import { writePreview, type WritePreview } from "../../../core/write-preview.js";
import type { BatchEventOutcome, BatchUpdateResult, EventUpdate } from "../../../calendar/batch-models.js";
import type { EventInput, UpdateResult } from "../../../calendar/models.js";
import type { BatchCreateOptions, BatchOptions, NotifyOptions } from "../../../calendar/options.js";
import { requireWritable } from "../access.js";
import type { Calendars } from "./calendars.js";
import { createMyEvent, planEvent, writePlanned } from "./create-event.js";
import { placeOf } from "./events.js";
import { planUpdate, updateMyEvent, writeUpdate } from "./update-event.js";
import { createWriter, undoWrites, type Writer } from "./writing.js";

const sideBySide = 8;

/** Creates many events, or tells what would be created. */
export async function batchCreateEvents(
  calendars: Calendars,
  events: readonly EventInput[],
  options: BatchCreateOptions,
  deadline: Deadline,
): Promise<BatchUpdateResult | WritePreview> {
  const { atomic = false, idempotencyKey, ...shared } = options;
  const optionsOf = (index: number): BatchCreateOptions =>
    idempotencyKey === undefined ? shared : { ...shared, idempotencyKey: JSON.stringify([idempotencyKey, index]) };
  return runBatch(
    calendars,
    { options, atomic, deadline },
    events.map((event, index) => ({
      turn: String(index),
      check: () => planEvent(calendars, event, optionsOf(index), deadline),
      preview: () => createMyEvent(calendars, event, { ...optionsOf(index), dryRun: true }, deadline),
      write: async (writer) => writePlanned(writer, await planEvent(calendars, event, optionsOf(index), deadline)),
    })),
  );
}

/** Changes many events, or tells what would change. Those of one series are changed one after the other. */
export async function batchUpdateEvents(
  calendars: Calendars,
  updates: readonly EventUpdate[],
  options: BatchOptions,
  deadline: Deadline,
): Promise<BatchUpdateResult | WritePreview> {
  const { atomic = false, ...shared } = options;
  return runBatch(
    calendars,
    { options, atomic, deadline },
    updates.map(({ ref, changes, scope, expectedVersion }) => {
      const each = { ...shared, ...(scope && { scope }), ...(expectedVersion !== undefined && { expectedVersion }) };
      const plan = (): ReturnType<typeof planUpdate> => planUpdate(calendars, ref, changes, each, deadline);
      const { calendarId, id } = placeOf(ref);
      return {
        turn: JSON.stringify([calendarId, seriesPart(id)]),
        check: plan,
        preview: () => updateMyEvent(calendars, ref, changes, { ...each, dryRun: true }, deadline),
        write: async (writer) => writeUpdate(writer, await plan()),
      };
    }),
  );
}

/** One of many writes. */
interface Task {
  /** Tasks of the same turn run one after the other. */
  readonly turn: string;
  /** Fails as the write would, as far as that can be known before. */
  readonly check: () => Promise<unknown>;
  readonly preview: () => Promise<UpdateResult | WritePreview>;
  readonly write: (writer: Writer) => Promise<UpdateResult>;
}

interface Batch {
  readonly options: NotifyOptions;
  readonly atomic: boolean;
  readonly deadline: Deadline;
}

async function runBatch(
  calendars: Calendars,
  batch: Batch,
  tasks: readonly Task[],
): Promise<BatchUpdateResult | WritePreview> {
  requireWritable(calendars);
  if (batch.options.dryRun === true) return previewAll(calendars, batch, tasks);
  const { atomic, deadline } = batch;
  const failed = new Map<number, IntegrationError>();
  const done = new Map<number, UpdateResult>();
  const writers: { index: number; writer: Writer }[] = [];
  const stops = (): boolean => atomic && failed.size > 0;
  if (atomic) await inTurns(tasks, ({ check }, index) => settle(check(), index, failed, deadline));
  if (!stops()) {
    await inTurns(tasks, async ({ write }, index) => {
      if (stops()) return;
      const writer = createWriter(calendars, batch.options.notify, deadline);
      writers.push({ index, writer });
      const result = await settle(write(writer), index, failed, deadline);
      if (result) done.set(index, result);
    });
  }
  const notUndone = stops() ? await undoAll(writers) : [];
  return report(tasks.length, { done, failed, notUndone, undone: stops() });
}

/** Runs tasks side by side, those of the same turn one after the other. */
async function inTurns(tasks: readonly Task[], run: (task: Task, index: number) => Promise<unknown>): Promise<void> {
  const turns = new Map<string, { task: Task; index: number }[]>();
  tasks.forEach((task, index) => turns.set(task.turn, [...(turns.get(task.turn) ?? []), { task, index }]));
  const inTurn = async (turn: readonly { task: Task; index: number }[]): Promise<void> => {
    for (const { task, index } of turn) await run(task, index);
  };
  await collect(mapInOrder(turns.values(), sideBySide, inTurn));
}

async function settle<T>(
  work: Promise<T>,
  index: number,
  failed: Map<number, IntegrationError>,
  { signal }: Deadline,
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    signal.throwIfAborted();
    if (!isIntegrationError(error)) throw error;
    failed.set(index, error);
    return undefined;
  }
}

async function undoAll(writers: readonly { index: number; writer: Writer }[]): Promise<BatchUpdateResult["notUndone"]> {
  const notUndone: BatchUpdateResult["notUndone"] = [];
  for (const { index, writer } of [...writers].reverse()) {
    try {
      await undoWrites(writer);
    } catch (error) {
      if (!isIntegrationError(error)) throw error;
      notUndone.push({ index, error: error.toJSON() });
    }
  }
  return notUndone.sort((a, b) => a.index - b.index);
}

interface Found {
  readonly done: ReadonlyMap<number, UpdateResult>;
  readonly failed: ReadonlyMap<number, IntegrationError>;
  readonly notUndone: BatchUpdateResult["notUndone"];
  /** Whether what was done was taken back. */
  readonly undone: boolean;
}

function report(count: number, { done, failed, notUndone, undone }: Found): BatchUpdateResult {
  const [cause] = [...failed.keys()].sort((a, b) => a - b);
  const stays = new Set(notUndone.map(({ index }) => index));
  const outcomes = Array.from({ length: count }, (_, index): BatchEventOutcome => {
    const result = done.get(index);
    if (result && (!undone || stays.has(index))) return { index, done: true, result };
    const error = failed.get(index)?.toJSON() ?? passedOver(cause ?? 0);
    return { index, done: false, undone: result !== undefined, error };
  });
  const doneCount = outcomes.filter((outcome) => outcome.done).length;
  return { outcomes, done: doneCount, failed: count - doneCount, notUndone };
}

function passedOver(cause: number): ErrorReport {
  return integrationError("request.partial_failure", {
    message: `It was not done, or taken back, since number ${cause} of the batch failed.`,
    hint: `Mend number ${cause}, and call again.`,
    details: { cause },
  }).toJSON();
}

async function previewAll(calendars: Calendars, { deadline }: Batch, tasks: readonly Task[]): Promise<WritePreview> {
  deadline.signal.throwIfAborted();
  const all = await collect(mapInOrder(tasks, sideBySide, async ({ preview }) => preview()));
  const previews = all.filter((each) => "payloadHash" in each);
  const union = (of: (preview: WritePreview) => readonly string[]): string[] => [...new Set(previews.flatMap(of))];
  const numbered = (of: (preview: WritePreview) => readonly string[]): string[] =>
    previews.flatMap((preview, index) => of(preview).map((line) => `${index}: ${line}`));
  return writePreview(calendars.account, {
    recipients: union(({ recipients }) => recipients),
    notified: union(({ notified }) => notified),
    seenIn: union((preview) => preview.seenIn ?? []),
    occurrences: previews.reduce((sum, { occurrences }) => sum + occurrences, 0),
    diff: numbered(({ diff }) => diff),
    warnings: numbered(({ warnings = [] }) => warnings),
    reversible: previews.every(({ reversible }) => reversible),
    payload: previews.map(({ payloadHash }) => payloadHash),
  });
}

/** Occurrences have their series' id and a date. */
function seriesPart(id: string): string {
  return /^(.+)_\d{8}(T\d{6}Z)?$/.exec(id)?.[1] ?? id;
}
