import { describe, expect, it } from "vitest";
import type { EmailClient } from "../../email/client.js";
import { operationsWorld } from "../../../test/support/operations-world.js";

const invalid = { code: "request.invalid" };
const unknown = "ffffffffffffffff";

describe("email.label", () => {
  it("changes labels, folder and marks together, and tells of each mail what became of it", async () => {
    await using m = await operationsWorld(2);
    const ids = [m.ids[0], unknown];
    const input = { ids, add: ["Blue"], read: true, starred: true, unimportant: true, folder: "archive" };
    expect(await m.run("email.label", input)).toMatchObject({ done: 1, failed: 1, notTried: [] });
    const { labels } = await m.email.getEmail(m.ids[0] ?? "");
    expect([...labels].sort()).toEqual(["Blue", "starred"]);
    await m.run("email.label", { ids: [m.ids[0]], remove: ["Blue"], unread: true, unstarred: true, important: true });
    expect((await m.email.getEmail(m.ids[0] ?? "")).labels.sort()).toEqual(["important", "unread"]);
  });

  it("refuses what contradicts itself or changes nothing, before anything is sent", async () => {
    await using m = await operationsWorld(1);
    m.methods();
    for (const changes of [
      { read: true, unread: true },
      { starred: true, unstarred: true },
      { important: true, unimportant: true },
      { add: ["Blue"], remove: ["Blue"] },
      {},
      { read: false, starred: false, add: [] },
    ]) {
      await expect(m.run("email.label", { ids: m.ids, ...changes })).rejects.toMatchObject(invalid);
      await expect(m.preview("email.label", { ids: m.ids, ...changes })).rejects.toMatchObject(invalid);
    }
    expect(m.methods()).toEqual([]);
  });

  it("does not ask for what is false", async () => {
    await using m = await operationsWorld(1);
    const preview = await m.preview("email.label", { ids: m.ids, read: true, unread: false, starred: false });
    expect(preview.diff).toEqual(["- unread"]);
  });
});

describe("a write over many mails", () => {
  it("goes in steps, is stopped between two of them, and names what it left", async () => {
    await using m = await operationsWorld(230);
    const stop = new AbortController();
    const client = { ...m.email, updateEmails: afterStep(m.email, () => stop.abort()) };
    const result = await m.run("email.label", { ids: [...m.ids, m.ids[0]], read: true }, { client, stop: stop.signal });
    expect(result).toMatchObject({ done: 100, failed: 0, notTried: m.ids.slice(100) });
    expect(await m.email.getEmails({ folder: "unread" })).toHaveLength(130);
  });

  it("leaves all when it was stopped before it began", async () => {
    await using m = await operationsWorld(1);
    m.methods();
    const result = await m.run("email.label", { ids: m.ids, read: true }, { stop: AbortSignal.abort() });
    expect(result).toEqual({ outcomes: [], done: 0, failed: 0, notTried: m.ids });
    expect(m.methods()).toEqual([]);
  });

  it("refuses what is wrong with the last one before the first is changed", async () => {
    await using m = await operationsWorld(120);
    await expect(m.run("email.label", { ids: [...m.ids, "no id"], read: true })).rejects.toMatchObject(invalid);
    expect(await m.email.getEmails({ folder: "unread" })).toHaveLength(120);
  });

  it("tells what was done when a later step fails, and fails itself when the first does", async () => {
    await using m = await operationsWorld(230);
    const gone = { method: "gmail.users.messages.batchModify", respond: "domainPolicy" } as const;
    const client = { ...m.email, updateEmails: afterStep(m.email, () => m.sandbox.failNext(gone)) };
    const result = await m.run("email.label", { ids: m.ids, read: true }, { client });
    expect(result).toMatchObject({ done: 100, failed: 100, notTried: m.ids.slice(200) });
    m.sandbox.clearFaults();
    m.sandbox.failNext(gone);
    await expect(m.run("email.label", { ids: m.ids, unread: true })).rejects.toMatchObject({
      code: "request.forbidden",
    });
  });

  it("ends at once with the signal's reason", async () => {
    await using m = await operationsWorld(230);
    const controller = new AbortController();
    const client = { ...m.email, updateEmails: afterStep(m.email, () => controller.abort(new Error("enough"))) };
    const { signal } = controller;
    await expect(m.run("email.label", { ids: m.ids, read: true }, { client, signal })).rejects.toThrow("enough");
    expect(await m.email.getEmails({ folder: "unread" })).toHaveLength(130);
  });
});

/** Changes mails as the client does; after each time something else happens. */
function afterStep(email: EmailClient, then: () => void): EmailClient["updateEmails"] {
  const update = async (...[ids, changes, options]: Parameters<EmailClient["updateEmails"]>): Promise<unknown> => {
    const result = await email.updateEmails(ids, changes, options);
    if (options?.dryRun !== true) then();
    return result;
  };
  return update as EmailClient["updateEmails"];
}
