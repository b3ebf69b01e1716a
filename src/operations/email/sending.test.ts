import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { alice, bob, operationsWorld } from "../../../test/support/operations-world.js";

describe("email.send", () => {
  it("sends addresses as texts and files by their paths, and with a key once", async () => {
    await using m = await operationsWorld(0);
    const path = join(m.folder, "plan.txt");
    await writeFile(path, "Blue.");
    const message = {
      to: [`Bob <${bob}>`],
      replyTo: ["desk@example.com"],
      subject: "Plan",
      text: "Hello",
      priority: "high",
    };
    const input = { ...message, attachments: [path], idempotencyKey: "plan" };
    const first = await m.run("email.send", input);
    expect(await m.run("email.send", input)).toEqual(first);
    expect(m.sandbox.inspect.messages(bob)).toHaveLength(1);
    expect(await m.email.getEmail(String(first["messageId"]))).toMatchObject({
      to: [{ name: "Bob", address: bob }],
      replyTo: [{ address: "desk@example.com" }],
      ...{ subject: "Plan", priority: "high", attachments: [{ filename: "plan.txt" }] },
    });
    expect(await m.run("email.settle", { sendId: first["sendId"] })).toEqual(first);
  });

  it("refuses a mail to nobody, and a file that is not there", async () => {
    await using m = await operationsWorld(0);
    await expect(m.run("email.send", { text: "Hello" })).rejects.toMatchObject({ code: "request.invalid" });
    const lost = { to: [bob], text: "Hello", attachments: ["/nowhere/plan.pdf"] };
    await expect(m.run("email.send", lost)).rejects.toMatchObject({ code: "config.invalid_file" });
    expect(m.sandbox.inspect.messages(bob)).toEqual([]);
  });
});

describe("email.reply", () => {
  it("answers the sender, or everybody, and whoever is added", async () => {
    await using m = await operationsWorld([{ from: bob, to: `${alice}, carol@example.com`, subject: "Plan" }]);
    const to = async (input: object): Promise<string[]> =>
      (await m.preview("email.reply", { id: m.ids[0], text: "Yes", ...input })).recipients;
    expect(await to({})).toEqual([bob]);
    expect(await to({ all: true })).toEqual([bob, "carol@example.com"]);
    expect(await to({ bcc: ["dora@example.com"] })).toEqual([bob, "dora@example.com"]);
    const sent = await m.run("email.reply", { id: m.ids[0], text: "Yes" });
    const answer = await m.email.getEmail(String(sent["messageId"]));
    expect(answer).toMatchObject({ subject: "Re: Plan", threadId: (await m.email.getEmail(m.ids[0] ?? "")).threadId });
  });
});
