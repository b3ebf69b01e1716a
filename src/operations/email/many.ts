import * as v from "valibot";
import { batchResult, type BatchOutcome, type BatchResult } from "../../core/batch-result.js";
import type { CallOptions } from "../../core/deadline.js";
import { isIntegrationError } from "../../core/errors.js";
import type { WritePreview } from "../../core/write-preview.js";
import { optionsOfMany } from "../call-options.js";
import type { OperationCall } from "../operation.js";
import { batchFields } from "../schemas.js";

/** What became of each of many mails, and which were left because it was stopped before their turn. */
export interface ManyResult extends BatchResult {
  notTried: string[];
}

/** What became of each of many mails. */
export const manyResult: v.GenericSchema<unknown, ManyResult> = v.object({
  ...batchFields,
  notTried: v.array(v.string()),
} satisfies Record<keyof ManyResult, v.GenericSchema>);

/** How something is done to any number of mails. */
export interface ManyWrite {
  readonly run: (ids: readonly string[], options: CallOptions) => Promise<BatchResult>;
  readonly preview: (ids: readonly string[], options: CallOptions) => Promise<WritePreview>;
}

/** So many are changed in one step, between two of which it can be stopped. */
const stepSize = 100;

/**
 * Does something to many mails step by step, each mail once. What cannot be done to any of them is refused before the
 * first; a step that fails as a whole ends it, and what was done before is told.
 *
 * @throws what the first step fails with, and the reason of `call.signal`
 */
export async function inSteps(
  call: OperationCall<"email">,
  ids: readonly string[],
  write: ManyWrite,
): Promise<ManyResult> {
  const { options, end } = optionsOfMany(call);
  const unique = [...new Set(ids)];
  try {
    // What a client refuses it refuses for all that it is given: asked for the whole, it does so before anything is done.
    if (unique.length > stepSize) await write.preview(unique, options);
    const { outcomes, tried } = await tryInSteps(call, unique, (step) => write.run(step, options));
    return { ...batchResult(outcomes), notTried: unique.slice(tried) };
  } finally {
    end();
  }
}

/** @returns what became of those whose turn came, and how many those are */
async function tryInSteps(
  { signal, stop }: Pick<OperationCall, "signal" | "stop">,
  ids: readonly string[],
  run: (step: readonly string[]) => Promise<BatchResult>,
): Promise<{ outcomes: BatchOutcome[]; tried: number }> {
  const outcomes: BatchOutcome[] = [];
  let tried = 0;
  while (tried < ids.length && stop?.aborted !== true) {
    const step = ids.slice(tried, tried + stepSize);
    try {
      outcomes.push(...(await run(step)).outcomes);
      tried += step.length;
    } catch (error) {
      if (tried === 0 || signal?.aborted === true || !isIntegrationError(error)) throw error;
      outcomes.push(...step.map((id): BatchOutcome => ({ id, done: false, error: error.toJSON() })));
      return { outcomes, tried: tried + step.length };
    }
  }
  return { outcomes, tried };
}
