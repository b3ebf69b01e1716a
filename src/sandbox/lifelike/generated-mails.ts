import { createRandom } from "../random.js";
import type { SeedMessage } from "../seed.js";
import { hostileMails } from "./hostile-mails.js";
import { companies, firstNames, lastNames, sentences, topics } from "./phrases.js";

/** Where a generated mail belongs; it is told without writing the mail. */
export interface MailFacts {
  readonly labels: string[];
  readonly thread: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
}

/** As many mails as one wants, each written when it is read, and always as it was. Index 0 is the newest. */
export interface GeneratedMails {
  readonly count: number;
  factsOf(index: number): MailFacts;
  contentOf(index: number): SeedMessage;
}

type Kind = "conversation" | "sent" | "newsletter" | "receipt" | "spam" | "hostile";

const minuteMs = 60_000;
/** A mail in some 15 minutes: 100,000 are three years. */
const betweenMs = 15 * minuteMs;
/** Of eight mails, which belong together. */
const conversations = [0, 0, 0, 1, 1, 2, 3, 4];
const betweenHostile = 61;

/** A mailbox that could be somebody's, with conversations, newsletters, receipts, spam and some mails that try something. */
export function generatedMails(
  count: number,
  { owner, seed, now }: { owner: { address: string; name: string }; seed: number; now: number },
): GeneratedMails {
  const randomOf = (index: number, salt: number): (() => number) =>
    createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b) ^ salt);
  const kindOf = (index: number): Kind => {
    if (index % betweenHostile === 7) return "hostile";
    const slot = conversations[index % 8] ?? 0;
    if (slot < 2) return index % 3 === 1 ? "sent" : "conversation";
    const random = randomOf(index, 1)();
    return random < 0.55 ? "newsletter" : random < 0.75 ? "receipt" : random < 0.8 ? "spam" : "conversation";
  };
  const threadOf = (index: number): number =>
    kindOf(index) === "hostile" ? -1 - index : Math.floor(index / 8) * 5 + (conversations[index % 8] ?? 0);
  return {
    count,
    factsOf(index) {
      const random = randomOf(index, 2);
      const age = index * betweenMs + Math.floor(random() * betweenMs);
      return {
        date: now - age,
        thread: `generated ${threadOf(index)}`,
        labels: labelsOf(kindOf(index), random, index < count / 50),
      };
    },
    contentOf(index) {
      const kind = kindOf(index);
      // All mails of a conversation are between the same people and about the same.
      const shared = randomOf(threadOf(index), 3);
      const other = person(shared);
      const subject = `${pick(topics, shared)} ${Math.floor(shared() * 900) + 100}`;
      return write(kind, { index, other, subject, owner, random: randomOf(index, 4) });
    },
  };
}

function labelsOf(kind: Kind, random: () => number, isNew: boolean): string[] {
  if (kind === "sent") return ["SENT"];
  if (kind === "spam") return ["SPAM", "UNREAD"];
  const unread = random() < (isNew ? 0.5 : 0.02) ? ["UNREAD"] : [];
  if (random() < 0.02) return ["TRASH", ...unread];
  const inbox = isNew || random() < 0.3 ? ["INBOX"] : [];
  const category = { newsletter: "CATEGORY_PROMOTIONS", receipt: "CATEGORY_UPDATES" }[kind as string];
  const flags = [...(random() < 0.2 ? ["IMPORTANT"] : []), ...(random() < 0.03 ? ["STARRED"] : [])];
  return [...unread, category ?? "CATEGORY_PERSONAL", ...flags, ...inbox];
}

interface Writing {
  readonly index: number;
  readonly other: string;
  readonly subject: string;
  readonly owner: { readonly address: string; readonly name: string };
  readonly random: () => number;
}

function write(kind: Kind, { index, other, subject, owner, random }: Writing): SeedMessage {
  const self = `${owner.name} <${owner.address}>`;
  const reply = conversations[index % 8] === conversations[(index % 8) + 1] ? "Re: " : "";
  const text = paragraphs(random);
  switch (kind) {
    case "hostile":
      return { to: self, ...hostileMails[Math.floor(index / betweenHostile) % hostileMails.length] };
    case "sent":
      return { from: self, to: other, subject: reply + subject, text };
    case "conversation":
      return { from: other, to: self, subject: reply + subject, text, attachments: attachments(random, subject) };
    case "newsletter":
      return {
        from: `${pick(companies, random)} weekly <news@${pick(companies, random)}.example>`,
        to: self,
        subject: `${pick(topics, random)}: issue ${index % 500}`,
        headers: { "List-Id": `<weekly.${pick(companies, random)}.example>` },
        html: `<html><body><h1>${subject}</h1>${text
          .split("\n\n")
          .map((paragraph) => `<p>${paragraph}</p>`)
          .join("")}<p><a href="https://news.example/${index}">Read on</a></p></body></html>`,
      };
    case "receipt": {
      const number = 10_000 + index;
      return {
        from: `Billing <billing@${pick(companies, random)}.example>`,
        to: self,
        subject: `Your invoice ${number}`,
        text: `Thank you for your order.\n\nInvoice ${number}\nTotal: ${(random() * 900 + 10).toFixed(2)} EUR\n\n${text}`,
        attachments: [
          { filename: `invoice-${number}.pdf`, mimeType: "application/pdf", content: `%PDF-1.4\n%${number}\n` },
        ],
      };
    }
    case "spam":
      return { from: "Prize office <prize@lucky.example>", to: self, subject: `You have won ${index} boats`, text };
  }
}

function attachments(random: () => number, subject: string): SeedMessage["attachments"] {
  if (random() > 0.15) return undefined;
  const rows = Array.from({ length: 20 }, (_, row) => `${row},${Math.floor(random() * 1000)}`).join("\n");
  return [{ filename: `${subject}.csv`, mimeType: "text/csv", content: `row,value\n${rows}\n` }];
}

function paragraphs(random: () => number): string {
  const count = 2 + Math.floor(random() * 5);
  return Array.from({ length: count }, () =>
    Array.from({ length: 2 + Math.floor(random() * 4) }, () => pick(sentences, random)).join(" "),
  ).join("\n\n");
}

function person(random: () => number): string {
  const [first, last, company] = [pick(firstNames, random), pick(lastNames, random), pick(companies, random)];
  const local = `${first}.${last}`
    .normalize("NFD")
    .replace(/[^\w.]/g, "")
    .toLowerCase();
  return `"${first} ${last}" <${local}@${company}.example>`;
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)] as T;
}
