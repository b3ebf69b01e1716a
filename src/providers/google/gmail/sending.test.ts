import { describe, expect, it } from "vitest";
import { movedClock } from "../../../../test/support/moved-clock.js";
import { openWorld, withClient } from "../../../../test/support/world.js";
import { createEmailClient } from "../../../integrations.js";
import type { SandboxSeed } from "../../../sandbox/index.js";

const [alice, bob] = ["alice@example.com", "bob@example.com"];
const message = { to: bob, subject: "Minutes", text: "Here." };

async function mailbox(seed: Partial<SandboxSeed> = {}) {
  const clock = movedClock();
  const world = await openWorld({
    seed: { users: [{ email: alice }, { email: bob }], ...seed },
    clock,
    limits: "none",
  });
  const email = createEmailClient("google_gmail", await world.signIn("google_gmail", alice));
  const drafts = async (): Promise<number> => (await email.listDrafts()).drafts.length;
  const arrived = (): number => world.sandbox.inspect.messages(bob).length;
  return withClient(world, email, { email, clock, drafts, arrived });
}

describe("sending by Gmail", () => {
  it("finds a mail again to which Gmail has given another Message-ID", async () => {
    await using m = await mailbox({ gmail: { replaceMessageIds: true } });
    m.sandbox.failNext({ method: "gmail.users.drafts.send", respond: "accepted-no-answer" });
    const sent = await m.email.sendEmail(message);
    expect([sent.outcome, m.arrived()]).toEqual(["sent", 1]);
    expect((await m.email.getEmail(sent.messageId ?? "")).status).toBe("sent");
  });

  it("makes no second draft when the answer to the first was lost", async () => {
    await using m = await mailbox();
    m.sandbox.failNext({ method: "gmail.users.drafts.create", respond: "accepted-no-answer" });
    expect((await m.email.sendEmail(message)).outcome).toBe("sent");
    expect([m.arrived(), await m.drafts()]).toEqual([1, 0]);
  });

  it("says that nothing was sent when not even a draft could be made", async () => {
    await using m = await mailbox();
    m.sandbox.failNext({ method: "gmail.users.drafts.create", respond: "503", times: 9 });
    await expect(m.email.sendEmail(message, { idempotencyKey: "k" })).rejects.toMatchObject({
      code: "connection.unavailable",
    });
    m.sandbox.clearFaults();
    expect((await m.email.sendEmail(message, { idempotencyKey: "k" })).outcome).toBe("sent");
    expect(m.arrived()).toBe(1);
  });

  it("does not know what became of a mail whose sending was broken off, and finds out", async () => {
    await using m = await mailbox();
    const controller = new AbortController();
    m.sandbox.failNext({ method: "gmail.users.drafts.send", respond: "accepted-then-timeout" });
    const sending = m.email.sendEmail(message, { signal: controller.signal });
    while (m.arrived() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    const { outcome, sendId } = await sending;
    expect(outcome).toBe("unknown");
    expect((await m.email.settleSend(sendId)).outcome).toBe("sent");
    expect(m.arrived()).toBe(1);
  });

  it("refuses an address that waits to be confirmed, and a mail that is too large", async () => {
    const waiting = { sendAsEmail: "me@lighthouse.example", verificationStatus: "pending" as const };
    await using m = await mailbox({ users: [{ email: alice, mailSettings: { sendAs: [waiting] } }, { email: bob }] });
    await expect(m.email.sendEmail({ ...message, from: "me@lighthouse.example" })).rejects.toMatchObject({
      code: "request.invalid",
      hint: expect.stringContaining(alice) as string,
    });
    const file = { filename: "big.bin", content: Buffer.alloc(36 * 1024 * 1024) };
    await expect(m.email.sendEmail({ ...message, attachments: [file] })).rejects.toMatchObject({
      code: "request.too_large",
    });
    expect([m.arrived(), await m.drafts()]).toEqual([0, 0]);
  });

  it("passes a mail on with all its files or not at all", async () => {
    const file = (name: string): string[] => [
      "--files",
      `Content-Type: application/octet-stream; name=${name}`,
      `Content-Disposition: attachment; filename=${name}`,
      ...["Content-Transfer-Encoding: base64", "", "A".repeat(24 * 1024 * 1024)],
    ];
    const head = ["From: bob@example.com", "Subject: Scans", 'Content-Type: multipart/mixed; boundary="files"', ""];
    const raw = [...head, ...file("a.bin"), ...file("b.bin"), "--files--", ""].join("\r\n");
    await using m = await mailbox({ users: [{ email: alice, messages: [{ raw }] }, { email: bob }] });
    const id = (await m.email.searchEmails("subject:Scans")).emails[0]?.id ?? "";
    await expect(m.email.forwardEmail(id, { to: bob })).rejects.toMatchObject({ code: "request.too_large" });
    expect([m.arrived(), await m.drafts()]).toEqual([0, 0]);
  });

  it("says which file cannot be attached, and sends nothing", async () => {
    await using m = await mailbox();
    await expect(m.email.sendEmail({ ...message, attachments: [{ path: "/nowhere/plan.pdf" }] })).rejects.toMatchObject(
      {
        code: "config.invalid_file",
        message: "/nowhere/plan.pdf cannot be attached.",
      },
    );
    expect(m.arrived()).toBe(0);
  });

  it("writes a foreign domain as it travels, and refuses what only some could deliver", async () => {
    await using m = await mailbox();
    const preview = await m.email.sendEmail({ ...message, to: "ann@bücher.example" }, { dryRun: true });
    expect(preview.recipients).toEqual(["ann@xn--bcher-kva.example"]);
    await expect(m.email.sendEmail({ ...message, to: "änn@example.com" })).rejects.toMatchObject({
      code: "request.invalid",
    });
  });
});
