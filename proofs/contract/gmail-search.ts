import assert from "node:assert/strict";
import type { SandboxSeed } from "maigic-integrations/sandbox";
import type { Chapter } from "./contract.js";
import type { Google } from "./google.js";
import { find, read, header } from "./mail.js";

const now = Date.parse("2026-11-23T12:00:00Z");
const alice = "alice@example.com";

const seed: SandboxSeed = {
  users: [
    {
      email: alice,
      labels: ["Big Plans"],
      messages: [
        { subject: "Blue", from: "Bob <bob@example.com>", to: alice, text: "A red boat", date: now - 1000 },
        {
          subject: "Green",
          from: "carol@example.org",
          to: "team@example.com",
          cc: "dan@example.com",
          text: "red as a boat",
          date: now - 2500,
          labels: ["INBOX", "STARRED"],
        },
        {
          subject: "Invoice",
          from: "bob@example.com",
          text: "42",
          date: "2026-11-20T10:00:00Z",
          attachments: [{ filename: "seven.pdf", mimeType: "application/pdf", content: "7" }],
        },
        {
          subject: "Plan",
          from: "dan@example.com",
          text: "x".repeat(20_000),
          date: "2026-10-01T07:30:00Z",
          labels: ["Big Plans"],
        },
        {
          subject: "List",
          from: "news@example.net",
          text: "News or weather",
          date: "2026-09-01T00:00:00Z",
          headers: { "List-ID": "<news.example.net>", "Message-ID": "<n1@example.net>" },
        },
        {
          subject: "Sent",
          from: alice,
          to: "dan@example.com",
          text: "News is off",
          date: "2026-08-01T00:00:00Z",
          labels: ["SENT"],
        },
        ...["Personal", "Promotions"].map((category) => ({
          subject: category,
          from: "dan@example.com",
          to: "team@example.org",
          text: "tabs",
          date: "2026-10-15T00:00:00Z",
          labels: [`CATEGORY_${category.toUpperCase()}`],
        })),
        { subject: "Gone", from: "bob@example.com", text: "red", date: now - 3000, labels: ["TRASH"] },
        { subject: "Junk", from: "bob@example.com", text: "red", date: now - 4000, labels: ["SPAM"] },
      ],
    },
  ],
};

/** A query, and the subjects of what it finds, newest first. */
const queries: readonly (readonly [says: string, query: string, ...subjects: string[]])[] = [
  ["words must all be there, in any order", "boat red", "Blue", "Green"],
  ["words are found whatever their case", "RED boat", "Blue", "Green"],
  ["a phrase is found as it stands", '"red boat"', "Blue"],
  ["from: finds senders by address", "from:bob@example.com", "Blue", "Invoice"],
  ["from: finds senders by name", "from:bob", "Blue", "Invoice"],
  ["to: finds recipients", "to:team@example.com", "Green"],
  ["cc: finds who got a copy", "cc:dan@example.com", "Green"],
  ["subject: looks at subjects only", "subject:green", "Green"],
  ["a minus leaves out", "boat -from:carol", "Blue"],
  ["OR is written in capitals, or is a word", "weather or news", "List"],
  ["from:me finds what oneself has sent", "from:me", "Sent"],
  ["to:me finds what is for oneself", "to:me", "Blue", "Invoice", "Plan", "List"],
  ["OR finds either", "subject:blue OR subject:green", "Blue", "Green"],
  ["braces find any", "{subject:blue subject:plan}", "Blue", "Plan"],
  ["parentheses group words of one operator", "subject:(blue OR plan)", "Blue", "Plan"],
  ["label: finds by the name, with a hyphen for each space", "label:big-plans", "Plan"],
  ["is:starred finds what is starred", "is:starred", "Green"],
  ["is:unread finds what is unread", "is:unread", "Blue", "Invoice", "List"],
  ["is:read finds what is read", "is:read", "Green", "Promotions", "Personal", "Plan", "Sent"],
  ["in:inbox finds what is in the inbox", "in:inbox", "Blue", "Green", "Invoice", "List"],
  ["in:trash finds what is in the trash", "in:trash", "Gone"],
  ["in:spam finds what is spam", "in:spam", "Junk"],
  ["in:anywhere finds spam and trash as well", "in:anywhere red", "Blue", "Green", "Gone", "Junk"],
  ["without in: neither spam nor trash is found", "red", "Blue", "Green"],
  ["category:primary finds what has the label of the first tab", "category:primary tabs", "Personal"],
  ["category: finds what is of another tab", "category:promotions", "Promotions"],
  ["has:attachment finds mails with files", "has:attachment", "Invoice"],
  ["filename: finds files by name and by ending", "{filename:seven filename:pdf}", "Invoice"],
  ["larger: and smaller: compare sizes", "larger:10K", "Plan"],
  ["after: takes a date", "after:2026/11/19", "Blue", "Green", "Invoice"],
  ["after: takes a date with the month first", "after:11/19/2026", "Blue", "Green", "Invoice"],
  ["before: takes a date", "before:2026/09/15", "List", "Sent"],
  ["after: takes seconds since the epoch", `after:${now / 1000 - 2}`, "Blue"],
  ["a date begins at midnight in the Pacific zone", "before:2026/10/02 after:2026/10/01", "Plan"],
  ["a mail of 7:30 UTC is of that day in the Pacific zone", "after:2026/10/01 before:2026/10/02", "Plan"],
  ["newer_than: counts back from now", "newer_than:4d", "Blue", "Green", "Invoice"],
  ["older_than: counts back from now", "older_than:2m", "List", "Sent"],
  ["list: finds mailing lists", "list:news.example.net", "List"],
  ["rfc822msgid: finds one mail", "rfc822msgid:n1@example.net", "List"],
];

/** What `q` finds. */
export const gmailSearch: Chapter = {
  title: "Gmail: searching",
  source: "https://support.google.com/mail/answer/7190",
  behaviours: queries.map(([says, query, ...subjects]) => ({
    says: `${says}: ${query}`,
    check: async (google: Google) => {
      const { alice } = await google.open({
        seed,
        limits: "none",
        clock: { now: () => now, sleep: () => Promise.resolve() },
      });
      const found = await Promise.all((await find(alice, query)).map((id) => read(alice, id, "metadata")));
      assert.deepEqual(
        found.map((mail) => header(mail, "Subject")),
        subjects,
      );
    },
  })),
};
