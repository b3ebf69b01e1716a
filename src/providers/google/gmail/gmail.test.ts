import { describe, expect, it } from "vitest";
import { movedClock } from "../../../../test/support/moved-clock.js";
import { openWorld, withClient } from "../../../../test/support/world.js";
import type { EmailClient } from "../../../email/client.js";
import type { Email } from "../../../email/models.js";
import { createEmailClient } from "../../../integrations.js";
import type { SandboxOptions, SandboxSeed, SeedMessage } from "../../../sandbox/index.js";
import { lifelikeWorld } from "../../../sandbox/index.js";

const alice = "alice@example.com";
const now = Date.parse("2026-11-23T12:00:00Z");

/** A mailbox with these mails, and a client of it. */
async function mailbox(
  messages: SeedMessage[] | SandboxSeed,
  options: Pick<SandboxOptions, "latencyMs" | "limits"> = {},
) {
  const clock = movedClock(now);
  const seed = Array.isArray(messages)
    ? { users: [{ email: alice, labels: ["Projects/Apollo"], messages }] }
    : messages;
  const world = await openWorld({ seed, clock, ...options });
  const email = createEmailClient("google_gmail", await world.signIn("google_gmail", alice));
  return withClient(world, email, { email, clock });
}

const hour = 3_600_000;
const mails = (count: number): SeedMessage[] =>
  Array.from({ length: count }, (_, index) => ({ subject: `Mail ${index}`, text: "Hello", date: now - index * hour }));
const subjects = (emails: readonly Email[]): string[] => emails.map(({ subject }) => subject);
const text = async (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();
const only = async (email: EmailClient): Promise<Email> => {
  const [first] = await email.getRecentEmails({ count: 1 });
  return email.getEmail(first?.id ?? "");
};

describe("getRecentEmails", () => {
  it("means by days and count what the contract says", async () => {
    await using m = await mailbox(mails(400), { limits: "none" }); // waiting for quota would move the clock
    expect(await m.email.getRecentEmails()).toHaveLength(7 * 24 + 1);
    expect(await m.email.getRecentEmails({ days: 1 })).toHaveLength(25);
    expect(await m.email.getRecentEmails({ count: 300 })).toHaveLength(300);
    expect(await m.email.getRecentEmails({ count: 300, days: 1 })).toHaveLength(25);
    expect(subjects(await m.email.getRecentEmails({ count: 2, days: 3 }))).toEqual(["Mail 0", "Mail 1"]);
  });

  it("reads side by side what the official client reads one by one, and no body unless asked", async () => {
    await using m = await mailbox(mails(60));
    const emails = await m.email.getRecentEmails({ count: 50 });
    expect(emails[0]).not.toHaveProperty("bodyText");
    expect(emails[0]).not.toHaveProperty("attachments");
    const [withBody] = await m.email.getRecentEmails({ count: 1, includeBody: true });
    expect(withBody).toMatchObject({ bodyText: "Hello", attachments: [] });
    expect(m.sandbox.requests.filter(({ path }) => path.includes("format=full"))).toHaveLength(1);
  });

  it("reads folders by everybody's names and labels by their own", async () => {
    await using m = await mailbox([
      { subject: "in", labels: ["INBOX"] },
      { subject: "bin", labels: ["TRASH"] },
      { subject: "junk", labels: ["SPAM"] },
      { subject: "mine", labels: ["SENT"] },
      { subject: "moon", labels: ["Projects/Apollo"] },
    ]);
    const folder = async (name: string): Promise<string[]> => subjects(await m.email.getEmails({ folder: name }));
    expect(await folder("inbox")).toEqual(["in"]);
    expect(await folder("Trash")).toEqual(["bin"]);
    expect(await folder("spam")).toEqual(["junk"]);
    expect(await folder("sent")).toEqual(["mine"]);
    expect(await folder("projects/apollo")).toEqual(["moon"]);
    expect((await folder("all")).sort()).toEqual(["in", "mine", "moon"]);
    await expect(folder("nowhere")).rejects.toMatchObject({
      code: "request.not_found",
      hint: expect.stringContaining("Projects/Apollo") as string,
    });
  });

  it.each([{ count: 0 }, { count: 1.5 }, { days: 0 }, { days: -1 }, { days: NaN }])("refuses %j", async (options) => {
    await using m = await mailbox([]);
    await expect(m.email.getRecentEmails(options)).rejects.toMatchObject({ code: "request.invalid" });
  });
});

describe("searchEmails", () => {
  it("gives pages whose cursors belong to the query", async () => {
    await using m = await mailbox(mails(25));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await m.email.searchEmails("mail", { limit: 10, ...(cursor !== undefined && { cursor }) });
      seen.push(...subjects(page.emails));
      expect(page.estimatedTotal).toBe(25);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(mails(25).map(({ subject }) => subject));
    const first = await m.email.searchEmails("mail", { limit: 10 });
    const foreign = m.email.searchEmails("hello", { cursor: first.cursor ?? "" });
    await expect(foreign).rejects.toMatchObject({ code: "request.invalid" });
    await expect(m.email.searchEmails("mail", { cursor: "made up" })).rejects.toMatchObject({
      code: "request.invalid",
    });
    await expect(m.email.searchEmails("mail", { limit: 501 })).rejects.toMatchObject({ code: "request.invalid" });
  });

  it("finds by fields what the same words in Gmail's language find", async () => {
    await using m = await mailbox(lifelikeWorld({ now }));
    const found = async (query: Parameters<EmailClient["searchEmails"]>[0]) =>
      subjects((await m.email.searchEmails(query)).emails);
    const pairs: [Parameters<EmailClient["searchEmails"]>[0], string][] = [
      [{ from: "bob@example.com" }, "from:bob@example.com"],
      [{ subject: "which blue?" }, 'subject:"which blue?"'],
      [{ hasAttachment: true, filename: "pdf" }, "has:attachment filename:pdf"],
      [{ unread: false, folder: "inbox" }, "in:inbox is:read"],
      [{ text: "tide" }, "tide"],
      [
        { after: new Date(now - 12.5 * hour), before: new Date(now - 3 * hour) },
        `after:${now / 1000 - 45000} before:${now / 1000 - 10800}`,
      ],
    ];
    for (const [fields, language] of pairs) {
      const byFields = await found(fields);
      expect(byFields.length, language).toBeGreaterThan(0);
      expect(byFields).toEqual(await found(language));
    }
  });

  it("refuses a search that it does not understand, and does not find everything instead", async () => {
    await using m = await mailbox(mails(3));
    for (const wrong of [{ form: "bob" }, { unread: "yes" }, undefined, 7] as unknown as string[]) {
      await expect(m.email.searchEmails(wrong)).rejects.toMatchObject({ code: "request.invalid" });
    }
    await expect(m.email.getEmail(undefined as unknown as string)).rejects.toMatchObject({ code: "request.invalid" });
  });

  it("gives cursors that are the account's own, also after another has signed in under the same profile", async () => {
    await using m = await mailbox({ users: [{ email: alice, messages: mails(3) }, { email: "bob@example.com" }] });
    const { cursor = "" } = await m.email.searchEmails("mail", { limit: 2 });
    await m.credentials.deleteCredentials("google_gmail");
    await using bobs = createEmailClient("google_gmail", await m.signIn("google_gmail", "bob@example.com"));
    await expect(bobs.searchEmails("mail", { cursor })).rejects.toMatchObject({ code: "request.invalid" });
  });

  it("names the scopes that would do, and the command that asks for them, when the sign-in did not allow enough", async () => {
    await using m = await mailbox([]);
    await using email = createEmailClient(
      "google_gmail",
      await m.signIn("google_gmail", alice, { userId: "work", scopes: [] }),
    );
    await expect(email.getRecentEmails()).rejects.toMatchObject({
      code: "auth.scope_missing",
      hint: expect.stringContaining("--service google_gmail --profile work") as string,
      details: { anyOf: expect.arrayContaining(["https://www.googleapis.com/auth/gmail.readonly"]) as string[] },
    });
  });

  it("lets no field smuggle in another operator", async () => {
    await using m = await mailbox([
      { subject: "in:trash", labels: ["INBOX"] },
      { subject: "secret", labels: ["TRASH"] },
    ]);
    expect(subjects((await m.email.searchEmails({ text: "in:trash" })).emails)).not.toContain("secret");
    expect(subjects((await m.email.searchEmails({ from: 'x" in:trash "' })).emails)).toEqual([]);
  });

  it("reads a date in the profile's zone, not in California", async () => {
    await using m = await mailbox([{ subject: "early", date: "2026-11-21T23:30:00Z" }]);
    await m.credentials.storeCredentials("google_gmail", { userTimezone: "Europe/Berlin" });
    await using email = createEmailClient("google_gmail", {
      config: m.config,
      credentials: m.credentials,
      endpoints: m.sandbox.url,
      clock: m.clock,
    });
    expect(subjects((await email.searchEmails({ after: "2026-11-22" })).emails)).toEqual(["early"]);
    expect(subjects((await email.searchEmails({ after: "2026-11-22T01:00" })).emails)).toEqual([]);
  });
});

describe("iterateEmails", () => {
  it("goes through everything in order, and stops reading when its caller stops", async () => {
    await using m = await mailbox(mails(700));
    const seen: string[] = [];
    for await (const mail of m.email.iterateEmails("")) seen.push(mail.subject);
    expect(seen).toEqual(mails(700).map(({ subject }) => subject));
    m.sandbox.clearRequests();
    for await (const mail of m.email.iterateEmails("")) if (mail.subject === "Mail 3") break;
    expect(m.sandbox.requests.length).toBeLessThan(150);
  });
});

describe("getEmail", () => {
  it("decodes charsets, encoded words, and names with commas", async () => {
    await using m = await mailbox([
      {
        raw: [
          'From: "Groß, Jürgen (Druckerei)" <j@druck.example>',
          "To: =?utf-8?Q?M=C3=BCller=2C_Ann?= <ann@x.example>, bob@y.example",
          "Reply-To: Team: a@t.example, b@t.example;",
          "Subject: =?ISO-8859-1?Q?Gr=FC=DFe?= =?ISO-8859-1?Q?_aus_K=F6ln?=",
          "Date: Mon, 23 Nov 2026 10:15:00 +0900",
          "Message-ID: <one@druck.example>",
          "In-Reply-To: <zero@druck.example>",
          "References: <a@x> <zero@druck.example>",
          "X-Priority: 1",
          'Content-Type: text/plain; charset="iso-8859-1"',
          "Content-Transfer-Encoding: quoted-printable",
          "",
          "Das zweite Blau h=E4lt l=E4nger.",
        ].join("\n"),
        date: now,
        labels: ["INBOX", "STARRED", "Projects/Apollo"],
      },
    ]);
    expect(await only(m.email)).toMatchObject({
      from: { name: "Groß, Jürgen (Druckerei)", address: "j@druck.example" },
      to: [{ name: "Müller, Ann", address: "ann@x.example" }, { address: "bob@y.example" }],
      replyTo: [{ address: "a@t.example" }, { address: "b@t.example" }],
      subject: "Grüße aus Köln",
      sentAt: "2026-11-23T01:15:00.000Z",
      receivedAt: "2026-11-23T12:00:00.000Z",
      messageId: "<one@druck.example>",
      inReplyTo: "<zero@druck.example>",
      references: ["<a@x>", "<zero@druck.example>"],
      bodyText: "Das zweite Blau hält länger.",
      labels: ["inbox", "starred", "Projects/Apollo"],
      status: "read",
      priority: "urgent",
      starred: true,
      unread: false,
    });
  });

  it("gives HTML as text and untouched, and the plain part where there is one", async () => {
    await using m = await mailbox([{ html: "<p>Hello <b>Ann</b></p><script>x()</script>", date: now }]);
    expect(await only(m.email)).toMatchObject({
      bodyText: "Hello Ann",
      bodyHtml: expect.stringContaining("<script>") as string,
    });
    await using both = await mailbox([{ text: "plain", html: "<p>rich</p>", date: now }]);
    expect(await only(both.email)).toMatchObject({ bodyText: "plain", bodyHtml: "<p>rich</p>" });
  });

  it("keeps both halves of a text with a file between them, beside its plain alternative", async () => {
    const part = (type: string, content: string) => `Content-Type: ${type}\n\n${content}`;
    const halves = [
      part("text/html", "<p>before</p>"),
      part('application/pdf; name="a.pdf"', "PDF"),
      part("text/html", "<p>after</p>"),
    ];
    const mixed = `Content-Type: multipart/mixed; boundary="B"\n\n--B\n${halves.join("\n--B\n")}\n--B--`;
    const mail = (...choices: string[]) =>
      `Content-Type: multipart/alternative; boundary="A"\n\n--A\n${choices.join("\n--A\n")}\n--A--\n`;
    await using both = await mailbox([{ raw: mail(part("text/plain", "simple"), mixed), date: now }]);
    expect(await only(both.email)).toMatchObject({
      bodyText: "simple",
      bodyHtml: "<p>before</p>\n<p>after</p>",
      attachments: [{ filename: "a.pdf" }],
    });
    await using rich = await mailbox([{ raw: mail(mixed), date: now }]);
    expect((await only(rich.email)).bodyText).toBe("before\nafter");
  });

  it.each([
    ["Mon, 23 Nov 2026 10:00:00", "2026-11-23T10:00:00.000Z"],
    ["23 Nov 2026 10:00 EST", "2026-11-23T15:00:00.000Z"],
    ["Mon, 23 Nov 2026 10:00:00 CEST (summer)", "2026-11-23T10:00:00.000Z"],
    ["version 7", undefined],
    ["Mon, 99 Nov 2026 10:00:00 +0100", undefined],
  ])("reads the date %s alike on every machine", async (date, sentAt) => {
    await using m = await mailbox([{ raw: `Date: ${date}\n\nHello`, date: now }]);
    expect((await only(m.email)).sentAt).toBe(sentAt);
  });

  it("reads a text that is so long that Gmail puts it behind an id", async () => {
    const long = `${"All work and no play. ".repeat(8000)}end`;
    await using m = await mailbox([{ text: long, date: now }]);
    expect((await only(m.email)).bodyText).toBe(long);
  });

  it("takes a text file for an attachment, not for the body, and a mail in the mail too", async () => {
    await using m = await mailbox([
      {
        raw: [
          'Content-Type: multipart/mixed; boundary="b"',
          "",
          "--b",
          "Content-Type: text/plain",
          "",
          "See the files.",
          "--b",
          'Content-Type: text/plain; name="notes.txt"',
          'Content-Disposition: attachment; filename="notes.txt"',
          "",
          "not the body",
          "--b",
          "Content-Type: message/rfc822",
          "",
          "Subject: inner",
          "",
          "not the body either",
          "--b",
          "Content-Type: image/png",
          "Content-ID: <logo@x>",
          "Content-Disposition: inline",
          "Content-Transfer-Encoding: base64",
          "",
          "iVBORw0KGgo=",
          "--b--",
        ].join("\n"),
        date: now,
      },
    ]);
    const mail = await only(m.email);
    expect(mail.bodyText).toBe("See the files.");
    expect(mail.attachments).toMatchObject([
      { id: "1", filename: "notes.txt", type: "document", inline: false },
      { id: "2", filename: "part-2.eml", mimeType: "message/rfc822" },
      { id: "3", type: "image", inline: true, contentId: "logo@x", sizeBytes: 8 },
    ]);
    expect(await text(await m.email.downloadAttachment(mail.id, "1"))).toBe("not the body");
  });

  it("says what is not there", async () => {
    await using m = await mailbox(mails(1));
    await expect(m.email.getEmail("19ffffffffffffff")).rejects.toMatchObject({
      code: "request.not_found",
      service: "google_gmail",
      profile: "default",
      operation: "getEmail",
    });
    await expect(m.email.getEmail("../labels")).rejects.toMatchObject({ code: "request.invalid" });
    const [mail] = await m.email.getRecentEmails({ count: 1 });
    await expect(m.email.downloadAttachment(mail?.id ?? "", "7")).rejects.toMatchObject({ code: "request.not_found" });
  });
});

describe("downloadAttachment", () => {
  it("works long after the mail was read, although Gmail's own ids are dead by then", async () => {
    await using m = await mailbox([
      {
        text: "x",
        date: now,
        attachments: [
          { filename: "ä b.bin", mimeType: "application/octet-stream", content: "AAECAw==", encoding: "base64" },
        ],
      },
    ]);
    const mail = await only(m.email);
    m.clock.advance(2 * hour);
    const bytes = await new Response(
      await m.email.downloadAttachment(mail.id, mail.attachments?.[0]?.id ?? ""),
    ).arrayBuffer();
    expect(mail.attachments?.[0]?.filename).toBe("ä b.bin");
    expect([...new Uint8Array(bytes)]).toEqual([0, 1, 2, 3]);
  });
});

describe("getAccountInfo", () => {
  it("counts truly", async () => {
    await using m = await mailbox(lifelikeWorld({ now }));
    const info = await m.email.getAccountInfo();
    const stored = m.sandbox.inspect.messages(alice) as { labelIds: string[] }[];
    expect(info.address).toBe(alice);
    expect(info.totalMessages).toBe(stored.length);
    expect(info.unreadCount).toBe(
      stored.filter(({ labelIds }) => labelIds.includes("INBOX") && labelIds.includes("UNREAD")).length,
    );
    expect(info.folders.find(({ name }) => name === "Invoices")).toMatchObject({ kind: "label", totalMessages: 3 });
  });
});

describe("a Gmail client", () => {
  it("renews its token when Gmail refuses it in the middle", async () => {
    await using m = await mailbox(mails(40));
    await m.email.getAccountInfo();
    m.sandbox.expireAccessTokens(alice);
    m.sandbox.clearRequests();
    expect(await m.email.getRecentEmails({ count: 40 })).toHaveLength(40);
    expect(m.sandbox.requests.filter(({ method }) => method === "oauth.token")).toHaveLength(1);
  });

  it("gets through refusals for being too fast, and outages", async () => {
    await using m = await mailbox(mails(40));
    const concurrent = {
      error: {
        code: 429,
        message: "Too many concurrent requests for user",
        errors: [{ reason: "rateLimitExceeded" }],
        status: "RESOURCE_EXHAUSTED",
      },
    };
    m.sandbox.failNext({ method: "gmail.users.messages.get", times: 8, respond: { status: 429, body: concurrent } });
    m.sandbox.failNext({ method: "gmail.users.messages.list", respond: { status: 503, body: "<html>" } });
    expect(await m.email.getRecentEmails({ count: 40 })).toHaveLength(40);
  });

  it("leaves out a mail that was deleted after it was listed", async () => {
    await using m = await mailbox(mails(3));
    const gone = { error: { code: 404, message: "Requested entity was not found.", errors: [{ reason: "notFound" }] } };
    m.sandbox.failNext({ method: "gmail.users.messages.get", respond: { status: 404, body: gone } });
    expect(await m.email.getRecentEmails({ count: 3 })).toHaveLength(2);
  });

  it("stops at once when its caller aborts, with the caller's reason", async () => {
    await using m = await mailbox(mails(200), { latencyMs: 20 });
    const controller = new AbortController();
    const reading = m.email.getRecentEmails({ count: 200, signal: controller.signal });
    setTimeout(() => controller.abort("changed my mind"), 60);
    await expect(reading).rejects.toBe("changed my mind");
  });

  it("does not reach a service that is not there", async () => {
    await using m = await mailbox(mails(1));
    await m.sandbox.close();
    await expect(m.email.getRecentEmails({ count: 1 })).rejects.toMatchObject({
      code: "connection.network",
      retryable: true,
    });
  });
});
