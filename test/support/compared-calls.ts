import type { calendar_v3 } from "@googleapis/calendar";
import type { gmail_v1 } from "@googleapis/gmail";

/** One of the two services, and what was found in it so far. */
export interface Side {
  readonly gmail: gmail_v1.Gmail;
  readonly calendar: calendar_v3.Calendar;
  readonly ids: Record<string, string>;
}

interface Answer {
  readonly status: number;
  readonly data: unknown;
}

/** An event that both have from the beginning, but for its id. */
export const kickoff: {
  readonly summary: string;
  readonly start: { readonly dateTime: string };
  readonly end: { readonly dateTime: string };
} = { summary: "Kickoff", start: { dateTime: "2026-11-23T09:00:00Z" }, end: { dateTime: "2026-11-23T09:30:00Z" } };

const userId = "me";
const raw = (...headers: string[]): string => Buffer.from([...headers, "", "Text"].join("\r\n")).toString("base64url");

async function find({ gmail }: Side, q: string): Promise<string> {
  return (await gmail.users.messages.list({ userId, q })).data.messages?.[0]?.id ?? "";
}

/** Keeps an id that an answer has, for the calls after it. */
function keep(side: Side, name: string, id: string | null | undefined): void {
  side.ids[name] = id ?? "";
}

export type Call = (side: Side) => Promise<Answer>;

/** In this order. Where the two differ in what they show, the last column says who is right and why. */
export const calls: readonly (readonly [name: string, call: Call, difference?: string])[] = [
  [
    "labels.list",
    ({ gmail }) => gmail.users.labels.list({ userId }),
    "the emulator shows counts, which Google has in labels.get only",
  ],
  [
    "labels.get",
    ({ gmail }) => gmail.users.labels.get({ userId, id: "INBOX" }),
    "the emulator gives the inbox visibilities",
  ],
  [
    "labels.create",
    async (side) => {
      const answer = await side.gmail.users.labels.create({ userId, requestBody: { name: "Plans" } });
      keep(side, "label", answer.data.id);
      return answer;
    },
    "the emulator shows counts, which Google has in labels.get only",
  ],
  [
    "labels.patch",
    ({ gmail, ids }) => gmail.users.labels.patch({ userId, id: ids["label"] ?? "", requestBody: { name: "Plan" } }),
    "the emulator shows counts, which Google has in labels.get only",
  ],
  ["labels.delete", ({ gmail, ids }) => gmail.users.labels.delete({ userId, id: ids["label"] ?? "" })],
  ["messages.list", ({ gmail }) => gmail.users.messages.list({ userId })],
  [
    "messages.list, of none",
    ({ gmail }) => gmail.users.messages.list({ userId, q: "subject:nothing" }),
    "Google leaves out an empty list",
  ],
  [
    "messages.get",
    async (side) => {
      keep(side, "one", await find(side, "subject:one"));
      return side.gmail.users.messages.get({ userId, id: side.ids["one"] ?? "" });
    },
  ],
  [
    "messages.get, minimal",
    ({ gmail, ids }) => gmail.users.messages.get({ userId, id: ids["one"] ?? "", format: "minimal" }),
  ],
  ["messages.get, raw", ({ gmail, ids }) => gmail.users.messages.get({ userId, id: ids["one"] ?? "", format: "raw" })],
  [
    "messages.get, metadata",
    ({ gmail, ids }) =>
      gmail.users.messages.get({ userId, id: ids["one"] ?? "", format: "metadata", metadataHeaders: ["Subject"] }),
    "the emulator shows a body, which metadata has not",
  ],
  [
    "messages.get, with a file",
    async (side) => {
      const answer = await side.gmail.users.messages.get({ userId, id: await find(side, "subject:list") });
      keep(side, "list", answer.data.id);
      keep(side, "file", answer.data.payload?.parts?.[1]?.body?.attachmentId);
      return answer;
    },
    "the emulator loses the headers of parts",
  ],
  [
    "messages.attachments.get",
    ({ gmail, ids }) =>
      gmail.users.messages.attachments.get({ userId, messageId: ids["list"] ?? "", id: ids["file"] ?? "" }),
    "the emulator repeats the attachment id",
  ],
  [
    "messages.modify",
    ({ gmail, ids }) =>
      gmail.users.messages.modify({ userId, id: ids["one"] ?? "", requestBody: { addLabelIds: ["STARRED"] } }),
    "the emulator shows the whole mail",
  ],
  [
    "messages.batchModify",
    ({ gmail, ids }) =>
      gmail.users.messages.batchModify({
        userId,
        requestBody: { ids: [ids["one"] ?? ""], removeLabelIds: ["STARRED"] },
      }),
  ],
  [
    "messages.trash",
    ({ gmail, ids }) => gmail.users.messages.trash({ userId, id: ids["one"] ?? "" }),
    "the emulator shows the whole mail",
  ],
  [
    "messages.untrash",
    ({ gmail, ids }) => gmail.users.messages.untrash({ userId, id: ids["one"] ?? "" }),
    "the emulator shows the whole mail",
  ],
  [
    "messages.send",
    async (side) => {
      const requestBody = { raw: raw("To: bob@example.com", "Subject: Sent") };
      const answer = await side.gmail.users.messages.send({ userId, requestBody });
      keep(side, "sent", answer.data.id);
      return answer;
    },
    "the emulator shows the whole mail",
  ],
  ["messages.delete", ({ gmail, ids }) => gmail.users.messages.delete({ userId, id: ids["sent"] ?? "" })],
  [
    "messages.get, of none",
    ({ gmail }) => gmail.users.messages.get({ userId, id: "0000000000000000" }, { validateStatus: () => true }),
  ],
  [
    "threads.list",
    async (side) => {
      const answer = await side.gmail.users.threads.list({ userId, q: "subject:list" });
      keep(side, "thread", answer.data.threads?.[0]?.id);
      return answer;
    },
  ],
  [
    "threads.get",
    ({ gmail, ids }) => gmail.users.threads.get({ userId, id: ids["thread"] ?? "", format: "minimal" }),
    "the emulator shows a snippet, which Google has in threads.list only",
  ],
  [
    "threads.modify",
    ({ gmail, ids }) =>
      gmail.users.threads.modify({ userId, id: ids["thread"] ?? "", requestBody: { addLabelIds: ["STARRED"] } }),
    "the emulator shows the whole mails",
  ],
  [
    "drafts.create",
    async (side) => {
      const message = { raw: raw("To: bob@example.com", "Subject: Draft") };
      const answer = await side.gmail.users.drafts.create({ userId, requestBody: { message } });
      keep(side, "draft", answer.data.id);
      return answer;
    },
    "the emulator shows the whole mail",
  ],
  ["drafts.list", ({ gmail }) => gmail.users.drafts.list({ userId })],
  ["drafts.get", ({ gmail, ids }) => gmail.users.drafts.get({ userId, id: ids["draft"] ?? "", format: "minimal" })],
  [
    "drafts.send",
    ({ gmail, ids }) => gmail.users.drafts.send({ userId, requestBody: { id: ids["draft"] ?? "" } }),
    "the emulator shows more of the mail",
  ],
  [
    "settings.filters.list",
    ({ gmail }) => gmail.users.settings.filters.list({ userId }),
    "Google leaves out an empty list",
  ],
  [
    "settings.sendAs.list",
    ({ gmail }) => gmail.users.settings.sendAs.list({ userId }),
    "the emulator gives the main address what only others have",
  ],
  [
    "calendarList.list",
    ({ calendar }) => calendar.calendarList.list(),
    "the emulator has no colours, reminders and sync token",
  ],
  [
    "events.list",
    ({ calendar }) => calendar.events.list({ calendarId: "primary" }),
    "the emulator has no organizer, iCalUID, sequence, reminders and sync token",
  ],
  [
    "events.insert",
    async (side) => {
      const requestBody = { ...kickoff, summary: "New" };
      const answer = await side.calendar.events.insert({ calendarId: "primary", requestBody });
      keep(side, "event", answer.data.id);
      return answer;
    },
    "the emulator has no organizer, iCalUID, sequence and reminders",
  ],
  [
    "events.delete",
    ({ calendar, ids }) => calendar.events.delete({ calendarId: "primary", eventId: ids["event"] ?? "" }),
  ],
  [
    "freebusy.query",
    ({ calendar }) =>
      calendar.freebusy.query({
        requestBody: { timeMin: "2026-11-23T00:00:00Z", timeMax: "2026-11-24T00:00:00Z", items: [{ id: "primary" }] },
      }),
  ],
];
