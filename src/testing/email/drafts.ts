import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { EmailTests } from "./world.js";

const notFound = (error: unknown): boolean => isIntegrationError(error, "request.not_found");

/** Mails that were not sent yet. */
export const drafts: EmailTests = {
  async "keeps a draft, changes it, and sends it as it is then"(world) {
    const [ann] = world.people;
    const draft = await world.client.createDraft({ to: ann, subject: "First", text: "one" });
    assert.deepEqual([draft.email.status, draft.email.bodyText?.trim()], ["draft", "one"]);
    const changed = await world.client.updateDraft(draft.id, { to: ann, subject: "Second", text: "two" });
    assert.equal(changed.id, draft.id);
    const { drafts: listed } = await world.client.listDrafts({ includeBody: true });
    assert.deepEqual(
      listed.map(({ id, email }) => [id, email.subject, email.bodyText?.trim()]),
      [[draft.id, "Second", "two"]],
    );
    const sent = await world.client.sendDraft(draft.id, { idempotencyKey: "draft" });
    assert.deepEqual([sent.outcome, (await world.received(ann)).length], ["sent", 1]);
    assert.deepEqual((await world.client.listDrafts()).drafts, []);
    assert.deepEqual(await world.client.sendDraft(draft.id, { idempotencyKey: "draft" }), sent);
    assert.equal((await world.received(ann)).length, 1);
  },

  async "keeps a draft that is not finished, and does not send it to nobody"(world) {
    const { id } = await world.client.createDraft({ subject: "Later" });
    await assert.rejects(world.client.sendDraft(id), (error) => isIntegrationError(error, "request.invalid"));
    assert.equal((await world.client.listDrafts()).drafts.length, 1);
  },

  async "deletes a draft, and knows none that is gone"(world) {
    const { id } = await world.client.createDraft({ subject: "Never" });
    const preview = await world.client.deleteDraft(id, { dryRun: true });
    assert.equal(preview.reversible, false);
    await world.client.deleteDraft(id);
    await assert.rejects(world.client.updateDraft(id, { subject: "x" }), notFound);
    await assert.rejects(world.client.sendDraft(id), notFound);
    await assert.rejects(world.client.deleteDraft(id), notFound);
  },

  async "tells what it would keep, and keeps nothing"(world) {
    const preview = await world.client.createDraft({ to: world.people[0], subject: "Plan" }, { dryRun: true });
    assert.deepEqual([preview.recipients, preview.notified, preview.reversible], [[world.people[0]], [], true]);
    assert.deepEqual((await world.client.listDrafts()).drafts, []);
  },
};
