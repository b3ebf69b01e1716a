export type { EmailClient, IterateOptions, ListOptions, ReadOptions, RecentOptions, SearchOptions } from "./client.js";
export type {
  Attachment,
  AttachmentType,
  Email,
  EmailAddress,
  EmailFolder,
  EmailPriority,
  EmailSearchQuery,
  EmailSearchResult,
  EmailStats,
  EmailStatus,
} from "./models.js";
