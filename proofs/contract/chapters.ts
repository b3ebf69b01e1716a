import { apiRules } from "./api-rules.js";
import { calendarEvents } from "./calendar-events.js";
import { calendarLists } from "./calendar-lists.js";
import { calendarPeople } from "./calendar-people.js";
import { calendarSharing } from "./calendar-sharing.js";
import type { Chapter } from "./contract.js";
import { gmailMailbox } from "./gmail-mailbox.js";
import { gmailMessages } from "./gmail-messages.js";
import { gmailSearch } from "./gmail-search.js";
import { gmailSending } from "./gmail-sending.js";
import { authorization } from "./oauth-authorization.js";
import { endings } from "./oauth-endings.js";
import { tokens } from "./oauth-tokens.js";
import { transport } from "./transport.js";

/** All that the sandbox promises to do as Google does it. */
export const chapters: readonly Chapter[] = [
  authorization,
  tokens,
  endings,
  apiRules,
  gmailMessages,
  gmailSearch,
  gmailSending,
  gmailMailbox,
  calendarEvents,
  calendarLists,
  calendarPeople,
  calendarSharing,
  transport,
];
