export { parseMail } from "./mime/parse-mail.js";
export { parseSearch } from "./query/parse.js";

export type { BatchOutcome, BatchResult } from "../core/batch-result.js";
export type { ChangePage } from "../core/change-page.js";
export type { WritePreview } from "../core/write-preview.js";
export type { EmailClient, EmailOrganizer, EmailReader, EmailSender, SearchInput } from "./client.js";
export type {
  Attachment,
  AttachmentType,
  Email,
  EmailAddress,
  EmailChange,
  EmailFolder,
  EmailPriority,
  EmailSearchQuery,
  EmailSearchResult,
  EmailStats,
  EmailStatus,
  EmailThread,
  EmailThreadPage,
  EmailUpdate,
  RemovedContent,
} from "./models.js";
export type {
  DryRun,
  IterateOptions,
  ListOptions,
  PageOptions,
  ReadOptions,
  RecentOptions,
  ReplyOptions,
  SearchOptions,
  SendOptions,
  WriteOptions,
} from "./options.js";
export type { ParsedAttachment, ParsedMail, ParseProblem } from "./mime/parsed-mail.js";
export type {
  AddressInput,
  AttachmentSource,
  EmailDraft,
  EmailDraftPage,
  OutgoingAttachment,
  OutgoingEmail,
  ReplyEmail,
  SendResult,
} from "./outgoing.js";
export type { EmailFlag, EmailQuery, EmailTerm, QueryHeader, QueryTime, QueryTimeUnit } from "./query/ast.js";
