import { afterEach, describe, expect, it } from "vitest";
import { delegatedToken } from "../../../test/support/delegated-client.js";
import { clientsAt, gmailClient } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox, type SeedMessage } from "../index.js";
import { gmailScopes } from "../oauth/scopes.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const userId = "me";
const robot = "robot@studio.iam.gserviceaccount.com";
const scopes = [gmailScopes.full, gmailScopes.settingsBasic, gmailScopes.settingsSharing];

describe("a search in an odd mailbox", () => {
  let sandbox: GoogleSandbox;
  afterEach(() => sandbox.close());

  const open = async (messages: SeedMessage[], query?: string): Promise<(q: string) => Promise<number>> => {
    const filters = query === undefined ? [] : [{ criteria: { query }, action: { addLabelIds: ["STARRED"] } }];
    sandbox = await createGoogleSandbox({
      limits: "none",
      seed: {
        users: [{ email: alice, messages, mailSettings: { filters } }, { email: bob }],
        serviceAccounts: [{ clientEmail: robot, delegatedScopes: scopes }],
      },
    });
    const { messages: mails } = gmailClient(sandbox, alice).users;
    return async (q) => (await mails.list({ userId, q })).data.resultSizeEstimate ?? NaN;
  };

  it("takes nobody for oneself who only looks alike", async () => {
    const found = await open([
      { from: "not-alice@example.com", to: "malice@example.com" },
      { from: '"alice@example.com" <eve@example.net>', to: "alice@example.com.example.net" },
      { from: "Alice <ALICE@example.com>", to: '"Alice, mostly" <alice@EXAMPLE.com>, bob@example.com' },
    ]);
    expect(await found("from:me")).toBe(1);
    expect(await found("to:me")).toBe(1);
    expect(await found("from:alice@example.com")).toBe(3);
  });

  it("knows an address of one's own as soon as it is there", async () => {
    const found = await open([{ from: "info@example.com" }]);
    expect(await found("from:me")).toBe(0);
    const { gmail } = clientsAt(sandbox.url, await delegatedToken(sandbox, robot, alice, scopes));
    await gmail.users.settings.sendAs.create({ userId, requestBody: { sendAsEmail: "info@example.com" } });
    expect(await found("from:me")).toBe(1);
  });

  it.each([
    ["a very long word", `${"x".repeat(200_000)} OR subject:hi`, true],
    ["a very long word that is there", "x".repeat(200_000), true],
    ["a very long phrase", `"${"x  ".repeat(100_000)}"`, false],
    ["very many words", `${"a OR ".repeat(100_000)}subject:hi`, true],
    ["very many words in braces", `{${"a ".repeat(100_000)}subject:hi}`, true],
  ])("is for %s", async (_, query, starred) => {
    await open([], query);
    const text = query.startsWith("x") ? "x".repeat(200_000) : "Hello";
    const raw = Buffer.from(`To: ${alice}\r\nSubject: Hi\r\n\r\n${text}`).toString("base64url");
    await gmailClient(sandbox, bob).users.messages.send({ userId, requestBody: { raw } });
    expect(sandbox.inspect.messages(alice).map(({ labelIds }) => (labelIds as string[]).includes("STARRED"))).toEqual([
      starred,
    ]);
  });

  it("goes on behind a bracket that an OR stands before", async () => {
    const found = await open([{ subject: "One" }, { subject: "Two" }]);
    expect(await found("(subject:one OR) subject:two")).toBe(0);
    expect(await found("OR subject:two OR")).toBe(1);
    expect(await found("{subject:one OR subject:two} OR subject:three")).toBe(2);
  });
});
