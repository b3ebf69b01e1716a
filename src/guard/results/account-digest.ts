import type { CalendarFailure } from "../../calendar/models.js";
import type { BatchOutcome } from "../../core/batch-result.js";
import { errorTable } from "../../core/error-table.js";
import type { Attachment, EmailChange, EmailFolder } from "../../email/models.js";
import type { Item } from "./digest.js";
import { itemOf, looksLikeName, type MaybeFacts, type MaybeLines } from "./trust.js";

/** A folder or label of the mailbox. */
export function listedFolder({ id, name, kind, totalMessages, unreadMessages }: EmailFolder): Item {
  const isName = looksLikeName(name);
  const isSame = name.toLowerCase() === id.toLowerCase();
  return itemOf(
    {
      ...{ id, name: isName && !isSame ? name : undefined, kind: kind === "label" ? undefined : kind },
      ...{ mails: totalMessages, unread: unreadMessages || undefined },
    },
    { name: isName ? undefined : name },
  );
}

/** A file of a mail. */
export function listedFile({ id, filename, type, sizeBytes, inline }: Attachment): Item {
  return itemOf({ id, type, sizeBytes, inline: inline || undefined }, { filename });
}

/** What happened to a mail. */
export function changedMail({ type, id, threadId, labels = [] }: EmailChange): Item {
  return itemOf(
    { type, id, threadId: threadId === id ? undefined : threadId, labels: labels.filter(looksLikeName) },
    { labels: labels.filter((label) => !looksLikeName(label)).join(", ") },
  );
}

/** What kept a calendar from being read. */
export function listedFailure({ calendarId, ...error }: CalendarFailure): Item {
  return problem({ calendarId }, error);
}

/** What became of one of many: told where it was not done. */
export function failedOutcome(outcome: BatchOutcome): Item[] {
  return outcome.done ? [] : [problem({ id: outcome.id }, outcome.error)];
}

function problem(facts: MaybeFacts, error: Pick<CalendarFailure, "code" | "message" | "hint">): Item {
  const { code, message, hint } = error;
  const known = Object.hasOwn(errorTable, code);
  // What others wrote can stand in a message, as the name of a calendar; a hint of the table is this package's own.
  const isOurHint = Object.values(errorTable).some((row) => row.hint === hint);
  const lines: MaybeLines = { code: known ? undefined : code, message, hint: isOurHint ? undefined : hint };
  return itemOf({ ...facts, code: known ? code : undefined, hint: isOurHint ? hint : undefined }, lines);
}
