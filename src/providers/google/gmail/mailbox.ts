import type { Clock } from "../../../core/clock.js";
import type { Deadline } from "../../../core/deadline.js";
import type { AccessLevel } from "../../../credentials/types.js";
import type { HeaderReader } from "../../../email/mime/headers.js";
import type { SendJournal } from "../../../email/sending/journal.js";
import type { GoogleApi } from "../http.js";
import type { SenderIdentity } from "./identity.js";
import type { LabelNames } from "./labels.js";
import type { RecentMails } from "./recent-mails.js";

/** What every Gmail operation works with: one profile's mailbox. */
export interface Mailbox {
  readonly api: GoogleApi;
  readonly clock: Clock;
  readonly labels: LabelNames;
  /** Mails that this client has read before. */
  readonly recent: (deadline: Deadline) => RecentMails;
  /** Loaded when the first mail is on its way. */
  readonly headers: () => Promise<HeaderReader>;
  /** Whom the account may send as. */
  readonly identity: (deadline: Deadline) => Promise<SenderIdentity>;
  /** Where the profile's sending is noted. */
  readonly journal: () => Promise<SendJournal>;
  /** What the client is limited to; undefined when the sign-in alone decides. */
  readonly access: AccessLevel | undefined;
  /** The account's address, as its sign-in told it. */
  readonly account: string | undefined;
  /** The zone of dates that callers give without one. IANA name. */
  readonly timeZone: string;
  /** Service and profile. */
  readonly profile: readonly string[];
  /** Names the mailbox in cursors. */
  readonly cursorScope: readonly string[];
}
