import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gmailClient, refusal } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, type GoogleSandbox, type SandboxSeed } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const userId = "me";
const now = Date.parse("2026-11-23T12:00:00Z");
const dayMs = 86_400_000;

describe("what changed in the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  let api: gmail_v1.Gmail;
  let start: string;
  let ids: string[];
  const open = async (change: Partial<SandboxSeed> = {}): Promise<void> => {
    const messages = [
      { subject: "One", date: now - 1000 },
      { subject: "Two", date: now - 2000 },
    ];
    sandbox = await createGoogleSandbox({
      seed: { users: [{ email: alice, labels: ["Work"], messages }, { email: bob }], ...change },
      clock: movedClock(now),
    });
    api = gmailClient(sandbox, alice);
    start = (await api.users.getProfile({ userId })).data.historyId ?? "";
    ids = sandbox.inspect.messages(alice).map(({ id }) => String(id));
  };
  beforeEach(() => open());
  afterEach(() => sandbox.close());

  const list = async (params: Partial<gmail_v1.Params$Resource$Users$History$List> = {}) =>
    (await api.users.history.list({ userId, startHistoryId: start, ...params })).data;
  const modify = (id: string | undefined, requestBody: gmail_v1.Schema$ModifyMessageRequest) =>
    api.users.messages.modify({ userId, id: id ?? "", requestBody });
  const expire = refusal(404, "notFound");

  it("is nothing at first", async () => {
    expect(await list()).toEqual({ historyId: start });
  });

  it("is told in order, with the labels as they were after each change", async () => {
    await modify(ids[0], { addLabelIds: ["STARRED", "Label_1"], removeLabelIds: ["UNREAD"] });
    await modify(ids[0], { addLabelIds: ["STARRED"] }); // nothing new
    const raw = Buffer.from(`To: ${alice}\r\nSubject: Hi\r\n\r\n`).toString("base64url");
    await gmailClient(sandbox, bob).users.messages.send({ userId, requestBody: { raw } });
    await api.users.messages.delete({ userId, id: ids[1] ?? "" });
    const { history = [], historyId } = await list();
    const received = sandbox.inspect.messages(alice)[0];
    const message = { id: ids[0], threadId: ids[0] };
    const labelIds = ["INBOX", "STARRED", "Label_1"];
    expect(history).toEqual([
      {
        id: String(BigInt(start) + 1n),
        messages: [message],
        labelsRemoved: [{ message: { ...message, labelIds }, labelIds: ["UNREAD"] }],
        labelsAdded: [{ message: { ...message, labelIds }, labelIds: ["STARRED", "Label_1"] }],
      },
      {
        id: String(BigInt(start) + 2n),
        messages: [{ id: received?.["id"], threadId: received?.["threadId"] }],
        messagesAdded: [
          { message: { id: received?.["id"], threadId: received?.["threadId"], labelIds: received?.["labelIds"] } },
        ],
      },
      {
        id: String(BigInt(start) + 3n),
        messages: [{ id: ids[1], threadId: ids[1] }],
        messagesDeleted: [{ message: { id: ids[1], threadId: ids[1], labelIds: ["INBOX", "UNREAD"] } }],
      },
    ]);
    expect(historyId).toBe(history.at(-1)?.id);
    expect((await api.users.messages.get({ userId, id: ids[0] ?? "" })).data.historyId).toBe(history[0]?.id);
    expect(await list({ startHistoryId: historyId ?? "" })).toEqual({ historyId });
  });

  it("is filtered by kind and by label", async () => {
    await modify(ids[0], { addLabelIds: ["Label_1"] });
    await modify(ids[1], { removeLabelIds: ["UNREAD"] });
    const kinds = async (params: object) => (await list(params)).history?.map((each) => Object.keys(each)[2]);
    expect(await kinds({ historyTypes: ["labelRemoved"] })).toEqual(["labelsRemoved"]);
    expect(await kinds({ historyTypes: ["messageAdded", "messageDeleted"] })).toBeUndefined();
    expect(await kinds({ labelId: "Label_1" })).toEqual(["labelsAdded"]);
    expect(await kinds({ labelId: "UNREAD" })).toEqual(["labelsAdded", "labelsRemoved"]);
    await expect(list({ historyTypes: ["weather"] })).rejects.toMatchObject(refusal(400, "invalid"));
    await expect(list({ historyTypes: ["constructor"] })).rejects.toMatchObject(refusal(400, "invalid"));
  });

  it("comes by pages", async () => {
    for (const label of ["STARRED", "IMPORTANT", "Label_1"]) await modify(ids[0], { addLabelIds: [label] });
    const first = await list({ maxResults: 2 });
    expect(first.history).toHaveLength(2);
    const second = await list({ maxResults: 2, pageToken: first.nextPageToken ?? "" });
    expect(second.history?.map(({ id }) => id)).toEqual([String(BigInt(start) + 3n)]);
    expect(second).not.toHaveProperty("nextPageToken");
  });

  it("is forgotten after a week, and when Gmail does so earlier", async () => {
    await modify(ids[0], { addLabelIds: ["STARRED"] });
    sandbox.clock.advance(6 * dayMs);
    api = gmailClient(sandbox, alice);
    await modify(ids[0], { addLabelIds: ["Label_1"] });
    expect((await list()).history).toHaveLength(2);
    sandbox.clock.advance(2 * dayMs);
    api = gmailClient(sandbox, alice);
    await expect(list()).rejects.toMatchObject(expire);
    const { historyId } = (await api.users.getProfile({ userId })).data;
    expect((await list({ startHistoryId: historyId ?? "" })).history).toBeUndefined();
    sandbox.expireHistory(alice);
    await expect(list({ startHistoryId: historyId ?? "" })).rejects.toMatchObject(expire);
  });

  it("is refused for ids that were never given and for what is none", async () => {
    await expect(list({ startHistoryId: "99999999999" })).rejects.toMatchObject(expire);
    await expect(list({ startHistoryId: "1" })).rejects.toMatchObject(expire);
    for (const startHistoryId of ["soon", "-1", "18446744073709551616"]) {
      await expect(list({ startHistoryId })).rejects.toMatchObject(refusal(400, "invalid"));
    }
    await expect(api.users.history.list({ userId })).rejects.toMatchObject(refusal(400, "invalidArgument"));
  });

  it("has ids that are larger than a number of JavaScript can be", async () => {
    await sandbox.close();
    await open({ gmail: { historyStart: "18446744060000000000" } });
    expect(start).toBe("18446744060000000002");
    await modify(ids[0], { addLabelIds: ["STARRED"] });
    expect((await list()).historyId).toBe("18446744060000000003");
  });

  describe("is published to a topic", () => {
    const topicName = "projects/sandbox-project/topics/mail";
    const watch = (requestBody: gmail_v1.Schema$WatchRequest) => api.users.watch({ userId, requestBody });
    const published = () => sandbox.inspect.published(alice).map(({ data }) => data.historyId);

    it("that watches, from the beginning until it stops or a week has passed", async () => {
      const { data } = await watch({ topicName });
      expect(data).toEqual({ historyId: start, expiration: String(now + 7 * dayMs) });
      await modify(ids[0], { addLabelIds: ["STARRED"] });
      expect(published()).toEqual([start, String(BigInt(start) + 1n)]);
      await api.users.stop({ userId });
      await modify(ids[0], { removeLabelIds: ["STARRED"] });
      expect(published()).toHaveLength(2);
      await watch({ topicName });
      sandbox.clock.advance(7 * dayMs);
      api = gmailClient(sandbox, alice);
      await modify(ids[0], { addLabelIds: ["STARRED"] });
      expect(published()).toHaveLength(3);
    });

    it("for the labels that it wants, or does not want", async () => {
      await watch({ topicName, labelIds: ["Label_1"] });
      await modify(ids[0], { addLabelIds: ["STARRED"] });
      expect(published()).toHaveLength(1);
      await modify(ids[0], { addLabelIds: ["Label_1"] });
      expect(published()).toHaveLength(2);
      await watch({ topicName, labelIds: ["Label_1"], labelFilterBehavior: "exclude" });
      await modify(ids[0], { removeLabelIds: ["STARRED"] });
      expect(published()).toHaveLength(3);
      await modify(ids[1], { addLabelIds: ["STARRED"] });
      expect(published()).toHaveLength(4);
    });

    it("of one's own project only, and of one at a time", async () => {
      const invalid = refusal(400, "invalidArgument");
      await expect(watch({ topicName: "projects/other/topics/mail" })).rejects.toMatchObject(invalid);
      await expect(watch({})).rejects.toMatchObject(invalid);
      await expect(watch({ topicName, labelIds: ["Nope"] })).rejects.toMatchObject(invalid);
      await watch({ topicName });
      await expect(watch({ topicName: `${topicName}2` })).rejects.toMatchObject(invalid);
      await api.users.stop({ userId });
      expect((await watch({ topicName: `${topicName}2` })).status).toBe(200);
    });
  });
});
