import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { ErrorCode } from "../../core/error-table.js";
import { parseMail } from "../../email/mime/parse-mail.js";
import type { ParsedMail } from "../../email/mime/parsed-mail.js";
import type { OutgoingEmail } from "../../email/outgoing.js";
import { rawMail, type EmailTests, type EmailWorld } from "./world.js";

const addresses = (people: ParsedMail["to"]): string[] => people.map(({ address }) => address);
const withCode =
  (code: ErrorCode) =>
  (error: unknown): boolean =>
    isIntegrationError(error, code);

async function mails(world: EmailWorld, person: string): Promise<ParsedMail[]> {
  return Promise.all((await world.received(person)).map((raw) => parseMail(raw)));
}

const minute = 60_000;

/** What is sent, to whom, and how often. */
export const sending: EmailTests = {
  async "sends to everybody, shows nobody who is in bcc, and changes no byte of what was given"(world) {
    const [ann, bo] = world.people;
    const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256));
    const sent = await world.client.sendEmail({
      to: { name: "Müller, Ann “A”", address: ann },
      bcc: bo,
      subject: "Grüße 👋 und eine Betreffzeile, die so lang ist, dass sie gefaltet werden muss, mit Ümläuten",
      text: "Hallo,\n\nœuvre 👋\n.\nFrom here",
      html: '<p>Hallo <b>œuvre</b></p><img src="cid:logo@example.org">',
      attachments: [
        { filename: "Übersicht (1).bin", content: bytes },
        { filename: "logo.png", content: bytes.subarray(0, 100), contentId: "logo@example.org" },
      ],
      headers: { "X-Ticket": "A-17" },
      priority: "high",
    });
    assert.equal(sent.outcome, "sent");
    assert.ok(sent.messageId);
    for (const person of [ann, bo]) {
      const [mail, ...others] = await mails(world, person);
      assert.ok(mail);
      assert.equal(others.length, 0);
      assert.deepEqual(mail.to, [{ name: "Müller, Ann “A”", address: ann }]);
      assert.deepEqual([addresses(mail.bcc), addresses(mail.from ? [mail.from] : [])], [[], [world.address]]);
      assert.ok(mail.subject.startsWith("Grüße 👋 und eine") && mail.subject.endsWith("mit Ümläuten"), mail.subject);
      assert.equal(mail.bodyText.trim(), "Hallo,\n\nœuvre 👋\n.\nFrom here");
      assert.ok(mail.bodyHtml?.includes("<b>œuvre</b>"));
      assert.deepEqual(
        mail.attachments.map(({ filename, inline, contentId }) => [filename, inline, contentId]).sort(),
        [
          ["logo.png", true, "logo@example.org"],
          ["Übersicht (1).bin", false, undefined],
        ],
      );
      const file = mail.attachments.find(({ filename }) => filename.startsWith("Ü"));
      assert.ok(file && Buffer.compare(file.content, bytes) === 0);
      assert.equal(mail.headers.find(({ name }) => name === "X-Ticket")?.value, "A-17");
    }
    const own = await world.client.getEmail(sent.messageId);
    assert.deepEqual([own.status, addresses(own.bcc), own.priority], ["sent", [bo], "high"]);
  },

  async "makes a text of a mail that is HTML only"(world) {
    await world.client.sendEmail({ to: world.people[0], subject: "x", html: "<p>Only <i>this</i></p>" });
    assert.equal((await mails(world, world.people[0]))[0]?.bodyText.trim(), "Only this");
  },

  async "sends from an own address that was asked for, and from no other"(world) {
    const [ann] = world.people;
    await world.client.sendEmail({ to: ann, from: world.alias, subject: "x", text: "y" });
    assert.equal((await mails(world, ann))[0]?.from?.address, world.alias);
    const foreign = world.client.sendEmail({ to: ann, from: "somebody@else.example", subject: "x", text: "y" });
    await assert.rejects(foreign, withCode("request.invalid"));
    assert.equal((await world.received(ann)).length, 1);
  },

  async "refuses what could become a header of somebody else's choice, and addresses that can be read in two ways"(
    world,
  ) {
    const [ann] = world.people;
    const fine: OutgoingEmail = { to: ann, subject: "x", text: "y" };
    const wrong: OutgoingEmail[] = [
      { ...fine, subject: "x\r\nBcc: thief@evil.example" },
      { ...fine, subject: "x\u0000" },
      { ...fine, to: `${ann}\r\nBcc: thief@evil.example` },
      { ...fine, to: { name: "Ann\nBcc: thief@evil.example", address: ann } },
      { ...fine, to: { address: `${ann}, thief@evil.example` } },
      { ...fine, to: `"${ann}" <thief@evil.example>, x@example.org` },
      { ...fine, to: "Miller, Ann <ann@example.org>" },
      { ...fine, to: "ann@example.org (thief@evil.example)" },
      { ...fine, to: "no address" },
      { ...fine, to: [] },
      { ...fine, cc: "ann@" },
      { ...fine, text: "a\u0000b" },
      { ...fine, headers: { "X-A": "1\r\nBcc: thief@evil.example" } },
      { ...fine, headers: { "X-A: 1\r\nBcc": "thief@evil.example" } },
      { ...fine, headers: { Bcc: "thief@evil.example" } },
      { ...fine, attachments: [{ filename: 'a"\r\nX: y', content: "z" }] },
      { ...fine, attachments: [{ filename: "a", content: "z", mimeType: "text/plain\r\nX: y" }] },
      { ...fine, attachments: [{ filename: "a", content: "z", contentId: "a>\r\nX: y" }] },
    ];
    for (const message of wrong) {
      await assert.rejects(world.client.sendEmail(message), withCode("request.invalid"), JSON.stringify(message));
    }
    assert.equal((await world.received(ann)).length, 0);
  },

  async "tells what it would send, and sends nothing"(world) {
    const [ann, bo] = world.people;
    const message: OutgoingEmail = { to: ann, cc: bo, subject: "Plan", text: "y" };
    const preview = await world.client.sendEmail(message, { dryRun: true });
    assert.deepEqual([preview.account, preview.recipients, preview.notified], [world.address, [ann, bo], [ann, bo]]);
    assert.equal(preview.reversible, false);
    assert.equal((await world.client.sendEmail(message, { dryRun: true })).payloadHash, preview.payloadHash);
    const other = await world.client.sendEmail({ ...message, text: "z" }, { dryRun: true });
    assert.notEqual(other.payloadHash, preview.payloadHash);
    assert.equal((await world.received(ann)).length, 0);
  },

  async "sends once by the same key, from whichever client, and never another mail by it"(world) {
    const [ann] = world.people;
    const message = { to: ann, subject: "once", text: "y" };
    const key = { idempotencyKey: "task 17" };
    const all = await Promise.all([
      world.client.sendEmail(message, key),
      world.client.sendEmail(message, key),
      world.another().sendEmail(message, key),
    ]);
    assert.deepEqual(new Set(all.map(({ outcome }) => outcome)), new Set(["sent"]));
    assert.equal(new Set(all.map(({ messageId }) => messageId)).size, 1);
    assert.equal((await world.received(ann)).length, 1);
    const other = world.client.sendEmail({ ...message, text: "z" }, key);
    await assert.rejects(other, withCode("request.idempotency_mismatch"));
    assert.equal((await world.received(ann)).length, 1);
  },

  async "finds out that a mail was sent although the answer was lost"(world) {
    const [ann] = world.people;
    world.failNext("sent_answer_lost");
    const sent = await world.client.sendEmail({ to: ann, subject: "lost", text: "y" });
    const known = sent.outcome === "unknown" ? await world.client.settleSend(sent.sendId) : sent;
    assert.equal(known.outcome, "sent");
    assert.ok(known.messageId);
    assert.equal((await world.received(ann)).length, 1);
  },

  async "does not send again by itself what may have been sent, and says when it was not"(world) {
    const [ann] = world.people;
    const message = { to: ann, subject: "lost", text: "y" };
    world.failNext("sending_lost");
    const sent = await world.client.sendEmail(message, { idempotencyKey: "k" });
    assert.equal(sent.outcome, "unknown");
    assert.equal((await world.another().settleSend(sent.sendId)).outcome, "unknown");
    world.advance(5 * minute);
    assert.equal((await world.another().settleSend(sent.sendId)).outcome, "not_sent");
    assert.equal((await world.received(ann)).length, 0);
    assert.equal((await world.client.sendEmail(message, { idempotencyKey: "k" })).outcome, "sent");
    assert.equal((await world.received(ann)).length, 1);
  },

  async "says why a mail was refused, leaves nothing behind, and lets the key be used again"(world) {
    const message = { to: world.people[0], subject: "refused", text: "y" };
    world.failNext("sending_refused");
    await assert.rejects(world.client.sendEmail(message, { idempotencyKey: "k" }), (error) =>
      isIntegrationError(error),
    );
    assert.deepEqual((await world.client.listDrafts()).drafts, []);
    assert.equal((await world.client.sendEmail({ ...message, text: "z" }, { idempotencyKey: "k" })).outcome, "sent");
  },

  async "knows nothing of a sending that never was"(world) {
    await assert.rejects(world.client.settleSend("0".repeat(40)), withCode("request.not_found"));
  },
};

const original = {
  "Message-ID": "<original@example.org>",
  References: "<root@example.org>",
};

/** How mails are answered and passed on. */
export const answering: EmailTests = {
  async "answers the sender in the same conversation"(world) {
    const [ann] = world.people;
    const id = await world.receive(
      rawMail(world, { subject: "Paint", from: ann, headers: { ...original, Cc: world.people[1] } }),
    );
    const sent = await world.client.replyToEmail(id, { text: "Blue." });
    const [mail] = await mails(world, ann);
    assert.deepEqual([mail?.subject, mail?.inReplyTo], ["Re: Paint", "<original@example.org>"]);
    assert.deepEqual(mail?.references, ["<root@example.org>", "<original@example.org>"]);
    assert.equal((await world.received(world.people[1])).length, 0);
    assert.equal(sent.threadId, (await world.client.getEmail(id)).threadId);
  },

  async "answers everybody but oneself, each once, and lists"(world) {
    const [ann, bo] = world.people;
    const headers = {
      ...original,
      To: `${world.address}, ${bo}, ${world.alias}`,
      Cc: `List <list@example.org>, ${ann}, ${world.address}`,
    };
    const id = await world.receive(rawMail(world, { subject: "re: Paint", from: ann, headers }));
    const preview = await world.client.replyToEmail(id, { text: "Blue." }, { all: true, dryRun: true });
    assert.deepEqual([...preview.recipients].sort(), [ann, bo, "list@example.org"].sort());
    assert.ok(preview.diff.includes("Subject: re: Paint"), preview.diff.join());
  },

  async "answers where a mail asks answers to, and as the address that was written to"(world) {
    const [ann, bo] = world.people;
    const headers = { ...original, "Reply-To": bo, To: world.alias };
    const id = await world.receive(rawMail(world, { from: ann, headers }));
    const preview = await world.client.replyToEmail(id, { text: "x" }, { dryRun: true });
    assert.deepEqual([preview.account, preview.recipients], [world.alias, [bo]]);
  },

  async "answers to one's own mail go to whom that went to"(world) {
    const headers = { ...original, To: world.people[1] };
    const id = await world.receive(rawMail(world, { from: world.address, headers }));
    const preview = await world.client.replyToEmail(id, { text: "x" }, { dryRun: true });
    assert.deepEqual(preview.recipients, [world.people[1]]);
  },

  async "passes a mail on with its files, below what is written"(world) {
    const [ann, bo] = world.people;
    const boundary = { "Content-Type": 'multipart/mixed; boundary="b"' };
    const body = [
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe plan, as agreed.",
      '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="plan.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=',
      "--b--",
    ].join("\r\n");
    const id = await world.receive(rawMail(world, { subject: "Plan", from: ann, headers: boundary, body }));
    await world.client.forwardEmail(id, { to: bo, text: "See below." });
    const [mail] = await mails(world, bo);
    assert.equal(mail?.subject, "Fwd: Plan");
    assert.match(mail.bodyText, /^See below\.\n\n-+ Forwarded message -+\nFrom: /);
    assert.ok(mail.bodyText.includes("The plan, as agreed."));
    const [file] = mail.attachments;
    assert.deepEqual([file?.filename, Buffer.from(file?.content ?? []).toString()], ["plan.pdf", "%PDF-1.7"]);
  },
};
