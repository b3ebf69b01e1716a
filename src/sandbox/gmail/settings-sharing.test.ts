import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { delegatedGmailClient } from "../../../test/support/delegated-client.js";
import { gmailClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";
import { gmailScopes } from "../oauth/scopes.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const carol = "carol@example.com";
const robot = "robot@studio.iam.gserviceaccount.com";
const userId = "me";
const invalid = refusal(400, "invalidArgument");
const failed = refusal(400, "failedPrecondition");
const notFound = refusal(404, "notFound");

describe("who else gets mail in the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  let own: gmail_v1.Resource$Users$Settings;
  let delegated: gmail_v1.Resource$Users$Settings;
  beforeEach(async () => {
    const mailSettings = {
      sendAs: [{ sendAsEmail: "Info@Example.com" }],
      forwardingAddresses: ["Archive@Example.com"],
      delegates: ["Carol@Example.com"],
    };
    sandbox = await createGoogleSandbox({
      seed: {
        users: [{ email: alice, mailSettings }, { email: bob }, { email: carol }],
        serviceAccounts: [{ clientEmail: robot, delegatedScopes: Object.values(gmailScopes) }],
      },
    });
    const scopes = [gmailScopes.settingsBasic, gmailScopes.settingsSharing];
    own = gmailClient(sandbox, alice, ["settings.basic", "settings.sharing"]).users.settings;
    delegated = (await delegatedGmailClient(sandbox, robot, alice, scopes)).users.settings;
  });
  afterEach(() => sandbox.close());

  it("forwards only to verified addresses", async () => {
    const add = (forwardingEmail: string) =>
      delegated.forwardingAddresses.create({ userId, requestBody: { forwardingEmail } });
    expect((await add(bob)).data).toEqual({ forwardingEmail: bob, verificationStatus: "accepted" });
    expect((await add("x@elsewhere.example")).data.verificationStatus).toBe("pending");
    await expect(add(bob)).rejects.toMatchObject(refusal(409, "alreadyExists"));
    const forward = (emailAddress: string) =>
      delegated.updateAutoForwarding({ userId, requestBody: { enabled: true, emailAddress, disposition: "archive" } });
    await expect(forward("x@elsewhere.example")).rejects.toMatchObject(failed);
    sandbox.confirmAddress(alice, "x@elsewhere.example");
    expect((await forward("x@elsewhere.example")).data.enabled).toBe(true);
    expect((await forward(bob)).data).toEqual({ enabled: true, emailAddress: bob, disposition: "archive" });
    const gone = { userId, forwardingEmail: bob };
    expect((await delegated.forwardingAddresses.delete(gone)).status).toBe(204);
    expect((await own.getAutoForwarding({ userId })).data).toEqual({ enabled: false });
    await expect(delegated.forwardingAddresses.delete(gone)).rejects.toMatchObject(notFound);
  });

  it("has delegates of the same organization", async () => {
    const add = (delegateEmail: string) => delegated.delegates.create({ userId, requestBody: { delegateEmail } });
    expect((await add(bob)).data).toEqual({ delegateEmail: bob, verificationStatus: "accepted" });
    await expect(add(bob)).rejects.toMatchObject(refusal(409, "alreadyExists"));
    await expect(add("x@elsewhere.example")).rejects.toMatchObject(invalid);
    await expect(add(alice)).rejects.toMatchObject(invalid);
    const gone = { userId, delegateEmail: bob };
    expect((await delegated.delegates.delete(gone)).status).toBe(204);
    await expect(delegated.delegates.delete(gone)).rejects.toMatchObject(notFound);
  });

  it("shows delegates to service accounts only", async () => {
    const forbidden = refusal(403, "forbidden");
    await expect(own.delegates.list({ userId })).rejects.toMatchObject(forbidden);
    await expect(own.delegates.get({ userId, delegateEmail: carol })).rejects.toMatchObject(forbidden);
    const delegate = { delegateEmail: "Carol@Example.com", verificationStatus: "accepted" };
    expect((await delegated.delegates.list({ userId })).data.delegates).toEqual([delegate]);
    expect((await delegated.delegates.get({ userId, delegateEmail: carol })).data).toEqual(delegate);
    await expect(delegated.delegates.get({ userId, delegateEmail: bob })).rejects.toMatchObject(notFound);
  });

  it("goes by no capitals of an address", async () => {
    const alias = await own.sendAs.get({ userId, sendAsEmail: "INFO@example.com" });
    expect(alias.data.sendAsEmail).toBe("Info@Example.com");
    expect((await own.sendAs.get({ userId, sendAsEmail: "Alice@Example.com" })).data.isPrimary).toBe(true);
    const [forwardingEmail, delegateEmail] = ["archive@example.com", carol];
    expect((await own.forwardingAddresses.get({ userId, forwardingEmail })).data.verificationStatus).toBe("accepted");
    const taken = refusal(409, "alreadyExists");
    const forwarding = { userId, requestBody: { forwardingEmail } };
    await expect(delegated.forwardingAddresses.create(forwarding)).rejects.toMatchObject(taken);
    const again = { userId, requestBody: { delegateEmail } };
    await expect(delegated.delegates.create(again)).rejects.toMatchObject(taken);
    const requestBody = { criteria: { from: "x" }, action: { forward: forwardingEmail } };
    expect((await own.filters.create({ userId, requestBody })).status).toBe(200);
    const auto = { enabled: true, emailAddress: "ARCHIVE@example.com" };
    expect((await delegated.updateAutoForwarding({ userId, requestBody: auto })).data.enabled).toBe(true);
    expect((await delegated.forwardingAddresses.delete({ userId, forwardingEmail })).status).toBe(204);
    expect((await own.getAutoForwarding({ userId })).data).toEqual({ enabled: false });
    expect((await delegated.delegates.delete({ userId, delegateEmail })).status).toBe(204);
    expect((await delegated.delegates.list({ userId })).data).toEqual({});
  });
});
