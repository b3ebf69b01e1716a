import type { Deadline } from "../../../core/deadline.js";
import { loadZonedTime } from "../../../core/zoned-time.js";
import { allOf, type EmailQuery } from "../../../email/query/ast.js";
import type { FolderFilter } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import type { Selection } from "./messages.js";
import { toGmailSearch } from "./search-query.js";

/**
 * A search in Gmail's terms. Folders that every mail must be in are named by id, which is exact; inside of choices they
 * can be named in the search language only.
 */
export async function toSelection(mailbox: Mailbox, query: EmailQuery, deadline: Deadline): Promise<Selection> {
  const terms = query.kind === "and" ? query.terms : [query];
  const folders = terms.flatMap((term) => (term.kind === "folder" ? [term.value] : []));
  const found: FolderFilter[] = await Promise.all(folders.map((name) => mailbox.labels.filter(name, deadline)));
  const rest = allOf(terms.filter(({ kind }) => kind !== "folder"));
  const time = await loadZonedTime(mailbox.clock);
  const folder = (name: string): Promise<string> => mailbox.labels.search(name, deadline);
  return {
    search: await toGmailSearch(rest, { time, timeZone: mailbox.timeZone, folder }),
    labelIds: found.flatMap(({ labelIds }) => labelIds),
    includeSpamTrash: found.some(({ includeSpamTrash }) => includeSpamTrash),
  };
}
