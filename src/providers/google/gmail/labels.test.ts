import { describe, expect, it } from "vitest";
import { openWorld, withClient } from "../../../../test/support/world.js";
import { createEmailClient } from "../../../integrations.js";
import type { SeedMessage } from "../../../sandbox/index.js";

const alice = "alice@example.com";

async function mailbox(labels: string[], messages: SeedMessage[], latencyMs = 0) {
  const world = await openWorld({ seed: { users: [{ email: alice, labels, messages }] }, latencyMs });
  const email = createEmailClient("google_gmail", await world.signIn("google_gmail", alice));
  return withClient(world, email, { email });
}

describe("a folder", () => {
  it.each([
    ["WORK", "WORK"],
    ["work", "WORK"],
    ["category:promotions", "CATEGORY_PROMOTIONS"],
    ["CATEGORY_PROMOTIONS", "CATEGORY_PROMOTIONS"],
    ["Inbox", "INBOX"],
  ])("called %s is opened by that name", async (folder, label) => {
    await using m = await mailbox(
      ["WORK"],
      [
        { subject: "in it", labels: [label] },
        { subject: "elsewhere", labels: ["SENT"] },
      ],
    );
    expect((await m.email.getEmails({ folder })).map(({ subject }) => subject)).toEqual(["in it"]);
    expect((await m.email.searchEmails({ folder })).emails).toHaveLength(1);
  });

  it("can be opened by every name that mails are shown with", async () => {
    await using m = await mailbox(
      ["WORK", "Projects/Apollo"],
      [{ labels: ["INBOX", "UNREAD", "CATEGORY_SOCIAL", "STARRED", "IMPORTANT", "WORK", "Projects/Apollo"] }],
    );
    const labels = (await m.email.getEmails())[0]?.labels ?? [];
    expect(labels).toHaveLength(7);
    for (const folder of labels) expect(await m.email.getEmails({ folder })).toHaveLength(1);
  });

  it.each(["constructor", "__proto__", "NOWHERE"])("called %s, which is none, is not found", async (folder) => {
    await using m = await mailbox([], []);
    await expect(m.email.getEmails({ folder })).rejects.toMatchObject({ code: "request.not_found" });
  });

  it.each([
    ["aborts", (): { signal?: AbortSignal; timeoutMs?: number } => ({ signal: AbortSignal.timeout(50) })],
    ["has no time left", () => ({ timeoutMs: 50 })],
  ])("is found for one caller although another one, who asked for the same names, %s", async (_, limits) => {
    await using m = await mailbox(["Lab"], [{ labels: ["Lab"] }], 100);
    const [first, second] = await Promise.allSettled([
      m.email.getEmails({ folder: "Lab", ...limits() }),
      m.email.getEmails({ folder: "Lab" }),
    ]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
    expect(m.sandbox.requests.filter(({ method }) => method === "gmail.users.labels.list")).toHaveLength(1);
  });
});
