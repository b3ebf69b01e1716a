import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { delegatedGmailClient } from "../../../test/support/delegated-client.js";
import { gmailClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";
import { gmailScopes } from "../oauth/scopes.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const robot = "robot@studio.iam.gserviceaccount.com";
const userId = "me";
const invalid = refusal(400, "invalidArgument");
const failed = refusal(400, "failedPrecondition");
const notFound = refusal(404, "notFound");

describe("changing settings in the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  let own: gmail_v1.Resource$Users$Settings;
  let delegated: gmail_v1.Resource$Users$Settings;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({
      seed: {
        users: [{ email: alice, name: "Alice", labels: ["Work", "Play"] }, { email: bob }],
        serviceAccounts: [{ clientEmail: robot, delegatedScopes: Object.values(gmailScopes) }],
      },
    });
    own = gmailClient(sandbox, alice, ["settings.basic", "settings.sharing"]).users.settings;
    const scopes = [gmailScopes.settingsBasic, gmailScopes.settingsSharing];
    delegated = (await delegatedGmailClient(sandbox, robot, alice, scopes)).users.settings;
  });
  afterEach(() => sandbox.close());

  const send = async (from: string, to: string, subject: string, sender: string): Promise<void> => {
    const raw = Buffer.from(`From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\nx`).toString("base64url");
    await gmailClient(sandbox, sender).users.messages.send({ userId, requestBody: { raw } });
  };
  const newest = async (user: string): Promise<gmail_v1.Schema$Message> => {
    const { messages } = gmailClient(sandbox, user).users;
    const { data } = await messages.list({ userId, maxResults: 1 });
    return (await messages.get({ userId, id: data.messages?.[0]?.id ?? "" })).data;
  };

  it("makes filters that work on what arrives, and deletes them", async () => {
    const requestBody = { criteria: { from: bob, subject: "invoice" }, action: { addLabelIds: ["Label_1"] } };
    const { data: filter } = await own.filters.create({ userId, requestBody });
    expect(filter).toEqual({ id: expect.any(String) as string, ...requestBody });
    await send(bob, alice, "Invoice 7", bob);
    expect((await newest(alice)).labelIds).toContain("Label_1");
    const id = filter.id ?? "";
    expect((await own.filters.delete({ userId, id })).status).toBe(204);
    await send(bob, alice, "Invoice 8", bob);
    expect((await newest(alice)).labelIds).not.toContain("Label_1");
    await expect(own.filters.delete({ userId, id })).rejects.toMatchObject(notFound);
  });

  it.each([
    ["without criteria", { action: { addLabelIds: ["STARRED"] } }, invalid],
    [
      "whose criteria say nothing",
      { criteria: { from: "", hasAttachment: false }, action: { addLabelIds: ["STARRED"] } },
      invalid,
    ],
    ["that does nothing", { criteria: { from: "x" }, action: {} }, invalid],
    ["with an unknown label", { criteria: { from: "x" }, action: { addLabelIds: ["Label_9"] } }, invalid],
    [
      "with two labels of one's own",
      { criteria: { from: "x" }, action: { addLabelIds: ["Label_1", "Label_2"] } },
      invalid,
    ],
    ["with a size and nothing to compare", { criteria: { size: 5 }, action: { addLabelIds: ["STARRED"] } }, invalid],
    ["that forwards to anybody", { criteria: { from: "x" }, action: { forward: "x@example.com" } }, failed],
  ])("refuses a filter %s", async (_, requestBody, refused) => {
    await expect(own.filters.create({ userId, requestBody })).rejects.toMatchObject(refused);
    expect((await own.filters.list({ userId })).data).toEqual({});
  });

  it("refuses the same filter twice", async () => {
    const requestBody = { criteria: { to: "x", from: "y" }, action: { removeLabelIds: ["INBOX"] } };
    await own.filters.create({ userId, requestBody });
    const again = { ...requestBody, criteria: { from: "y", to: "x" } };
    await expect(own.filters.create({ userId, requestBody: again })).rejects.toMatchObject(failed);
  });

  it("writes vacation, IMAP, POP and language whole", async () => {
    const vacation = { enableAutoReply: true, responseSubject: "Away", startTime: "1", endTime: "2" };
    expect((await own.updateVacation({ userId, requestBody: vacation })).data).toEqual(vacation);
    expect((await own.getVacation({ userId })).data).toEqual(vacation);
    const html = { enableAutoReply: true, responseBodyHtml: '<p onclick="x()">Away</p><script>x()</script>' };
    const { data: kept } = await own.updateVacation({ userId, requestBody: html });
    expect(kept.responseBodyHtml).toBe("<p>Away</p>");
    const pop = { accessWindow: "allMail", disposition: "archive" };
    expect((await own.updatePop({ userId, requestBody: pop })).data).toEqual(pop);
    await own.updateImap({ userId, requestBody: { enabled: true, maxFolderSize: 1000 } });
    expect((await own.getImap({ userId })).data).toMatchObject({ enabled: true, maxFolderSize: 1000 });
    expect((await own.updateLanguage({ userId, requestBody: { displayLanguage: "de" } })).data).toEqual({
      displayLanguage: "de",
    });
  });

  it("refuses settings that Google does not have", async () => {
    const silent = { enableAutoReply: true };
    await expect(own.updateVacation({ userId, requestBody: silent })).rejects.toMatchObject(invalid);
    const tooLate = { startTime: "9223372036854775808" };
    await expect(own.updateVacation({ userId, requestBody: tooLate })).rejects.toMatchObject(refusal(400, "invalid"));
    const backwards = { startTime: "2", endTime: "1" };
    await expect(own.updateVacation({ userId, requestBody: backwards })).rejects.toMatchObject(invalid);
    await expect(own.updatePop({ userId, requestBody: { accessWindow: "some" } })).rejects.toMatchObject(invalid);
    await expect(own.updateImap({ userId, requestBody: { maxFolderSize: 7 } })).rejects.toMatchObject(invalid);
    const tooLarge = own.updateImap({ userId, requestBody: { maxFolderSize: 2 ** 31 } });
    await expect(tooLarge).rejects.toMatchObject(refusal(400, "invalid"));
    await expect(own.updateLanguage({ userId, requestBody: {} })).rejects.toMatchObject(invalid);
    const reader = gmailClient(sandbox, alice, ["readonly"]).users.settings;
    const scope = refusal(403, "insufficientPermissions");
    await expect(reader.updatePop({ userId, requestBody: {} })).rejects.toMatchObject(scope);
  });

  it("lets a person's own client change the account's address, and only service accounts anything else", async () => {
    const signature = '<b onclick="x()">Alice</b><script>x()</script>';
    const { data } = await own.sendAs.patch({ userId, sendAsEmail: alice, requestBody: { signature } });
    expect(data).toMatchObject({ signature: "<b>Alice</b>", displayName: "Alice", isPrimary: true, isDefault: true });
    const { data: whole } = await own.sendAs.update({ userId, sendAsEmail: alice, requestBody: { displayName: "A." } });
    expect(whole).toMatchObject({ signature: "", displayName: "A.", isPrimary: true });
    const forbidden = refusal(403, "forbidden");
    const info = { sendAsEmail: "info@example.com" };
    await expect(own.sendAs.create({ userId, requestBody: info })).rejects.toMatchObject(forbidden);
    await expect(own.delegates.create({ userId, requestBody: { delegateEmail: bob } })).rejects.toMatchObject(
      forbidden,
    );
    const forwarding = { userId, requestBody: { forwardingEmail: bob } };
    await expect(own.forwardingAddresses.create(forwarding)).rejects.toMatchObject(forbidden);
    await expect(own.updateAutoForwarding({ userId, requestBody: {} })).rejects.toMatchObject(forbidden);
    await delegated.sendAs.create({ userId, requestBody: info });
    await expect(own.sendAs.patch({ userId, ...info, requestBody: {} })).rejects.toMatchObject(forbidden);
    await expect(own.sendAs.delete({ userId, ...info })).rejects.toMatchObject(forbidden);
  });

  it("sends as an alias from when it is made until it is gone", async () => {
    const info = { sendAsEmail: "info@example.com" };
    const from = async (): Promise<string | null | undefined> => {
      await send("info@example.com", bob, "Hi", alice);
      return (await newest(bob)).payload?.headers?.find(({ name }) => name === "From")?.value;
    };
    expect(await from()).toBe('"Alice" <alice@example.com>');
    const { data } = await delegated.sendAs.create({ userId, requestBody: { ...info, isDefault: true } });
    expect(data).toMatchObject({ ...info, isDefault: true, treatAsAlias: true, verificationStatus: "accepted" });
    expect((await own.sendAs.get({ userId, sendAsEmail: alice })).data.isDefault).toBe(false);
    expect(await from()).toBe("info@example.com");
    expect((await delegated.sendAs.delete({ userId, ...info })).status).toBe(204);
    expect((await own.sendAs.get({ userId, sendAsEmail: alice })).data.isDefault).toBe(true);
    expect(await from()).toBe('"Alice" <alice@example.com>');
  });

  it("keeps aliases of other domains pending, and refuses what cannot be with an alias", async () => {
    const elsewhere = { sendAsEmail: "alice@elsewhere.example" };
    const smtpMsa = { host: "smtp.elsewhere.example", port: 587, securityMode: "starttls" };
    const requestBody = { ...elsewhere, smtpMsa: { ...smtpMsa, password: "secret" } };
    const { data } = await delegated.sendAs.create({ userId, requestBody });
    expect(data).toMatchObject({ verificationStatus: "pending", isDefault: false });
    expect(data.smtpMsa).toEqual(smtpMsa);
    expect((await delegated.sendAs.verify({ userId, ...elsewhere })).status).toBe(204);
    const toDefault = { userId, ...elsewhere, requestBody: { isDefault: true } };
    await expect(delegated.sendAs.patch(toDefault)).rejects.toMatchObject(failed);
    sandbox.confirmAddress(alice, elsewhere.sendAsEmail);
    expect((await delegated.sendAs.patch(toDefault)).data).toMatchObject({
      verificationStatus: "accepted",
      isDefault: true,
    });
    expect(() => sandbox.confirmAddress(alice, elsewhere.sendAsEmail)).toThrow(/does not wait/);
    const create = (requestBody: object) => delegated.sendAs.create({ userId, requestBody });
    await expect(create(elsewhere)).rejects.toMatchObject(refusal(409, "alreadyExists"));
    await expect(create({ sendAsEmail: "nobody" })).rejects.toMatchObject(invalid);
    const primary = { userId, sendAsEmail: alice };
    await expect(delegated.sendAs.delete(primary)).rejects.toMatchObject(invalid);
    await expect(delegated.sendAs.verify(primary)).rejects.toMatchObject(failed);
    await expect(delegated.sendAs.patch({ ...primary, requestBody: { isDefault: false } })).rejects.toMatchObject(
      invalid,
    );
    await expect(delegated.sendAs.delete({ userId, sendAsEmail: "x@y.z" })).rejects.toMatchObject(notFound);
  });
});
