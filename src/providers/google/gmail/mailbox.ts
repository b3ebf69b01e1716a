import type { Clock } from "../../../core/clock.js";
import type { HeaderReader } from "../../../email/mime/headers.js";
import type { GoogleApi } from "../http.js";
import type { LabelNames } from "./labels.js";

/** What every Gmail operation works with: one profile's mailbox. */
export interface Mailbox {
  readonly api: GoogleApi;
  readonly clock: Clock;
  readonly labels: LabelNames;
  /** Loaded when the first mail is on its way. */
  readonly headers: () => Promise<HeaderReader>;
  /** The zone of dates that callers give without one. IANA name. */
  readonly timeZone: string;
  /** Names the mailbox in cursors. */
  readonly cursorScope: readonly string[];
}
