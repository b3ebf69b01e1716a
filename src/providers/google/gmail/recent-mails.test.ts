import { describe, expect, it } from "vitest";
import { gmailWorld } from "../../../../test/support/gmail-world.js";
import { openWorld, withClient } from "../../../../test/support/world.js";
import { createEmailClient } from "../../../integrations.js";
import { rawMail } from "../../../testing/email/world.js";

const alice = "alice@example.com";

async function mailbox(count: number) {
  const messages = Array.from({ length: count }, (_, index) => ({ subject: `Mail ${index}`, text: "Hello" }));
  const world = await openWorld({ seed: { users: [{ email: alice, messages }] }, limits: "none" });
  const email = createEmailClient("google_gmail", await world.signIn("google_gmail", alice, { access: "full" }));
  const requests = async (work: () => Promise<unknown>): Promise<string[]> => {
    world.sandbox.clearRequests();
    await work();
    return world.sandbox.requests.map(({ method }) => method.replace("gmail.users.", ""));
  };
  return withClient(world, email, { email, requests });
}

describe("reading the same mails again", () => {
  it("asks what has changed, and reads what is new", async () => {
    await using m = await mailbox(50);
    const read = () => m.email.getRecentEmails({ count: 50, includeBody: true });
    const [first] = await read();
    expect(await m.requests(read)).toEqual(["messages.list", "history.list"]);
    const other = createEmailClient("google_gmail", await m.signIn("google_gmail", alice, { userId: "other" }));
    await other.updateEmails([first?.id ?? ""], { starred: true });
    await other.sendEmail({ to: alice, subject: "New", text: "Hello" });
    const requests = await m.requests(async () => {
      const mails = await read();
      expect(mails[0]).toMatchObject({ subject: "New", bodyText: "Hello\n" });
      expect(mails.find(({ id }) => id === first?.id)).toMatchObject({ starred: true, bodyText: "Hello" });
    });
    expect(requests.sort()).toEqual(["history.list", "messages.get", "messages.list"]);
    expect(await m.requests(read)).toEqual(["messages.list", "history.list"]);
    await other.close();
  });

  it("gives summaries of what was read whole, and reads whole what was read as a summary", async () => {
    await using m = await mailbox(3);
    const [mail] = await m.email.getRecentEmails({ count: 3 });
    const id = mail?.id ?? "";
    expect(await m.requests(() => m.email.getEmail(id))).toEqual(["messages.get"]);
    expect(await m.requests(() => m.email.getEmail(id, { includeBody: false }))).toEqual(["history.list"]);
  });

  it("reads anew when Gmail does not know any more what has changed", async () => {
    await using m = await mailbox(5);
    const read = () => m.email.getRecentEmails({ count: 5, includeBody: true });
    await read();
    m.sandbox.expireHistory(alice);
    const requests = await m.requests(async () => expect(await read()).toHaveLength(5));
    expect(requests.filter((method) => method === "messages.get")).toHaveLength(5);
    await read();
    expect(await m.requests(read)).toEqual(["messages.list", "history.list"]);
  });

  it("knows what it has changed itself, at once", async () => {
    await using world = await gmailWorld();
    const id = await world.receive(rawMail(world), { unread: true });
    await world.client.getRecentEmails({ includeBody: true });
    await world.client.updateEmails([id], { read: true });
    expect((await world.client.getEmail(id)).unread).toBe(false);
    await world.client.deleteEmails([id]);
    await expect(world.client.getEmail(id)).rejects.toMatchObject({ code: "request.not_found" });
  });
});
