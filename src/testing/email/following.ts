import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { EmailClient } from "../../email/client.js";
import type { EmailChange } from "../../email/models.js";
import { rawMail, type EmailTests } from "./world.js";

async function all(client: EmailClient, from: string): Promise<{ changes: EmailChange[]; cursor: string }> {
  const changes: EmailChange[] = [];
  let cursor = from;
  for (;;) {
    const page = await client.getChanges(cursor);
    assert.equal(page.reset, false);
    changes.push(...page.changes);
    ({ cursor } = page);
    if (!page.hasMore) return { changes, cursor };
  }
}

/** What has changed since. */
export const following: EmailTests = {
  async "tells what came, changed and went since a cursor, in order and each once"(world) {
    const [old, gone] = [await world.receive(rawMail(world)), await world.receive(rawMail(world))];
    const first = await world.client.getChanges();
    assert.deepEqual([first.changes, first.reset, first.hasMore], [[], false, false]);
    const added = await world.receive(rawMail(world), { unread: true });
    await world.client.updateEmails([old], { starred: true });
    await world.client.updateEmails([old], { read: true });
    await world.client.deleteEmails([gone]);
    const { changes, cursor } = await all(world.client, first.cursor);
    assert.deepEqual(
      changes.map(({ type, id }) => [type, id]),
      [
        ["added", added],
        ["relabelled", old],
        ["removed", gone],
      ],
    );
    assert.ok(changes[0]?.labels?.includes("inbox"));
    assert.deepEqual((await all(world.client, cursor)).changes, []);
  },

  async "gives cursors that another process can go on with"(world) {
    const { cursor } = await world.client.getChanges();
    const id = await world.receive(rawMail(world));
    const { changes } = await all(world.another(), cursor);
    assert.deepEqual(
      changes.map((change) => change.id),
      [id],
    );
  },

  async "loses nothing that arrives during a first listing"(world) {
    await world.receive(rawMail(world));
    const { cursor } = await world.client.getChanges();
    const listing = world.client.getEmails();
    const meanwhile = await world.receive(rawMail(world));
    const known = new Set((await listing).map(({ id }) => id));
    for (const { id } of (await all(world.client, cursor)).changes) known.add(id);
    assert.ok(known.has(meanwhile));
  },

  async "says that a cursor is too old, and how to go on"(world) {
    const { cursor } = await world.client.getChanges();
    await world.receive(rawMail(world));
    await world.expireCursors();
    const page = await world.client.getChanges(cursor);
    assert.deepEqual([page.reset, page.changes, page.hasMore], [true, [], false]);
    const id = await world.receive(rawMail(world));
    const { changes } = await all(world.client, page.cursor);
    assert.deepEqual(
      changes.map((change) => change.id),
      [id],
    );
  },

  async "refuses a cursor that is none"(world) {
    await assert.rejects(world.client.getChanges("made up"), (error) => isIntegrationError(error, "request.invalid"));
  },
};
