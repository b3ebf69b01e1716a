import { describe, expect, it } from "vitest";
import { movedClock } from "../../../../test/support/moved-clock.js";
import { openWorld, withClient } from "../../../../test/support/world.js";
import { createEmailClient } from "../../../integrations.js";

const alice = "alice@example.com";

async function mailbox() {
  const clock = movedClock(Date.parse("2026-03-31T12:00:00Z"));
  const labels = ["Projects/Apollo", "Two words", 'quo"te'];
  const messages = [
    { subject: "moon", labels: ["Projects/Apollo"], date: "2026-03-30T23:30:00Z" },
    { subject: "two", labels: ["Two words"], date: "2026-02-27T12:00:00Z" },
    { subject: "bin", labels: ["TRASH"], date: "2026-03-01T12:00:00Z" },
  ];
  const world = await openWorld({ seed: { users: [{ email: alice, labels, messages }] }, clock, limits: "none" });
  const options = await world.signIn("google_gmail", alice);
  await world.credentials.storeCredentials("google_gmail", { userTimezone: "Europe/Berlin" });
  const email = createEmailClient("google_gmail", options);
  const asked = async (search: string) => {
    world.sandbox.clearRequests();
    const { emails } = await email.searchEmails(search);
    const list = world.sandbox.findRequests({ method: "gmail.users.messages.list" })[0];
    return { found: emails.map(({ subject }) => subject), query: new URL(list?.path ?? "", "http://x").searchParams };
  };
  return withClient(world, email, { email, asked });
}

describe("a search of Gmail", () => {
  it("has its dates in the profile's zone, as seconds", async () => {
    await using m = await mailbox();
    // 23:30 in UTC is the next day in Berlin.
    const { found, query } = await m.asked("after:2026-03-31");
    expect([found, query.get("q")]).toEqual([["moon"], `after:${Date.parse("2026-03-30T22:00:00Z") / 1000}`]);
    expect((await m.asked("before:2026-03-31")).found).toEqual(["two"]);
  });

  it("counts months by the calendar", async () => {
    await using m = await mailbox();
    const { query } = await m.asked("older_than:1m");
    expect(query.get("q")).toBe(`before:${Date.parse("2026-02-28T14:00:00+01:00") / 1000}`);
  });

  it("names folders that every mail is in by id, and others in the language", async () => {
    await using m = await mailbox();
    const all = await m.asked("in:Projects/Apollo moon");
    expect([all.found, all.query.get("q"), all.query.getAll("labelIds")]).toEqual([
      ["moon"],
      "moon",
      [expect.stringMatching(/^Label_/)],
    ]);
    const any = await m.asked('label:projects/apollo OR label:"two words"');
    expect([any.found.sort(), any.query.get("q")]).toEqual([
      ["moon", "two"],
      "{label:Projects-Apollo label:Two-words}",
    ]);
    expect((await m.asked("-label:projects/apollo")).found).toEqual(["two"]);
    expect((await m.asked("{in:trash subject:two}")).found.sort()).toEqual(["bin", "two"]);
  });

  it("lets nothing of a text become an operator", async () => {
    await using m = await mailbox();
    const { query } = await m.asked('"from:bob OR" "in:trash" {"-x" "(y"}');
    expect(query.get("q")).toBe('"from:bob OR" "in:trash" {"-x" "(y"}');
  });

  it("stays the same search on its next pages, although time goes on", async () => {
    await using m = await mailbox();
    const first = await m.email.searchEmails("newer_than:1y", { limit: 1 });
    m.sandbox.clock.advance(3_600_000);
    const second = await m.email.searchEmails("newer_than:1y", { limit: 1, cursor: first.cursor ?? "" });
    expect(second.emails[0]?.subject).toBe("two");
  });
});
