import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { BatchResult } from "../../core/batch-result.js";
import { rawMail, type EmailTests, type EmailWorld } from "./world.js";

async function several(world: EmailWorld, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      world.receive(rawMail(world, { subject: `${index}` }), { unread: true }),
    ),
  );
}

const codes = ({ outcomes }: BatchResult): string[] =>
  outcomes.map((outcome) => (outcome.done ? "done" : outcome.error.code));

/** What is changed about mails and folders. */
export const changing: EmailTests = {
  async "marks as read and starred, and takes it back"(world) {
    const [id = ""] = await several(world, 1);
    assert.deepEqual(codes(await world.client.updateEmails([id], { read: true, starred: true })), ["done"]);
    const changed = await world.client.getEmail(id);
    assert.deepEqual([changed.unread, changed.starred, changed.status], [false, true, "read"]);
    await world.client.updateEmails([id], { read: false, starred: false });
    const back = await world.client.getEmail(id);
    assert.deepEqual([back.unread, back.starred, back.status], [true, false, "unread"]);
  },

  async "moves between folders, to the archive, to the trash and back"(world) {
    const [id = ""] = await several(world, 1);
    const inFolder = async (folder: string): Promise<boolean> =>
      (await world.client.getEmails({ folder })).some((email) => email.id === id);
    const folder = await world.client.createFolder("Lighthouse");
    await world.client.updateEmails([id], { folder: folder.id });
    assert.deepEqual([await inFolder("Lighthouse"), await inFolder("inbox")], [true, false]);
    await world.client.updateEmails([id], { folder: "inbox" });
    assert.equal(await inFolder("inbox"), true);
    await world.client.updateEmails([id], { folder: "archive" });
    assert.deepEqual([await inFolder("inbox"), await inFolder("all")], [false, true]);
    assert.deepEqual(codes(await world.client.trashEmails([id])), ["done"]);
    assert.deepEqual([await inFolder("trash"), await inFolder("all")], [true, false]);
    assert.equal((await world.client.getEmail(id)).status, "deleted");
    assert.deepEqual(codes(await world.client.untrashEmails([id])), ["done"]);
    assert.deepEqual([await inFolder("trash"), await inFolder("all")], [false, true]);
  },

  async "changes many, with an outcome for each in the order they were given, and drops none"(world) {
    const ids = await several(world, 40);
    const [gone = ""] = await several(world, 1);
    await world.client.deleteEmails([gone]);
    await world.client.updateEmails(ids.slice(0, 5), { read: true }); // these are so already
    const asked = [...ids.slice(0, 20), gone, ...ids.slice(20)];
    const result = await world.client.updateEmails(asked, { read: true });
    assert.deepEqual(
      result.outcomes.map(({ id }) => id),
      asked,
    );
    assert.deepEqual([result.done, result.failed, codes(result)[20]], [40, 1, "request.not_found"]);
    assert.equal((await world.client.getAccountInfo()).unreadCount, 0);
  },

  async "deletes for good what it is told to"(world) {
    const ids = await several(world, 15);
    const preview = await world.client.deleteEmails(ids, { dryRun: true });
    assert.deepEqual([preview.reversible, preview.occurrences], [false, 15]);
    assert.equal((await world.client.deleteEmails(ids)).done, 15);
    assert.equal((await world.client.getAccountInfo()).totalMessages, 0);
    assert.deepEqual(codes(await world.client.deleteEmails(ids.slice(0, 2))), [
      "request.not_found",
      "request.not_found",
    ]);
  },

  async "makes, renames and deletes folders, and keeps their mails"(world) {
    const [id = ""] = await several(world, 1);
    const folder = await world.client.createFolder("Projects");
    await assert.rejects(world.client.createFolder("projects"), (error) =>
      isIntegrationError(error, "request.conflict"),
    );
    await world.client.updateEmails([id], { folder: "Projects" });
    const renamed = await world.client.renameFolder(folder.id, "Past projects");
    assert.deepEqual([renamed.id, renamed.name, renamed.kind], [folder.id, "Past projects", "label"]);
    assert.equal((await world.client.getEmails({ folder: "past projects" })).length, 1);
    await world.client.deleteFolder(folder.id);
    assert.ok(!(await world.client.listFolders()).some(({ name }) => name === "Past projects"));
    assert.equal((await world.client.getEmail(id)).id, id);
    await assert.rejects(world.client.deleteFolder("inbox"), (error) => isIntegrationError(error, "request.forbidden"));
  },

  async "tells what it would change, and changes nothing"(world) {
    const ids = await several(world, 2);
    const preview = await world.client.updateEmails(ids, { read: true }, { dryRun: true });
    assert.deepEqual([preview.occurrences, preview.reversible, preview.recipients], [2, true, []]);
    assert.equal((await world.client.getAccountInfo()).unreadCount, 2);
    await world.client.createFolder("Projects", { dryRun: true });
    assert.ok(!(await world.client.listFolders()).some(({ name }) => name === "Projects"));
  },

  async "refuses a change that is none, or cannot be"(world) {
    const [id = ""] = await several(world, 1);
    const invalid = (error: unknown): boolean => isIntegrationError(error, "request.invalid");
    await assert.rejects(world.client.updateEmails([id], {}), invalid);
    await assert.rejects(world.client.updateEmails(["no id!"], { read: true }), invalid);
    await assert.rejects(world.client.updateEmails([id], { red: true } as object), invalid);
    await assert.rejects(world.client.updateEmails([id], { folder: "nowhere" }), (error) =>
      isIntegrationError(error, "request.not_found"),
    );
  },
};

/** What services with labels can: several on one mail. */
export const labelling: EmailTests = {
  async "puts several labels on a mail and takes one off"(world) {
    const [id = ""] = await several(world, 1);
    await world.client.createFolder("Blue");
    await world.client.createFolder("Red");
    await world.client.updateEmails([id], { addLabels: ["Blue", "red"] });
    await world.client.updateEmails([id], { removeLabels: ["Blue"] });
    const { labels } = await world.client.getEmail(id);
    assert.deepEqual([labels.includes("Red"), labels.includes("Blue"), labels.includes("inbox")], [true, false, true]);
  },
};

/** What services can that know what is important. */
export const importance: EmailTests = {
  async "marks as important"(world) {
    const [id = ""] = await several(world, 1);
    await world.client.updateEmails([id], { important: true });
    assert.equal((await world.client.getEmail(id)).important, true);
  },
};
