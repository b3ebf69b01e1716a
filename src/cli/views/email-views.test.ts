import { describe, expect, it } from "vitest";
import type { Email, EmailThread } from "../../email/models.js";
import type { SendResult } from "../../email/outgoing.js";
import { viewOf } from "./index.js";
import { render } from "./render.js";

const context = { now: Date.parse("2026-11-29T12:00:00Z"), timeZone: "Europe/Berlin", profile: "default" };

/** What a person sees of an operation's output on a terminal of 80 columns. */
async function shown(operation: string, output: unknown, width = 80): Promise<string[]> {
  return render((await viewOf(operation))(output, context), { width, colour: false }).split("\n");
}

function mail(given: Partial<Email> = {}): Email {
  return {
    ...{ id: "18c2a4b5d6e7f809", threadId: "18c2a4b5d6e7f800", references: [], subject: "The report", snippet: "Hi" },
    ...{ from: { name: "Ann", address: "ann@example.com" }, to: [{ address: "alice@example.com" }] },
    ...{ cc: [], bcc: [], replyTo: [], receivedAt: "2026-11-29T08:12:00Z", labels: ["inbox"], sizeBytes: 9 },
    ...{ status: "unread", priority: "normal", unread: true, starred: false, important: false },
    ...given,
  };
}

const text = "Hi Alice,\r\n\r\n\r\n\r\nhere it is.\r\n\r\n> one\r\n> two\r\n> three\r\n\r\nAnn\r\n";
const thread: EmailThread = {
  ...{ id: "t1", subject: "The report", participants: [{ name: "Ann", address: "ann@example.com" }], snippet: "" },
  ...{ emails: [mail({ bodyText: text })], unreadCount: 1, lastReceivedAt: "2026-11-29T08:12:00Z", labels: ["inbox"] },
};

describe("mails", () => {
  it("stand one a line, the unread marked, with whole ids and how the list goes on", async () => {
    const read = mail({ id: "18c2a4b5d6e7f80a", unread: false, starred: true, subject: "", status: "sent" });
    expect(await shown("email.search", { emails: [mail(), read], cursor: "abc" })).toEqual([
      "   RECEIVED     FROM                  SUBJECT       ID",
      "●  today 09:12  Ann                   The report    18c2a4b5d6e7f809",
      "★  today 09:12  to alice@example.com  (no subject)  18c2a4b5d6e7f80a",
      ...["", "There is more: add --cursor abc"],
    ]);
    expect(await shown("email.recent", { emails: [] })).toEqual(["No mails."]);
  });

  it("are read with what stands above them, without the empty lines they are full of", async () => {
    const attachments = [
      {
        id: "2",
        filename: "a.pdf",
        mimeType: "application/pdf",
        type: "document",
        sizeBytes: 1_234_567,
        inline: false,
      },
    ] as const;
    const email = mail({
      ...{ bodyText: text, cc: [{ name: "Bob", address: "bob@example.com" }], attachments: [...attachments] },
      ...{ removed: { hiddenTexts: 2, trackingPixels: 0 }, replyTo: [{ address: "list@example.com" }] },
      ...{ priority: "high", sentAt: "2026-11-28T08:12:00Z" },
    });
    expect(await shown("email.show", { email })).toEqual([
      "The report",
      "From          Ann <ann@example.com>",
      "To            alice@example.com",
      "Cc            Bob <bob@example.com>",
      "Answers to    list@example.com",
      "Received      Sun 29 Nov 2026 09:12 (today)",
      "Sent          Sat 28 Nov 2026 09:12 (yesterday)",
      "Status        unread",
      "Priority      high",
      "Labels        inbox",
      "ID            18c2a4b5d6e7f809",
      "Conversation  18c2a4b5d6e7f800",
      ...["", "  Hi Alice,", "", "  here it is.", "", "  > one", "  > two", "  > three", "", "  Ann", ""],
      ...["ATTACHMENT  TYPE               SIZE  ID", "a.pdf       application/pdf  1.2 MB  2", ""],
      "Left out, since no reader would see it: 2 hidden texts.",
    ]);
  });

  it("of a conversation say what they quote by its length only", async () => {
    expect(await shown("email.thread", { thread })).toEqual([
      ...["The report", "People  Ann <ann@example.com>", "Mails   1, 1 unread", "Labels  inbox", "ID      t1", ""],
      "Ann <ann@example.com> · Sun 29 Nov 2026 09:12 (today) · unread",
      ...["  Hi Alice,", "", "  here it is.", "", "  [3 quoted lines]", "", "  Ann", "", "  ID: 18c2a4b5d6e7f809"],
    ]);
    expect(await shown("email.threads", { threads: [thread] })).toEqual([
      ...["   LAST MAIL    MAILS  PEOPLE  SUBJECT     ID", "●  today 09:12      1  Ann     The report  t1"],
    ]);
  });
});

describe("what became of a mail that was sent", () => {
  const sending: SendResult = { sendId: "s-1", outcome: "sent", messageId: "m-1", threadId: "t-1" };

  it("is said plainly", async () => {
    expect(await shown("email.send", sending)).toEqual([
      ...["The mail was sent.", "", "Mail          m-1", "Conversation  t-1", "Sending       s-1"],
    ]);
    expect((await shown("email.settle", { sendId: "s-1", outcome: "not_sent" }))[0]).toContain("it never left");
  });

  it("is told with what to do where nobody knows it", async () => {
    const lines = await shown("email.reply", { sendId: "s-1", outcome: "unknown" });
    expect(lines[0]).toContain("not known whether the mail was sent");
    expect(lines).toContain("  maigic-integrations email settle s-1");
  });
});

describe("what became of many mails", () => {
  it("names what could not be done with what to do, and what was not tried", async () => {
    const error = { code: "request.not_found", message: "There is no such mail.", hint: "Search for it." };
    const outcomes = [
      { id: "a1", done: true },
      { id: "b1", done: false, error },
    ];
    expect(await shown("email.trash", { outcomes, done: 1, failed: 1, notTried: ["c1"] })).toEqual([
      ...["1 mail was moved to the trash.", "", "1 mail could not be:", "b1  There is no such mail."],
      ...["    Search for it.", "", "1 mail was not tried, since it was stopped before:", "  c1"],
    ]);
  });
});

describe("what an account holds", () => {
  const folder = { id: "Label_1", name: "Work", kind: "label", totalMessages: 1234, unreadMessages: 0 };

  it("is counted by folder", async () => {
    const stats = { address: "alice@example.com", unreadCount: 2, totalMessages: 1234, totalThreads: 7 };
    const table = ["FOLDER  KIND   MAILS  UNREAD  ID", "Work    label  1,234       0  Label_1"];
    expect(await shown("email.stats", { ...stats, folders: [folder] })).toEqual([
      ...["alice@example.com", "Unread         2", "Mails          1,234", "Conversations  7", "", ...table],
    ]);
    expect(await shown("email.folder.list", { folders: [folder] })).toEqual(table);
  });

  it("is followed with the cursor that comes next, and read anew where one was too old", async () => {
    const changes = [{ type: "added", id: "m1", threadId: "t1", labels: ["inbox"] }];
    expect(await shown("email.changes", { changes, cursor: "12", hasMore: true, reset: false })).toEqual([
      ...["CHANGE  LABELS AFTERWARDS  MAIL  CONVERSATION", "added   inbox              m1    t1", ""],
      "There is more already: add --cursor 12",
    ]);
    const lost = await shown("email.changes", { changes: [], cursor: "12", hasMore: false, reset: true }, 120);
    expect(lost[0]).toBe("No mail changed.");
    expect(lost[2]).toContain("read every mail anew");
  });

  it("has drafts, and files that are saved", async () => {
    expect(await shown("email.draft.list", { drafts: [{ id: "r-1", email: mail({ to: [] }) }] })).toEqual([
      ...["CHANGED      TO          SUBJECT     ID", "today 09:12  nobody yet  The report  r-1"],
    ]);
    const draft = await shown("email.draft.create", { draft: { id: "r-1", email: mail() } });
    expect(draft.at(-1)).toBe("Send it: maigic-integrations email draft send r-1");
    const files = [{ id: "2", filename: "a.png", mimeType: "image/png", sizeBytes: 812, inline: true }];
    expect(await shown("email.attachments", { attachments: files, saved: [{ id: "2", path: "/tmp/a.png" }] })).toEqual([
      ...["ATTACHMENT  TYPE        SIZE          ID", "a.png       image/png  812 B  inline  2", ""],
      ...["1 file was saved:", "  /tmp/a.png"],
    ]);
    expect(await shown("email.attachments", { attachments: [] })).toEqual(["The mail has no attachments."]);
  });
});
