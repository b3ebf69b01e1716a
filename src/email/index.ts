export { parseMail } from "./mime/parse-mail.js";
export { parseSearch } from "./query/parse.js";

// What a provider of e-mail is made with.
export { batchResult } from "../core/batch-result.js";
export { createEmailCalls } from "./calls.js";
export { composeMail } from "./compose/compose.js";
export { prepareMail, recipientsOf, requireRecipients } from "./compose/prepare.js";
export { forwardedTexts } from "./forward.js";
export { requireMessage, requireReply, requireUpdate } from "./inputs.js";
export { readSearch } from "./query/read-search.js";
export { forwardSubject, referencesTo, replyPeople, replySubject } from "./reply.js";
export { saveFile } from "./save-file.js";
export { sendOnce, settleSend } from "./sending/send-once.js";
export { toThread } from "./thread.js";

export type { BatchOutcome, BatchResult } from "../core/batch-result.js";
export type { ChangePage } from "../core/change-page.js";
export type { LooseMethods } from "../core/loose-methods.js";
export type { DryRun, WriteOptions } from "../core/write-options.js";
export type { WritePreview } from "../core/write-preview.js";
export type { EmailOperation } from "./calls.js";
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
  IterateOptions,
  ListOptions,
  PageOptions,
  ReadOptions,
  RecentOptions,
  ReplyOptions,
  SearchOptions,
  SendOptions,
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

export type { ComposedMail, MailContent, MailIdentity } from "./compose/compose.js";
export type { MailPlace, PreparedMail } from "./compose/prepare.js";
export type { AnsweredMail, ReplyPeople } from "./reply.js";
export type { SendEntry, SendJournal, SendState } from "./sending/journal.js";
export type { Outbox, PlacedDraft, Sending, SendPorts, SentMail, Sighting } from "./sending/send-once.js";
