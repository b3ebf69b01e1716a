import * as v from "valibot";
import type { BatchOutcome, BatchResult } from "../core/batch-result.js";
import { errorTable, type ErrorCode } from "../core/error-table.js";
import type { ErrorReport } from "../core/errors.js";
import type { WritePreview as Preview } from "../core/write-preview.js";

const errorFields = {
  name: v.string(),
  code: v.picklist(Object.keys(errorTable) as ErrorCode[]),
  message: v.string(),
  hint: v.string(),
  retryable: v.boolean(),
  retryAfterMs: v.exactOptional(v.number()),
  service: v.exactOptional(v.string()),
  profile: v.exactOptional(v.string()),
  operation: v.exactOptional(v.string()),
  details: v.exactOptional(v.record(v.string(), v.unknown())),
} satisfies Record<keyof ErrorReport, v.GenericSchema>;

/** A failure as plain data. */
export const errorReport: v.GenericSchema<unknown, ErrorReport> = v.object(errorFields);

/** What became of one of many. */
export const batchOutcome: v.GenericSchema<unknown, BatchOutcome> = v.variant("done", [
  v.object({ id: v.string(), done: v.literal(true) }),
  v.object({ id: v.string(), done: v.literal(false), error: errorReport }),
]);

/** The fields of what became of each of many, for results that tell more than that. */
export const batchFields: {
  readonly [Key in keyof BatchResult]: v.GenericSchema<unknown, BatchResult[Key]>;
} = { outcomes: v.array(batchOutcome), done: v.number(), failed: v.number() };

/** What became of each of many. */
export const batchResult: v.GenericSchema<unknown, BatchResult> = v.object(batchFields);

const previewFields = {
  account: v.string(),
  recipients: v.array(v.string()),
  notified: v.array(v.string()),
  seenIn: v.exactOptional(v.array(v.string())),
  answersTo: v.exactOptional(v.array(v.string())),
  occurrences: v.number(),
  diff: v.array(v.string()),
  warnings: v.exactOptional(v.array(v.string())),
  reversible: v.boolean(),
  payloadHash: v.string(),
} satisfies Record<keyof Preview, v.GenericSchema>;

/** What a write would do. */
export const writePreview: v.GenericSchema<unknown, Preview> = v.object(previewFields);
