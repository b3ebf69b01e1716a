import { readOnly, type Policy } from "./policy.js";

/** What a program's flags take away from a policy. */
export interface Narrowing {
  /** Only these keep what they are granted; missing: all of them. */
  readonly profiles?: readonly string[];
  /** Nobody keeps anything, and no files are touched. */
  readonly readOnly?: boolean;
}

/** A policy with less in it. There is nothing by which more could be granted. */
export function narrowed(policy: Policy, narrowing: Narrowing): Policy {
  const kept = narrowing.profiles && new Set(narrowing.profiles);
  const keeps = (profile: string): boolean => narrowing.readOnly !== true && kept?.has(profile) !== false;
  return {
    ...policy,
    attachmentsDir: narrowing.readOnly === true ? undefined : policy.attachmentsDir,
    grantsOf: (profile) => (keeps(profile) ? policy.grantsOf(profile) : readOnly),
  };
}
