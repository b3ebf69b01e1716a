import type { CallOptions } from "./deadline.js";

/** Options of every call that changes something. */
export interface WriteOptions extends CallOptions {
  /** Only tell what would be done, as a `WritePreview`. */
  readonly dryRun?: boolean;
}

/** Makes a writing call one that only tells. */
export interface DryRun {
  readonly dryRun: true;
}
