import type { Effect } from "../../operations/operation.js";

/** What changes something: an effect that a policy can grant. */
export type WriteEffect = Exclude<Effect, "read">;

/** All that a policy can grant, the least grave first. */
export const writeEffects: readonly WriteEffect[] = ["write", "send", "delete"];

/** What an assistant may do as one profile, besides reading. */
export interface Grants {
  /** The effects that are granted. */
  readonly allow: readonly WriteEffect[];
  /** Addresses that it may write to, in lower case. The profile's own address is always one of them. */
  readonly recipients: readonly string[];
  /** Domains whose addresses it may write to, in lower case and ASCII. `*.example.com` stands for all below it. */
  readonly domains: readonly string[];
  /** Ids of calendars besides the main one whose readers may see what it writes. */
  readonly calendars: readonly string[];
  /**
   * What happens to what would reach anybody else: a person is asked, it is refused, or it is done. Even then a person is
   * asked once text that somebody else wrote was read.
   */
  readonly others: "confirm" | "refuse" | "allow";
  /** Effects that a person confirms each time, whoever they reach. */
  readonly confirm: readonly WriteEffect[];
  /** Where that person is asked: by `maigic-integrations approve` in a terminal, or by the program that the assistant runs in. */
  readonly ask: "terminal" | "client";
  /** How many times a day each effect may be carried out, by the profile's own days; missing: any number. */
  readonly daily: Readonly<Partial<Record<WriteEffect, number>>>;
}

/** What a person permits an assistant: the only place where anything beyond reading is granted. */
export interface Policy {
  /** Absolute path of policy.yaml, whether it is there or not. */
  readonly file: string;
  /** Whether it is there. */
  readonly exists: boolean;
  /** Absolute path of the folder that files are saved into and sent from; undefined: no files are touched. */
  readonly attachmentsDir: string | undefined;
  /** What a profile is granted; one that the file does not name may be read, and nothing else. */
  grantsOf(profile: string): Grants;
  /** The profiles that the file names. */
  readonly profiles: readonly string[];
}

/** A profile that may be read, and nothing else. */
export const readOnly: Grants = {
  ...{ allow: [], recipients: [], domains: [], calendars: [] },
  ...{ others: "confirm", confirm: ["delete"], ask: "terminal", daily: {} },
};
