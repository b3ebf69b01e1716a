import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alice, bob, operationsWorld, type OperationsWorld } from "../../../test/support/operations-world.js";
import { strict } from "../../../test/support/run-operation.js";
import { emailOperations } from "./index.js";

const files = [{ filename: "plan.txt", mimeType: "text/plain", content: "Blue." }];
const html =
  '<p>Hello<span style="display:none">secret</span></p><img src="https://example.com/p.gif" width="1" height="1">';
const headers = { "Reply-To": bob, "In-Reply-To": "<a@example.com>", References: "<a@example.com>" };
const mail = { from: `Bob <${bob}>`, to: alice, cc: bob, subject: "Plan", html, headers, attachments: files };

/** What each operation is run with; it may be done for good. */
const examples: Readonly<Record<string, (m: OperationsWorld) => object | Promise<object>>> = {
  "email.recent": () => ({ days: 3, limit: 2, folder: "inbox", body: true }),
  "email.search": () => ({ query: "subject:Plan", limit: 2, body: true }),
  "email.threads": () => ({ query: "in:anywhere", limit: 2 }),
  "email.show": (m) => ({ id: m.ids[0] }),
  "email.thread": async (m) => ({ id: (await m.email.getEmail(m.ids[0] ?? "")).threadId }),
  "email.attachments": (m) => ({ id: m.ids[0], save: m.folder }),
  "email.changes": async (m) => {
    const { cursor } = await m.email.getChanges();
    await m.email.updateEmails([m.ids[0] ?? ""], { starred: true });
    return { cursor };
  },
  "email.stats": () => ({}),
  "email.send": () => ({ to: [bob], subject: "Blue", text: "Hello", priority: "high", idempotencyKey: "send" }),
  "email.reply": (m) => ({ id: m.ids[0], text: "Yes", all: true, idempotencyKey: "reply" }),
  "email.forward": (m) => ({ id: m.ids[0], to: [bob], text: "See below" }),
  "email.settle": async (m) => m.email.sendEmail({ to: bob, text: "Hi" }).then(({ sendId }) => ({ sendId })),
  "email.draft.list": async (m) => {
    await draft(m);
    return { limit: 1, body: true };
  },
  "email.draft.create": () => ({ subject: "Later", text: "Not yet" }),
  "email.draft.update": async (m) => ({ id: await draft(m), to: [bob], subject: "Now" }),
  "email.draft.send": async (m) => ({ id: await draft(m), idempotencyKey: "draft" }),
  "email.draft.delete": async (m) => ({ id: await draft(m) }),
  "email.label": (m) => ({ ids: [m.ids[1]], add: ["Blue"], read: true }),
  "email.trash": (m) => ({ ids: [m.ids[1]] }),
  "email.untrash": (m) => ({ ids: [m.ids[1]] }),
  "email.delete": (m) => ({ ids: [m.ids[1], m.ids[1]] }),
  "email.folder.list": () => ({}),
  "email.folder.create": () => ({ name: "Green" }),
  "email.folder.rename": () => ({ folder: "Blue", name: "Azure" }),
  "email.folder.delete": async (m) => ({ folder: (await m.email.createFolder("Red")).id }),
};

async function draft({ email }: OperationsWorld): Promise<string> {
  return (await email.createDraft({ to: bob, subject: "Draft" })).id;
}

describe("each operation on mail", () => {
  let m: OperationsWorld;
  beforeAll(async () => {
    m = await operationsWorld([mail, { ...mail, subject: "Other" }]);
  });
  afterAll(async () => m[Symbol.asyncDispose]());

  it("would be found out by a field that its schema does not name", () => {
    const schema = strict(
      v.object({ emails: v.array(v.object({ from: v.exactOptional(v.object({ name: v.string() })) })) }),
    );
    const output = (from: object): object => ({ emails: [{ from }] });
    expect(v.safeParse(schema, output({ name: "Ann" })).success).toBe(true);
    expect(v.safeParse(schema, output({ name: "Ann", age: 7 })).success).toBe(false);
  });

  it("is run here", () => {
    expect(Object.keys(examples)).toEqual(emailOperations.map(({ name }) => name));
  });

  it.each(emailOperations)("$name gives what its schema says and nothing more", async ({ name, items, effect }) => {
    const input = await examples[name]?.(m);
    if (effect !== "read") {
      m.methods();
      expect(await m.preview(name, input)).toMatchObject({ account: alice, reversible: effect === "write" });
      expect(m.methods().filter((method) => !/\.(get|list|getProfile)$/.test(method))).toEqual([]);
    }
    const output = await m.run(name, input);
    if (items !== undefined) expect(output[items]).not.toEqual([]);
  });
});
