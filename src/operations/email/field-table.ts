// Generated from the operations' schemas by `npm run docs`. Change them there.
import type { InputField } from "../input-fields.js";

const usual = {
  required: false,
  list: false,
  value: { kind: "text" },
  holds: undefined,
  initially: undefined,
} as const;

/** What each operation takes, by its name, without its schema. */
// prettier-ignore
export const emailFields: Readonly<Record<string, readonly InputField[]>> = {
  "email.recent": [
    { ...usual, name: "days", description: "how many days back; default: 7, with a limit as far as it goes", value: {"kind":"number"} },
    { ...usual, name: "limit", description: "at most so many", value: {"kind":"number"} },
    { ...usual, name: "folder", description: "a folder or label by name or id; default: inbox" },
    { ...usual, name: "body", description: "read the texts and lists of files as well", value: {"kind":"switch"} },
  ],
  "email.search": [
    { ...usual, name: "query", description: "what to search for, in Gmail's search syntax", required: true },
    { ...usual, name: "limit", description: "at most so many", value: {"kind":"number"} },
    { ...usual, name: "cursor", description: "continues where an earlier page ended" },
    { ...usual, name: "body", description: "read the texts and lists of files as well", value: {"kind":"switch"} },
  ],
  "email.threads": [
    { ...usual, name: "query", description: "what one of its mails must fit, in Gmail's search syntax; default: in:inbox" },
    { ...usual, name: "limit", description: "at most so many", value: {"kind":"number"} },
    { ...usual, name: "cursor", description: "continues where an earlier page ended" },
  ],
  "email.show": [
    { ...usual, name: "id", description: "id of the mail", required: true },
  ],
  "email.thread": [
    { ...usual, name: "id", description: "id of the conversation", required: true },
  ],
  "email.attachments": [
    { ...usual, name: "id", description: "id of the mail", required: true },
    { ...usual, name: "save", description: "a folder on this machine to write the files into; made if it is not there", holds: "folder" },
    { ...usual, name: "only", description: "ids of the attachments to save; default: all", list: true },
  ],
  "email.changes": [
    { ...usual, name: "cursor", description: "the cursor that the last call gave; without one, a first cursor for now" },
  ],
  "email.stats": [],
  "email.send": [
    { ...usual, name: "to", description: "who gets it: Ann <ann@example.com>", list: true },
    { ...usual, name: "cc", description: "who gets a copy", list: true },
    { ...usual, name: "bcc", description: "who gets a copy that nobody else sees", list: true },
    { ...usual, name: "from", description: "one of the account's own addresses, if not the usual one" },
    { ...usual, name: "replyTo", description: "where answers go, if not to the sender", list: true },
    { ...usual, name: "text", description: "what it says" },
    { ...usual, name: "html", description: "what it says, as HTML; alone, a text is made of it" },
    { ...usual, name: "attachments", description: "paths of files to send along", list: true, holds: "file" },
    { ...usual, name: "priority", description: "how urgent it is marked", value: {"kind":"choice","choices":["low","normal","high","urgent"]} },
    { ...usual, name: "subject", description: "what it is about" },
    { ...usual, name: "idempotencyKey", description: "the same key sends the same mail once" },
  ],
  "email.reply": [
    { ...usual, name: "id", description: "id of the mail", required: true },
    { ...usual, name: "to", description: "who gets it besides those whom it answers", list: true },
    { ...usual, name: "cc", description: "who gets a copy", list: true },
    { ...usual, name: "bcc", description: "who gets a copy that nobody else sees", list: true },
    { ...usual, name: "from", description: "one of the account's own addresses, if not the usual one" },
    { ...usual, name: "replyTo", description: "where answers go, if not to the sender", list: true },
    { ...usual, name: "text", description: "what it says" },
    { ...usual, name: "html", description: "what it says, as HTML; alone, a text is made of it" },
    { ...usual, name: "attachments", description: "paths of files to send along", list: true, holds: "file" },
    { ...usual, name: "priority", description: "how urgent it is marked", value: {"kind":"choice","choices":["low","normal","high","urgent"]} },
    { ...usual, name: "all", description: "answer everybody who got the mail", value: {"kind":"switch"} },
    { ...usual, name: "idempotencyKey", description: "the same key sends the same mail once" },
  ],
  "email.forward": [
    { ...usual, name: "id", description: "id of the mail", required: true },
    { ...usual, name: "to", description: "who gets it: Ann <ann@example.com>", list: true },
    { ...usual, name: "cc", description: "who gets a copy", list: true },
    { ...usual, name: "bcc", description: "who gets a copy that nobody else sees", list: true },
    { ...usual, name: "from", description: "one of the account's own addresses, if not the usual one" },
    { ...usual, name: "replyTo", description: "where answers go, if not to the sender", list: true },
    { ...usual, name: "text", description: "what it says" },
    { ...usual, name: "html", description: "what it says, as HTML; alone, a text is made of it" },
    { ...usual, name: "attachments", description: "paths of files to send along", list: true, holds: "file" },
    { ...usual, name: "priority", description: "how urgent it is marked", value: {"kind":"choice","choices":["low","normal","high","urgent"]} },
    { ...usual, name: "idempotencyKey", description: "the same key sends the same mail once" },
  ],
  "email.settle": [
    { ...usual, name: "sendId", description: "the sendId that sending gave", required: true },
  ],
  "email.draft.list": [
    { ...usual, name: "limit", description: "at most so many", value: {"kind":"number"} },
    { ...usual, name: "cursor", description: "continues where an earlier page ended" },
    { ...usual, name: "body", description: "read the texts and lists of files as well", value: {"kind":"switch"} },
  ],
  "email.draft.create": [
    { ...usual, name: "to", description: "who gets it: Ann <ann@example.com>", list: true },
    { ...usual, name: "cc", description: "who gets a copy", list: true },
    { ...usual, name: "bcc", description: "who gets a copy that nobody else sees", list: true },
    { ...usual, name: "from", description: "one of the account's own addresses, if not the usual one" },
    { ...usual, name: "replyTo", description: "where answers go, if not to the sender", list: true },
    { ...usual, name: "text", description: "what it says" },
    { ...usual, name: "html", description: "what it says, as HTML; alone, a text is made of it" },
    { ...usual, name: "attachments", description: "paths of files to send along", list: true, holds: "file" },
    { ...usual, name: "priority", description: "how urgent it is marked", value: {"kind":"choice","choices":["low","normal","high","urgent"]} },
    { ...usual, name: "subject", description: "what it is about" },
  ],
  "email.draft.update": [
    { ...usual, name: "id", description: "id of the draft", required: true },
    { ...usual, name: "to", description: "who gets it: Ann <ann@example.com>", list: true },
    { ...usual, name: "cc", description: "who gets a copy", list: true },
    { ...usual, name: "bcc", description: "who gets a copy that nobody else sees", list: true },
    { ...usual, name: "from", description: "one of the account's own addresses, if not the usual one" },
    { ...usual, name: "replyTo", description: "where answers go, if not to the sender", list: true },
    { ...usual, name: "text", description: "what it says" },
    { ...usual, name: "html", description: "what it says, as HTML; alone, a text is made of it" },
    { ...usual, name: "attachments", description: "paths of files to send along", list: true, holds: "file" },
    { ...usual, name: "priority", description: "how urgent it is marked", value: {"kind":"choice","choices":["low","normal","high","urgent"]} },
    { ...usual, name: "subject", description: "what it is about" },
  ],
  "email.draft.send": [
    { ...usual, name: "id", description: "id of the draft", required: true },
    { ...usual, name: "idempotencyKey", description: "the same key sends the same mail once" },
  ],
  "email.draft.delete": [
    { ...usual, name: "id", description: "id of the draft", required: true },
  ],
  "email.label": [
    { ...usual, name: "ids", description: "ids of the mails", required: true, list: true },
    { ...usual, name: "add", description: "labels that they get, by name or id", list: true },
    { ...usual, name: "remove", description: "labels that they lose, by name or id", list: true },
    { ...usual, name: "folder", description: "moves them there: a folder or label, inbox, archive, spam or trash" },
    { ...usual, name: "read", description: "marks them as read", value: {"kind":"switch"} },
    { ...usual, name: "unread", description: "marks them as unread", value: {"kind":"switch"} },
    { ...usual, name: "starred", description: "stars them", value: {"kind":"switch"} },
    { ...usual, name: "unstarred", description: "takes their star away", value: {"kind":"switch"} },
    { ...usual, name: "important", description: "marks them as important", value: {"kind":"switch"} },
    { ...usual, name: "unimportant", description: "marks them as not important", value: {"kind":"switch"} },
  ],
  "email.trash": [
    { ...usual, name: "ids", description: "ids of the mails", required: true, list: true },
  ],
  "email.untrash": [
    { ...usual, name: "ids", description: "ids of the mails", required: true, list: true },
  ],
  "email.delete": [
    { ...usual, name: "ids", description: "ids of the mails", required: true, list: true },
  ],
  "email.folder.list": [],
  "email.folder.create": [
    { ...usual, name: "name", description: "its name; a slash makes it a folder inside another: Projects/Apollo", required: true },
  ],
  "email.folder.rename": [
    { ...usual, name: "folder", description: "the folder or label, by name or id", required: true },
    { ...usual, name: "name", description: "its new name", required: true },
  ],
  "email.folder.delete": [
    { ...usual, name: "folder", description: "the folder or label, by name or id", required: true },
  ],
};
