import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, describe, expect, it } from "vitest";
import { gmailClient } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox, type SandboxSeed } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const userId = "me";
type Filters = NonNullable<NonNullable<SandboxSeed["users"][number]["mailSettings"]>["filters"]>;

describe("mail that comes into the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  let api: gmail_v1.Gmail;
  const open = async (filters: Filters): Promise<void> => {
    sandbox = await createGoogleSandbox({
      seed: {
        users: [{ email: alice, labels: ["Work", "Play"], mailSettings: { filters } }, { email: bob }],
      },
    });
    api = gmailClient(sandbox, alice, ["full", "settings.basic"]);
  };
  afterEach(() => sandbox.close());

  const raw = (...lines: string[]): string => Buffer.from(lines.join("\r\n")).toString("base64url");
  const send = (lines: string[], client = gmailClient(sandbox, bob)) =>
    client.users.messages.send({ userId, requestBody: { raw: raw(...lines) } });
  const labelsOf = (subject: string): unknown =>
    sandbox.inspect.messages(alice).find(({ payload }) => JSON.stringify(payload).includes(subject))?.["labelIds"];
  const filters = async () => (await api.users.settings.filters.list({ userId })).data.filter ?? [];

  it("is with all whom it is for, or with nobody when a filter cannot be carried out", async () => {
    // What a search may be is not endless: where this fails, it fails as a whole.
    await open([{ criteria: { query: "(".repeat(50_000) }, action: { addLabelIds: ["Work"] } }]);
    const client = gmailClient(sandbox, bob);
    const created = await client.users.drafts.create({
      userId,
      requestBody: { message: { raw: raw(`To: ${alice}`, "Subject: Draft", "", "x") } },
    });
    const drafts = async (): Promise<number> => (await client.users.drafts.list({ userId })).data.drafts?.length ?? 0;
    for (const attempt of [
      () => send([`To: ${alice}`, "Subject: Hi", "", "x"]),
      () => client.users.drafts.send({ userId, requestBody: { id: created.data.id ?? "" } }),
    ]) {
      const before = [alice, bob].map((user) => sandbox.inspect.messages(user).length);
      const draftsBefore = await drafts();
      const sent = await attempt().then(
        () => true,
        () => false,
      );
      const [received = 0, own = 0] = [alice, bob].map((user) => sandbox.inspect.messages(user).length);
      const fewerDrafts = draftsBefore - (await drafts());
      expect([received, own + fewerDrafts]).toEqual(before.map((count) => count + (sent ? 1 : 0)));
    }
  });

  it("has its filters' labels from the start, each filter seeing what those before it did", async () => {
    await open([
      { criteria: { from: bob }, action: { addLabelIds: ["Work"], removeLabelIds: ["INBOX"] } },
      { criteria: { query: "label:work" }, action: { addLabelIds: ["STARRED"] } },
      { criteria: { query: "in:inbox" }, action: { addLabelIds: ["Play"] } },
    ]);
    const startHistoryId = (await api.users.getProfile({ userId })).data.historyId ?? "";
    await send([`To: ${alice}`, "Subject: Sorted", "", "x"]);
    const labelIds = ["UNREAD", "CATEGORY_PERSONAL", "Label_1", "STARRED"];
    expect(labelsOf("Sorted")).toEqual(labelIds);
    const { data } = await api.users.history.list({ userId, startHistoryId });
    expect(data.history).toMatchObject([{ messagesAdded: [{ message: { labelIds } }] }]);
  });

  it("gets no label that is deleted, and filters that do nothing else are gone", async () => {
    await open([
      { criteria: { subject: "one" }, action: { addLabelIds: ["Work"] } },
      { criteria: { subject: "two" }, action: { addLabelIds: ["Work", "STARRED"], removeLabelIds: ["INBOX"] } },
      { criteria: { subject: "three" }, action: { addLabelIds: ["Play"] } },
    ]);
    const [, two, three] = await filters();
    await api.users.labels.delete({ userId, id: "Label_1" });
    const action = { addLabelIds: ["STARRED"], removeLabelIds: ["INBOX"] };
    expect(await filters()).toEqual([{ ...two, action }, three]);
    await send([`To: ${alice}`, "Subject: One", "", "x"]);
    await send([`To: ${alice}`, "Subject: Two", "", "x"]);
    expect(labelsOf("One")).toEqual(["UNREAD", "CATEGORY_PERSONAL", "INBOX"]);
    expect(labelsOf("Two")).toEqual(["UNREAD", "CATEGORY_PERSONAL", "STARRED"]);
  });

  it("joins the thread of a mail that shares its Message-ID with one that is deleted", async () => {
    await open([]);
    const add = async (): Promise<gmail_v1.Schema$Message> => {
      const requestBody = { raw: raw("Message-ID: <plan@x>", "Subject: Plan", "", "x") };
      return (await api.users.messages.insert({ userId, requestBody })).data;
    };
    const answer = async (): Promise<unknown> => {
      await send([`To: ${alice}`, "Subject: Re: Plan", "In-Reply-To: <plan@x>", "", "x"]);
      return sandbox.inspect.messages(alice).at(0)?.["threadId"];
    };
    const [first, second, third] = [await add(), await add(), await add()];
    expect(await answer()).toBe(third.threadId);
    await api.users.messages.delete({ userId, id: third.id ?? "" });
    expect(await answer()).toBe(second.threadId);
    await api.users.threads.delete({ userId, id: second.threadId ?? "" });
    expect(await answer()).toBe(first.threadId);
  });
});
