import { describe, expect, it } from "vitest";
import { openWorld, withClient } from "../../../../test/support/world.js";
import { systemClock } from "../../../core/clock.js";
import type { ListOptions } from "../../../email/options.js";
import { createEmailClient } from "../../../integrations.js";
import type { FaultRule, SeedMessage } from "../../../sandbox/index.js";

const alice = "alice@example.com";
const get = "gmail.users.messages.get";
const mails = (count: number): SeedMessage[] =>
  Array.from({ length: count }, (_, index) => ({ subject: `Mail ${index}`, text: "Hello" }));
const failing = (status: number): FaultRule["respond"] => ({
  status,
  body: { error: { code: status, message: "no" } },
});

async function mailbox(messages: SeedMessage[]) {
  const world = await openWorld({ seed: { users: [{ email: alice, messages }] } });
  const email = createEmailClient("google_gmail", await world.signIn("google_gmail", alice));
  await email.connect();
  world.sandbox.clearRequests();
  const asked = (method: string): number => world.sandbox.requests.filter((entry) => entry.method === method).length;
  return withClient(world, email, { email, asked });
}

/** Whether something has ended by the time that it may take at most. */
async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, systemClock.sleep(ms).then(() => false)]);
}

describe("reading mails", () => {
  it("gives as many as were asked for, although some were deleted since they were listed", async () => {
    await using m = await mailbox(mails(20));
    m.sandbox.failNext({ method: get, times: 3, respond: failing(404) });
    expect(await m.email.getRecentEmails({ count: 5 })).toHaveLength(5);
    m.sandbox.failNext({ method: get, times: 3, respond: failing(404) });
    expect(await m.email.getRecentEmails({ count: 20 })).toHaveLength(17);
  });

  it("asks for no page that the limit makes needless", async () => {
    await using m = await mailbox(mails(3));
    await m.email.getEmails({ limit: 2 });
    await m.email.close();
    expect(m.asked("gmail.users.messages.list")).toBe(1);
  });

  it.each([20_000, 36_500, 1e9])("finds everything when it looks back %s days", async (days) => {
    await using m = await mailbox([{ subject: "old", date: "2004-05-01T00:00:00Z" }, ...mails(1)]);
    expect(await m.email.getRecentEmails({ days })).toHaveLength(2);
  });

  it("finds everything after a time before all mail, and nothing before it", async () => {
    await using m = await mailbox(mails(2));
    expect((await m.email.searchEmails({ after: "1960-01-01" })).emails).toHaveLength(2);
    expect((await m.email.searchEmails({ before: "1960-01-01" })).emails).toHaveLength(0);
  });

  it("reads a text again whose id died, and leaves no mail out silently when that is in vain", async () => {
    const attachment = "gmail.users.messages.attachments.get";
    await using m = await mailbox([{ subject: "long", text: "y".repeat(200_000) }, ...mails(1)]);
    m.sandbox.failNext({ method: attachment, times: 9, respond: failing(404) });
    await expect(m.email.getEmails({ includeBody: true })).rejects.toMatchObject({ code: "connection.unavailable" });
    m.sandbox.clearFaults();
    m.sandbox.failNext({ method: attachment, respond: failing(404) });
    const emails = await m.email.getEmails({ includeBody: true });
    expect(emails.map(({ bodyText }) => bodyText?.length)).toContain(200_000);
    expect(emails).toHaveLength(2);
  });

  it.each<[string, unknown, string | undefined]>([
    ["null", null, undefined],
    ["a folder that is none", { folder: null }, "folder"],
    ["a field that is none", { unreadOnly: true }, "unreadOnly"],
    ["a limit in words", { limit: "ten" }, "limit"],
    ["a signal that is none", { signal: "stop" }, "signal"],
  ])("refuses %s as its options, by name", async (_, options, field) => {
    await using m = await mailbox(mails(1));
    await expect(m.email.getEmails(options as ListOptions)).rejects.toMatchObject({
      code: "request.invalid",
      operation: "getEmails",
      details: { field: field ?? "call" },
    });
    expect(m.sandbox.requests).toEqual([]);
  });
});

describe("a call that is over", () => {
  it("leaves nothing running: neither what was read ahead nor what was to be tried again", async () => {
    await using m = await mailbox(mails(60));
    m.sandbox.failNext({ method: get, respond: failing(400) });
    m.sandbox.failNext({ method: get, times: 1000, respond: failing(503) });
    await expect(m.email.getEmails()).rejects.toMatchObject({ code: "request.invalid" });
    await systemClock.sleep(100); // what was on its way has been answered
    const asked = m.asked(get);
    await systemClock.sleep(1500); // the first repeat would come within one second
    expect(m.asked(get)).toBe(asked);
  });

  it("lets the client close at once after its reader stopped, although a request hangs", async () => {
    await using m = await mailbox(mails(60));
    const reading = m.email.iterateEmails("")[Symbol.asyncIterator]();
    m.sandbox.failNext({ method: get, times: 30, respond: "hang" });
    const first = reading.next().catch(() => undefined);
    await systemClock.sleep(50);
    expect(await endsWithin(5_000, m.email.close())).toBe(true);
    expect(await endsWithin(5_000, first)).toBe(true);
  });

  it("is ended by close, and says so; so is every later one", async () => {
    await using m = await mailbox(mails(1));
    m.sandbox.failNext({ method: get, respond: "hang" });
    const hanging = m.email.getEmails().catch((error: unknown) => error);
    await systemClock.sleep(50);
    await m.email.close();
    const closed = { code: "request.invalid", message: "The client was closed.", operation: "getEmails" };
    expect(await hanging).toMatchObject(closed);
    await expect(m.email.getEmails()).rejects.toMatchObject(closed);
  });
});
