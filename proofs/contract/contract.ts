import type { Google } from "./google.js";

/** How well it is known that Google behaves so. */
export type Certainty =
  /** Google's guides or reference say it. */
  | "documented"
  /** Others met it, and wrote so in public. */
  | "observed"
  /** Not known for sure: a setting of the sandbox decides, and the check turns it. */
  | "setting";

/** One thing that Google does and the sandbox must do as well. */
export interface Behaviour {
  /** A sentence that could be false. */
  readonly says: string;
  /** Where it is known from; default: the chapter's source. */
  readonly source?: string;
  /** Default: documented. */
  readonly certainty?: Certainty;
  /** Sees it over the wire, in a sandbox of its own. @throws whatever an assertion throws */
  readonly check: (google: Google) => Promise<void>;
}

/** Behaviours of one subject. */
export interface Chapter {
  readonly title: string;
  readonly source: string;
  readonly behaviours: readonly Behaviour[];
}
