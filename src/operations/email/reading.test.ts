import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { operationsWorld } from "../../../test/support/operations-world.js";
import { loadOperation } from "../../../test/support/run-operation.js";
import type { Email } from "../../email/models.js";

const day = 86_400_000;
const now = Date.parse("2026-11-23T12:00:00Z");
const subjects = (emails: unknown): string[] => (emails as Email[]).map(({ subject }) => subject);

describe("email.recent", () => {
  it("means by days and limit what the clients do", async () => {
    await using m = await operationsWorld([{ subject: "new" }, { subject: "old", date: now - 9 * day }]);
    expect(subjects((await m.run("email.recent"))["emails"])).toEqual(["new"]);
    expect(subjects((await m.run("email.recent", { limit: 2 }))["emails"])).toEqual(["new", "old"]);
    expect(subjects((await m.run("email.recent", { days: 10, limit: 1 }))["emails"])).toEqual(["new"]);
  });
});

describe("a stream", () => {
  it("gives all that a search finds, or so many, also from a page's end on", async () => {
    await using m = await operationsWorld(60);
    const stream = async (input: object): Promise<string[]> =>
      subjects(await m.stream("email.search", { query: "mail", ...input }));
    expect(await stream({})).toHaveLength(60);
    expect(await stream({ limit: 55 })).toHaveLength(55);
    const { emails, cursor } = await m.run("email.search", { query: "mail", limit: 4 });
    expect(subjects(emails)).toEqual(["Mail 0", "Mail 1", "Mail 2", "Mail 3"]);
    expect(await stream({ cursor })).toHaveLength(56);
    m.methods();
    expect(await stream({ cursor, limit: 3 })).toEqual(["Mail 4", "Mail 5", "Mail 6"]);
    const pages = m.sandbox.findRequests({ method: "gmail.users.messages.list" });
    expect(pages.map(({ path }) => path)).toEqual([expect.stringContaining("maxResults=3")]);
  });

  it("gives conversations and drafts over several pages", async () => {
    await using m = await operationsWorld(52);
    for (const text of ["a", "b"]) await m.email.createDraft({ text });
    expect(await m.stream("email.threads", { query: "in:inbox" })).toHaveLength(52);
    expect(await m.stream("email.threads", { limit: 51 })).toHaveLength(51);
    expect(await m.stream("email.draft.list")).toHaveLength(2);
    expect(await m.stream("email.draft.list", { limit: 1 })).toHaveLength(1);
  });
});

describe("email.attachments", () => {
  const file = (filename: string) => ({ filename, mimeType: "text/plain", content: filename });
  const mail = { attachments: [file("a.txt"), file("b.txt")] };

  it("lists the files, and saves all or those that are named", async () => {
    await using m = await operationsWorld([mail]);
    const id = m.ids[0];
    const folder = join(m.folder, "files"); // which is not there yet
    const listed = await m.run("email.attachments", { id });
    expect(listed).toEqual({
      attachments: [{}, {}].map(() => expect.objectContaining({ type: "document" }) as object),
    });
    const [first, second] = listed["attachments"] as { id: string }[];
    const all = await m.run("email.attachments", { id, save: folder });
    expect(all["saved"]).toEqual([
      { id: first?.id, path: expect.stringMatching(/^\/.*a\.txt$/) as string },
      { id: second?.id, path: expect.stringMatching(/^\/.*b\.txt$/) as string },
    ]);
    const one = await m.run("email.attachments", { id, save: folder, only: [second?.id] });
    const [{ path } = { path: "" }] = one["saved"] as { path: string }[];
    expect(path).toMatch(/b \(2\)\.txt$/);
    expect(await readFile(path, "utf8")).toBe("b.txt");
  });

  it("saves nothing when one is named that the mail has not, without a folder, and when it was stopped", async () => {
    await using m = await operationsWorld([mail]);
    const id = m.ids[0];
    const save = m.folder;
    await expect(m.run("email.attachments", { id, save, only: ["9"] })).rejects.toMatchObject({
      code: "request.not_found",
    });
    await expect(m.run("email.attachments", { id, only: ["2"] })).rejects.toMatchObject({ code: "request.invalid" });
    m.methods();
    expect(await m.run("email.attachments", { id, save }, { stop: AbortSignal.abort() })).toMatchObject({ saved: [] });
    expect(m.methods()).toEqual(["messages.get"]);
  });
});

describe("time limits", () => {
  it("are checked and heard before anything is sent, by operations of one call and of several", async () => {
    await using m = await operationsWorld(0);
    m.methods();
    for (const [name, input] of [
      ["email.attachments", { id: "1", save: "." }],
      ["email.trash", { ids: ["1"] }],
      ["email.show", { id: "1" }],
    ] as const) {
      await expect(m.run(name, input, { timeoutMs: 0 })).rejects.toMatchObject({ code: "request.invalid" });
      const signal = AbortSignal.abort(new RangeError("enough"));
      await expect(m.run(name, input, { signal })).rejects.toThrow("enough");
    }
    expect(m.methods()).toEqual([]);
  });
});

describe("input", () => {
  it.each([
    ["email.recent", { days: 0 }],
    ["email.recent", { limit: 1.5 }],
    ["email.search", {}],
    ["email.search", { query: "x", limit: 0 }],
    ["email.search", { query: "x", includeBody: true }],
    ["email.show", { id: "" }],
    ["email.send", { to: "bob@example.com" }],
    ["email.send", { priority: "highest" }],
    ["email.reply", { id: "1", subject: "New" }],
    ["email.draft.send", { id: "1", idempotencyKey: "" }],
    ["email.label", { ids: [] }],
    ["email.label", { ids: ["1"], read: "yes" }],
    ["email.trash", {}],
    ["email.folder.rename", { folder: "Blue" }],
  ])("of %s is not %j", async (name, input) => {
    expect(v.safeParse((await loadOperation(name)).input, input).success).toBe(false);
  });
});
