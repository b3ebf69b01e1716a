import type { ZonedTime } from "../../../core/zoned-time.js";
import type { EmailQuery, EmailTerm, QueryHeader, QueryTime } from "../../../email/query/ast.js";
import { quoted, searchSeconds } from "./search-text.js";

/** Gmail's name of a folder or label in its search language, such as `in:inbox`. */
export type FolderSearch = (folder: string) => Promise<string>;

/** What a search is compiled with. */
export interface SearchContext {
  readonly time: ZonedTime;
  /** Of dates. IANA name. */
  readonly timeZone: string;
  readonly folder: FolderSearch;
}

/**
 * A search in Gmail's own language.
 *
 * @throws RequestError `request.not_found` for a folder that does not exist
 * @see https://support.google.com/mail/answer/7190
 */
export async function toGmailSearch(query: EmailQuery, context: SearchContext): Promise<string> {
  if (query.kind !== "and") return termOf(query, context);
  return (await Promise.all(query.terms.map((term) => termOf(term, context)))).join(" ");
}

async function termOf(query: EmailQuery, context: SearchContext): Promise<string> {
  switch (query.kind) {
    case "and":
      return `(${await toGmailSearch(query, context)})`;
    case "or":
      return `{${(await Promise.all(query.terms.map((term) => termOf(term, context)))).join(" ")}}`;
    case "not":
      return `-${await termOf(query.term, context)}`;
    case "folder":
      return context.folder(query.value);
    default:
      return simpleTerm(query, context);
  }
}

const headers: Readonly<Record<QueryHeader, string>> = {
  ...{ from: "from", to: "to", cc: "cc", bcc: "bcc", subject: "subject", list: "list" },
  messageId: "rfc822msgid",
};

function simpleTerm(term: Exclude<EmailTerm, { kind: "folder" }>, context: SearchContext): string {
  switch (term.kind) {
    case "text":
      return quoted(term.value);
    case "header":
      return `${headers[term.name]}:${quoted(term.value)}`;
    case "filename":
      return `filename:${quoted(term.value)}`;
    case "is":
    case "has":
      return `${term.kind}:${term.value}`;
    case "received":
      return `${term.bound}:${searchSeconds(epochMsOf(term.time, context))}`;
    case "size":
      return `${term.bound}:${term.bytes}`;
  }
}

function epochMsOf(when: QueryTime, { time, timeZone }: SearchContext): number {
  if ("epochMs" in when) return when.epochMs;
  return "date" in when ? time.startOfDay(when.date, timeZone) : time.ago(when.ago, when.unit, timeZone);
}
