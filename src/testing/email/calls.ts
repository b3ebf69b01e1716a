import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { EmailClient } from "../../email/client.js";
import { rawMail, type EmailTests } from "./world.js";

const invalid = (error: unknown): boolean => isIntegrationError(error, "request.invalid");

/** How calls fail. */
export const errors: EmailTests = {
  async "refuses every write of a client that may only read, and changes nothing"(world) {
    const id = await world.receive(rawMail(world), { unread: true });
    const { readOnly } = world;
    const message = { to: world.people[0], subject: "x", text: "y" };
    const writes: (() => Promise<unknown>)[] = [
      () => readOnly.sendEmail(message),
      () => readOnly.replyToEmail(id, { text: "y" }),
      () => readOnly.forwardEmail(id, { to: world.people[0] }),
      () => readOnly.createDraft(message),
      () => readOnly.updateDraft("a", message),
      () => readOnly.sendDraft("a"),
      () => readOnly.deleteDraft("a"),
      () => readOnly.updateEmails([id], { read: true }),
      () => readOnly.trashEmails([id]),
      () => readOnly.untrashEmails([id]),
      () => readOnly.deleteEmails([id]),
      () => readOnly.createFolder("Projects"),
      () => readOnly.renameFolder("inbox", "x"),
      () => readOnly.deleteFolder("inbox"),
    ];
    for (const write of writes) {
      await assert.rejects(write(), (error) => isIntegrationError(error, "request.forbidden"), write.toString());
    }
    assert.equal((await readOnly.getEmail(id)).unread, true);
    assert.equal((await world.received(world.people[0])).length, 0);
  },

  async "reads again what was refused or failed for a moment"(world) {
    const id = await world.receive(rawMail(world));
    world.failNext("unavailable");
    assert.equal((await world.another().getEmail(id)).id, id);
    world.failNext("too_fast");
    assert.equal((await world.another().getEmail(id)).id, id);
  },

  async "names what is wrong with an input, and the method"(world) {
    await assert.rejects(world.client.getEmail("not an id!"), invalid);
    await assert.rejects(world.client.getEmail(undefined as unknown as string), invalid);
    await assert.rejects(world.client.searchEmails({ form: "ann" } as object), invalid);
    await assert.rejects(world.client.getEmails({ limit: 0 }), (error) => {
      assert.ok(isIntegrationError(error, "request.invalid"));
      assert.deepEqual([error.operation, error.service], ["getEmails", world.client.service]);
      return true;
    });
    await assert.rejects(world.client.sendEmail({ subjct: "x" } as object), invalid);
  },
};

/** How calls end early. */
export const cancellation: EmailTests = {
  async "rejects with the caller's reason, before and while it works"(world) {
    for (let index = 0; index < 5; index += 1) await world.receive(rawMail(world));
    const reason = new DOMException("enough", "AbortError");
    const isReason = (error: unknown): boolean => error === reason;
    await assert.rejects(world.client.getEmails({ signal: AbortSignal.abort(reason) }), isReason);
    const controller = new AbortController();
    const listing = world.client.getEmails({ signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(listing, isReason);
    assert.equal((await world.client.getEmails()).length, 5);
  },

  async "lets a caller stop in the middle of a sequence"(world) {
    for (let index = 0; index < 5; index += 1) await world.receive(rawMail(world));
    for await (const email of world.client.iterateEmails("in:inbox")) {
      assert.ok(email.id);
      break;
    }
    assert.equal((await world.client.getEmails()).length, 5);
  },

  async "refuses calls of a client that was closed, and may be closed twice"(world) {
    const client: EmailClient = world.another();
    await client.connect();
    await client.close();
    await client.close();
    await assert.rejects(client.getEmails(), invalid);
  },
};

/** How calls get along with each other. */
export const concurrency: EmailTests = {
  async "answers many calls at once, each with its own"(world) {
    const subjects = Array.from({ length: 20 }, (_, index) => `Mail ${index}`);
    const ids = await Promise.all(subjects.map((subject) => world.receive(rawMail(world, { subject }))));
    const emails = await Promise.all(ids.map((id) => world.client.getEmail(id)));
    assert.deepEqual(
      emails.map(({ subject }) => subject),
      subjects,
    );
  },

  async "keeps every change of two clients that work side by side"(world) {
    const ids = await Promise.all(Array.from({ length: 12 }, () => world.receive(rawMail(world), { unread: true })));
    const other = world.another();
    await Promise.all([
      ...ids.map((id) => world.client.updateEmails([id], { read: true })),
      ...ids.map((id) => other.updateEmails([id], { starred: true })),
    ]);
    const emails = await Promise.all(ids.map((id) => world.client.getEmail(id)));
    assert.ok(emails.every(({ unread, starred }) => !unread && starred));
  },
};
