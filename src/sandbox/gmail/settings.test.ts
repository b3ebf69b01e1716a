import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gmailClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const userId = "me";

describe("settings in the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    const mailSettings = {
      sendAs: [
        { sendAsEmail: alice, signature: "<b>Alice</b>" },
        { sendAsEmail: "info@example.com", displayName: "Info", isDefault: true },
      ],
      filters: [{ criteria: { from: "bob" }, action: { addLabelIds: ["Work"] } }],
      forwardingAddresses: ["archive@example.com"],
      vacation: { enableAutoReply: true, responseSubject: "Away" },
    };
    sandbox = await createGoogleSandbox({
      seed: { users: [{ email: alice, name: "Alice", labels: ["Work"], mailSettings }, { email: "bob@example.com" }] },
    });
  });
  afterEach(() => sandbox.close());

  it("are those of the seed", async () => {
    const { settings } = gmailClient(sandbox, alice, ["settings.basic"]).users;
    const { data } = await settings.sendAs.list({ userId });
    expect(data.sendAs).toEqual([
      {
        sendAsEmail: alice,
        displayName: "Alice",
        replyToAddress: "",
        signature: "<b>Alice</b>",
        isPrimary: true,
        isDefault: false,
      },
      {
        sendAsEmail: "info@example.com",
        displayName: "Info",
        isDefault: true,
        treatAsAlias: true,
        verificationStatus: "accepted",
      },
    ]);
    const alias = await settings.sendAs.get({ userId, sendAsEmail: "info@example.com" });
    expect(alias.data).toEqual(data.sendAs?.[1]);
    const [filter] = (await settings.filters.list({ userId })).data.filter ?? [];
    expect(filter).toMatchObject({ criteria: { from: "bob" }, action: { addLabelIds: ["Label_1"] } });
    expect((await settings.filters.get({ userId, id: filter?.id ?? "" })).data).toEqual(filter);
    const address = { forwardingEmail: "archive@example.com", verificationStatus: "accepted" };
    expect((await settings.forwardingAddresses.list({ userId })).data.forwardingAddresses).toEqual([address]);
    const forwardingEmail = address.forwardingEmail;
    expect((await settings.forwardingAddresses.get({ userId, forwardingEmail })).data).toEqual(address);
    expect((await settings.getVacation({ userId })).data).toEqual({ enableAutoReply: true, responseSubject: "Away" });
  });

  it("are those of a new account where the seed says nothing", async () => {
    const { settings } = gmailClient(sandbox, "bob@example.com", ["readonly"]).users;
    expect((await settings.sendAs.list({ userId })).data.sendAs).toMatchObject([
      { sendAsEmail: "bob@example.com", isDefault: true, isPrimary: true },
    ]);
    expect((await settings.filters.list({ userId })).data).toEqual({});
    expect((await settings.getVacation({ userId })).data).toEqual({ enableAutoReply: false });
    expect((await settings.getAutoForwarding({ userId })).data).toEqual({ enabled: false });
    expect((await settings.getImap({ userId })).data).toMatchObject({ enabled: true });
    expect((await settings.getPop({ userId })).data).toMatchObject({ accessWindow: "disabled" });
    expect((await settings.getLanguage({ userId })).data).toEqual({ displayLanguage: "en" });
  });

  it("that are not there are not found, and need a scope", async () => {
    const { settings } = gmailClient(sandbox, alice, ["settings.basic"]).users;
    const notFound = refusal(404, "notFound");
    await expect(settings.sendAs.get({ userId, sendAsEmail: "x@example.com" })).rejects.toMatchObject(notFound);
    await expect(settings.filters.get({ userId, id: "x" })).rejects.toMatchObject(notFound);
    const { settings: foreign } = gmailClient(sandbox, alice, ["compose"]).users;
    await expect(foreign.getVacation({ userId })).rejects.toMatchObject(refusal(403, "insufficientPermissions"));
  });
});
