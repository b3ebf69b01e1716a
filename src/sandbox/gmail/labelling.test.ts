import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gmailClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const userId = "me";
const invalid = refusal(400, "invalidArgument");

describe("labels in the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  let api: gmail_v1.Gmail;
  let ids: string[];
  beforeEach(async () => {
    const messages = ["One", "Two", "Three"].map((subject, index) => ({
      subject,
      thread: index < 2 ? "both" : "alone",
      date: 1_790_000_000_000 - index,
    }));
    const draft = { subject: "Draft", labels: ["DRAFT"], date: 1_780_000_000_000 };
    sandbox = await createGoogleSandbox({
      seed: { users: [{ email: alice, labels: ["Work", "Home"], messages: [...messages, draft] }] },
    });
    api = gmailClient(sandbox, alice);
    ids = sandbox.inspect.messages(alice).map(({ id }) => String(id));
  });
  afterEach(() => sandbox.close());

  const labelsOf = (id = ""): unknown => sandbox.inspect.message(alice, id)?.["labelIds"];
  const modify = (id: string | undefined, requestBody: gmail_v1.Schema$ModifyMessageRequest) =>
    api.users.messages.modify({ userId, id: id ?? "", requestBody });

  it("are put on a mail and taken off, whatever was there before", async () => {
    const { data } = await modify(ids[0], { addLabelIds: ["Label_1", "INBOX"], removeLabelIds: ["UNREAD", "STARRED"] });
    expect(data).toMatchObject({ id: ids[0], labelIds: ["INBOX", "Label_1"] });
    expect(labelsOf(ids[1])).toEqual(["INBOX", "UNREAD"]);
  });

  it("that are unknown, Google's own, both ways or none at all are refused", async () => {
    for (const change of [
      { addLabelIds: ["Work"] },
      { removeLabelIds: ["SENT"] },
      { addLabelIds: ["DRAFT"] },
      { addLabelIds: ["Label_1"], removeLabelIds: ["Label_1"] },
      { addLabelIds: Array.from({ length: 101 }, () => "Label_1") },
      {},
    ]) {
      await expect(modify(ids[0], change), JSON.stringify(change)).rejects.toMatchObject(invalid);
    }
    await expect(modify("no id", { addLabelIds: ["Label_1"] })).rejects.toMatchObject(invalid);
    await expect(modify("19ffffffffffffff", { addLabelIds: ["Label_1"] })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
    await expect(modify(ids[3], { addLabelIds: ["Label_1"] })).rejects.toMatchObject(invalid); // a draft
    expect(labelsOf(ids[0])).toEqual(["INBOX", "UNREAD"]);
  });

  it("go to a thousand mails at once, and ids of none are passed over", async () => {
    const change = { addLabelIds: ["Label_2"], removeLabelIds: ["INBOX"] };
    const many = { ids: [ids[0] ?? "", ids[2] ?? "", "19ffffffffffffff"], ...change };
    expect((await api.users.messages.batchModify({ userId, requestBody: many })).status).toBe(204);
    expect([labelsOf(ids[0]), labelsOf(ids[1]), labelsOf(ids[2])]).toEqual([
      ["UNREAD", "Label_2"],
      ["INBOX", "UNREAD"],
      ["UNREAD", "Label_2"],
    ]);
    const tooMany = { ids: Array.from({ length: 1001 }, () => ids[0] ?? ""), ...change };
    await expect(api.users.messages.batchModify({ userId, requestBody: tooMany })).rejects.toMatchObject(invalid);
    await expect(api.users.messages.batchModify({ userId, requestBody: change })).rejects.toMatchObject(invalid);
  });

  it("go to mails whose ids are written in capitals, and to none when one is no id at all", async () => {
    const requestBody = { ids: [(ids[0] ?? "").toUpperCase()], removeLabelIds: ["INBOX"] };
    await api.users.messages.batchModify({ userId, requestBody });
    expect(labelsOf(ids[0])).toEqual(["UNREAD"]);
    const wrong = { ids: [ids[1] ?? "", "no id"] };
    const modify = api.users.messages.batchModify({ userId, requestBody: { ...wrong, removeLabelIds: ["INBOX"] } });
    await expect(modify).rejects.toMatchObject(invalid);
    await expect(api.users.messages.batchDelete({ userId, requestBody: wrong })).rejects.toMatchObject(invalid);
    expect(labelsOf(ids[1])).toEqual(["INBOX", "UNREAD"]);
  });

  it("say what is in the trash: out of the inbox with it, and not back by itself", async () => {
    const id = ids[0] ?? "";
    expect((await api.users.messages.trash({ userId, id })).data.labelIds).toEqual(["UNREAD", "TRASH"]);
    expect((await api.users.messages.list({ userId })).data.messages).toHaveLength(3);
    expect((await api.users.messages.untrash({ userId, id })).data.labelIds).toEqual(["UNREAD"]);
  });

  it("change for a whole conversation", async () => {
    const threadId = String(sandbox.inspect.message(alice, ids[0] ?? "")?.["threadId"]);
    const requestBody = { addLabelIds: ["Label_1"], removeLabelIds: ["UNREAD"] };
    const { data } = await api.users.threads.modify({ userId, id: threadId, requestBody });
    expect(data.messages?.map(({ id, labelIds }) => [id, labelIds])).toEqual([
      [ids[1], ["INBOX", "Label_1"]],
      [ids[0], ["INBOX", "Label_1"]],
    ]);
    await api.users.threads.trash({ userId, id: threadId });
    expect(labelsOf(ids[0])).toEqual(["Label_1", "TRASH"]);
    await api.users.threads.untrash({ userId, id: threadId });
    expect((await api.users.threads.list({ userId, labelIds: ["Label_1"] })).data).toMatchObject({
      threads: [{ id: threadId, historyId: expect.stringMatching(/^\d+$/) as string }],
      resultSizeEstimate: 1,
    });
    expect((await api.users.threads.delete({ userId, id: threadId })).status).toBe(204);
    await expect(api.users.threads.get({ userId, id: threadId })).rejects.toMatchObject(refusal(404, "notFound"));
    expect(sandbox.inspect.messages(alice)).toHaveLength(2);
  });

  it("leave with a mail that is deleted for good, and the rest stays", async () => {
    expect((await api.users.messages.delete({ userId, id: ids[0] ?? "" })).status).toBe(204);
    await expect(api.users.messages.delete({ userId, id: ids[0] ?? "" })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
    await api.users.messages.batchDelete({ userId, requestBody: { ids: [ids[1] ?? "", ids[1] ?? ""] } });
    expect(sandbox.inspect.messages(alice).map(({ id }) => id)).toEqual([ids[2], ids[3]]);
  });

  it("are made, renamed, coloured and deleted, and mails lose a deleted one", async () => {
    const color = { textColor: "#ffffff", backgroundColor: "#16a766" };
    const { data: made } = await api.users.labels.create({ userId, requestBody: { name: "Work/Harbour", color } });
    expect(made).toEqual({
      id: "Label_3",
      name: "Work/Harbour",
      type: "user",
      messageListVisibility: "show",
      labelListVisibility: "labelShow",
      color,
    });
    const id = made.id ?? "";
    const patched = (await api.users.labels.patch({ userId, id, requestBody: { name: "Quay" } })).data;
    expect(patched).toEqual({ ...made, name: "Quay" });
    const hidden = { name: "Quay", labelListVisibility: "labelHide" };
    const updated = (await api.users.labels.update({ userId, id, requestBody: hidden })).data;
    expect(updated).toMatchObject(hidden);
    expect(updated).not.toHaveProperty("color");
    await modify(ids[0], { addLabelIds: [id] });
    expect((await api.users.labels.get({ userId, id })).data).toMatchObject({ messagesTotal: 1, threadsUnread: 1 });
    expect((await api.users.labels.delete({ userId, id })).status).toBe(204);
    expect(labelsOf(ids[0])).toEqual(["INBOX", "UNREAD"]);
    await expect(api.users.labels.get({ userId, id })).rejects.toMatchObject(refusal(404, "notFound"));
  });

  it("keep their names apart from each other's and from Google's", async () => {
    const create = (requestBody: gmail_v1.Schema$Label) => api.users.labels.create({ userId, requestBody });
    await expect(create({ name: "work" })).rejects.toMatchObject(refusal(409, "aborted"));
    for (const name of ["Inbox", "Drafts", "", "/x", "a".repeat(226)]) {
      await expect(create({ name }), name).rejects.toMatchObject(invalid);
    }
    const odd = { textColor: "#123456", backgroundColor: "#16a766" };
    await expect(create({ name: "Odd", color: odd })).rejects.toMatchObject(invalid);
    await expect(create({ name: "Odd", labelListVisibility: "perhaps" })).rejects.toMatchObject(invalid);
    await expect(
      api.users.labels.patch({ userId, id: "Label_1", requestBody: { name: "Home" } }),
    ).rejects.toMatchObject(refusal(409, "aborted"));
    for (const change of [
      api.users.labels.delete({ userId, id: "INBOX" }),
      api.users.labels.update({ userId, id: "INBOX", requestBody: { name: "In" } }),
      api.users.labels.patch({ userId, id: "SPAM", requestBody: { name: "Ham" } }),
    ]) {
      await expect(change).rejects.toMatchObject(invalid);
    }
    const { data } = await api.users.labels.list({ userId });
    expect(data.labels?.filter(({ type }) => type === "user").map(({ name }) => name)).toEqual(["Work", "Home"]);
  });
});
