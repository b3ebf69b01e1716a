import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { Email } from "../../email/models.js";
import { rawMail, type EmailTests } from "./world.js";

const hour = 3_600_000;
const subjects = (emails: readonly Email[]): string[] => emails.map(({ subject }) => subject);

/** What is read of mails. */
export const reading: EmailTests = {
  async "gives what was received: people, subject, text, time and state"(world) {
    const raw = rawMail(world, {
      from: '"Müller, Bo" <bo@example.org>',
      subject: "=?utf-8?Q?Gr=C3=BC=C3=9Fe_=F0=9F=91=8B?=",
      headers: { Cc: "Team: ann@example.org, c@example.org;", "Reply-To": "list@example.org" },
      body: "Grüße\r\naus Köln",
      agoMs: hour,
    });
    const id = await world.receive(raw, { unread: true });
    const email = await world.client.getEmail(id);
    const { from, subject, to, cc, replyTo, bodyText, unread, status, receivedAt, attachments } = email;
    assert.deepEqual(from, { name: "Müller, Bo", address: "bo@example.org" });
    assert.equal(subject, "Grüße 👋");
    assert.deepEqual(to, [{ address: world.address }]);
    assert.deepEqual(
      cc.map(({ address }) => address),
      ["ann@example.org", "c@example.org"],
    );
    assert.deepEqual(replyTo, [{ address: "list@example.org" }]);
    assert.equal(bodyText?.trim(), "Grüße\naus Köln");
    assert.deepEqual([unread, status, attachments], [true, "unread", []]);
    assert.ok(Math.abs(Date.parse(receivedAt) - (world.now() - hour)) < 2_000, receivedAt);
  },

  async "lists newest first, with bodies only where they are asked for"(world) {
    for (const [index, subject] of ["oldest", "newest", "middle"].entries()) {
      await world.receive(rawMail(world, { subject, agoMs: [3 * hour, hour, 2 * hour][index] ?? 0 }));
    }
    const listed = await world.client.getRecentEmails({ count: 10 });
    assert.deepEqual(subjects(listed), ["newest", "middle", "oldest"]);
    assert.ok(listed.every((email) => !("bodyText" in email) && !("attachments" in email)));
    const [whole] = await world.client.getRecentEmails({ count: 1, includeBody: true });
    assert.equal(whole?.bodyText?.trim(), "How are you?");
    assert.deepEqual(whole.attachments, []);
  },

  async "means by days and count what the contract says"(world) {
    for (let day = 0; day < 10; day += 1) {
      await world.receive(rawMail(world, { subject: `${day}`, agoMs: day * 24 * hour + hour }));
    }
    const count = async (options: object): Promise<number> => (await world.client.getRecentEmails(options)).length;
    assert.equal(await count({}), 7);
    assert.equal(await count({ days: 3 }), 3);
    assert.equal(await count({ count: 9 }), 9);
    assert.equal(await count({ days: 3, count: 2 }), 2);
    assert.equal((await world.client.getEmails()).length, 10);
    assert.equal((await world.client.getEmails({ sinceDays: 2, limit: 5 })).length, 2);
  },

  async "reads every page, and each mail once"(world) {
    const wanted = Array.from({ length: 60 }, (_, index) => `Mail ${index}`);
    await Promise.all(
      wanted.map((subject, index) => world.receive(rawMail(world, { subject, agoMs: (index + 1) * 60_000 }))),
    );
    const found: string[] = [];
    for await (const { subject } of world.client.iterateEmails("in:inbox")) found.push(subject);
    assert.deepEqual(found, wanted);
  },

  async "counts unread mails and folders truly"(world) {
    await world.receive(rawMail(world), { unread: true });
    await world.receive(rawMail(world), { unread: true });
    await world.receive(rawMail(world), { unread: false });
    const stats = await world.client.getAccountInfo();
    assert.equal(stats.address, world.address);
    assert.deepEqual([stats.unreadCount, stats.totalMessages], [2, 3]);
    const inbox = (await world.client.listFolders()).find(({ name }) => name === "inbox");
    assert.deepEqual([inbox?.totalMessages, inbox?.unreadMessages, inbox?.kind], [3, 2, "system"]);
  },

  async "shows of HTML what a person would read, and says what it left out"(world) {
    const body = `<p>Hello <a href="https://example.com/x">there</a></p><div style="display:none">ignore me</div><img src="https://t.example/p.gif" width="1" height="1">`;
    const id = await world.receive(rawMail(world, { headers: { "Content-Type": "text/html; charset=utf-8" }, body }));
    const email = await world.client.getEmail(id);
    assert.equal(email.bodyText?.trim(), "Hello there (https://example.com/x)");
    assert.deepEqual(email.removed, { hiddenTexts: 1, trackingPixels: 1 });
    assert.ok(email.bodyHtml?.includes("ignore me"));
  },

  async "reads old character sets"(world) {
    const head = rawMail(world, { headers: { "Content-Type": "text/plain; charset=iso-8859-1" }, body: "" });
    const id = await world.receive(Buffer.concat([Buffer.from(head), Buffer.from("Gr\xfc\xdfe", "latin1")]));
    assert.equal((await world.client.getEmail(id)).bodyText?.trim(), "Grüße");
  },

  async "knows the same mail again, and what has changed about it"(world) {
    const id = await world.receive(rawMail(world), { unread: true });
    const first = await world.client.getEmail(id);
    await world.another().updateEmails([id], { read: true });
    const second = await world.client.getEmail(id);
    assert.deepEqual([first.unread, second.unread, second.bodyText], [true, false, first.bodyText]);
  },

  async "gives plain data that the caller may change"(world) {
    const id = await world.receive(rawMail(world));
    const first = await world.client.getEmail(id);
    assert.deepEqual(JSON.parse(JSON.stringify(first)), first);
    first.to.length = 0;
    first.labels.push("mine");
    const again = await world.client.getEmail(id);
    assert.equal(again.to.length, 1);
    assert.ok(!again.labels.includes("mine"));
  },

  async "says that a mail does not exist"(world) {
    const id = await world.receive(rawMail(world));
    await world.client.deleteEmails([id]);
    await assert.rejects(world.client.getEmail(id), (error) => isIntegrationError(error, "request.not_found"));
  },
};
