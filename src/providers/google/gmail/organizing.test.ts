import { describe, expect, it } from "vitest";
import { openWorld, withClient } from "../../../../test/support/world.js";
import { createEmailClient } from "../../../integrations.js";

const alice = "alice@example.com";

async function mailbox(count: number, access: "write" | "full" = "write") {
  const messages = Array.from({ length: count }, (_, index) => ({ subject: `Mail ${index}` }));
  const seed = { users: [{ email: alice, labels: ["Blue"], messages }] };
  const world = await openWorld({ seed, limits: "none" });
  const email = createEmailClient("google_gmail", await world.signIn("google_gmail", alice, { access }));
  const ids = world.sandbox.inspect.messages(alice).map(({ id }) => String(id));
  const methods = () => world.sandbox.requests.map(({ method }) => method.replace("gmail.users.", ""));
  return withClient(world, email, { email, ids, methods });
}

describe("changing many mails of Gmail's", () => {
  it("takes a call for each thousand, and tells of each what became of it", async () => {
    await using m = await mailbox(1_200);
    m.sandbox.clearRequests();
    const result = await m.email.updateEmails([...m.ids, "ffffffffffffffff"], { read: true });
    expect([result.done, result.failed]).toEqual([1_200, 1]);
    expect(result.outcomes.at(-1)).toMatchObject({
      id: "ffffffffffffffff",
      done: false,
      error: { code: "request.not_found" },
    });
    expect(m.methods().filter((method) => method === "messages.batchModify")).toHaveLength(2);
    expect(m.methods().filter((method) => method === "messages.modify")).toHaveLength(1);
  });

  it("changes what can be changed when one of them cannot", async () => {
    await using m = await mailbox(12);
    const draft = await m.email.createDraft({ subject: "Later" });
    const result = await m.email.updateEmails([...m.ids, draft.email.id], { addLabels: ["Blue"] });
    expect([result.done, result.failed]).toEqual([12, 1]);
    expect((await m.email.getEmails({ folder: "Blue" })).length).toBe(12);
  });

  it("says what deleting for good needs, before anything is sent", async () => {
    await using m = await mailbox(1);
    m.sandbox.clearRequests();
    await expect(m.email.deleteEmails(m.ids)).rejects.toMatchObject({
      code: "request.forbidden",
      hint: expect.stringContaining("--access full") as string,
    });
    expect(m.sandbox.requests).toEqual([]);
  });

  it("says which permission is missing when the client asks for more than the sign-in gave", async () => {
    await using m = await mailbox(1);
    const options = { endpoints: m.sandbox.url, credentials: m.credentials, config: m.config, access: "full" as const };
    await using email = createEmailClient("google_gmail", options);
    const { outcomes } = await email.deleteEmails(m.ids);
    expect(outcomes).toMatchObject([{ done: false, error: { code: "auth.scope_missing" } }]);
  });

  it("describes a change in the labels' own names", async () => {
    await using m = await mailbox(2);
    const preview = await m.email.updateEmails(m.ids, { folder: "Blue", starred: true, read: true }, { dryRun: true });
    expect(preview).toMatchObject({
      account: alice,
      occurrences: 2,
      diff: ["+ Blue", "+ starred", "- inbox", "- spam", "- trash", "- unread"],
    });
  });
});
