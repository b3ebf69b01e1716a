import { afterEach, describe, expect, it } from "vitest";
import { gmailClient } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox, type SeedMessage } from "../index.js";

const alice = "alice@example.com";
const userId = "me";

/** Subjects and what else matters of each. */
const messages: SeedMessage[] = [
  { subject: "Blue", from: "bob@example.com", text: "A red boat or two", date: "2026-11-22T12:00:00Z" },
  { subject: "Green", from: "Bob <bob@example.com>", to: "info@example.com", date: "2026-11-21T12:00:00Z" },
  { subject: "Tabbed", labels: ["INBOX", "CATEGORY_PERSONAL"], date: "2026-11-20T12:00:00Z", to: "dan@example.com" },
  { subject: "Offer", labels: ["INBOX", "CATEGORY_PROMOTIONS"], date: "2026-11-19T12:00:00Z", to: "dan@example.com" },
  { subject: "Sent", from: alice, to: "dan@example.com", labels: ["SENT"], date: "2026-11-18T12:00:00Z" },
  { subject: "Alias", from: "info@example.com", to: "dan@example.com", labels: ["SENT"], date: "2026-11-17T12:00:00Z" },
];

describe("a search", () => {
  let sandbox: GoogleSandbox;
  afterEach(() => sandbox.close());

  const open = async (): Promise<(q: string) => Promise<string[]>> => {
    const mailSettings = { sendAs: [{ sendAsEmail: "Info@Example.com" }] };
    sandbox = await createGoogleSandbox({
      limits: "none",
      seed: { users: [{ email: alice, labels: ["Plans"], messages, mailSettings }] },
    });
    const { users } = gmailClient(sandbox, alice);
    return async (q) => {
      const { data } = await users.messages.list({ userId, q });
      const found = (data.messages ?? []).map(async ({ id }) => {
        const { data: mail } = await users.messages.get({ userId, id: id ?? "", format: "metadata" });
        return mail.payload?.headers?.find(({ name }) => name === "Subject")?.value ?? "";
      });
      return Promise.all(found);
    };
  };

  it.each([
    ["from:me", ["Sent", "Alias"]],
    ["to:me", ["Blue", "Green"]],
    ["-from:me to:dan@example.com", ["Tabbed", "Offer"]],
    ["category:primary", ["Blue", "Green", "Tabbed"]],
    ["category:promotions", ["Offer"]],
    ["after:11/21/2026", ["Blue", "Green"]],
    ["before:11-19-2026", ["Sent", "Alias"]],
    ["subject:blue or two", ["Blue"]],
    ["subject:blue or three", []],
    ["subject:blue and red", []],
    ["subject:blue AND red", ["Blue"]],
    ['"red boat subject:blue', ["Blue"]],
    ['subject:"blue red', ["Blue"]],
    ["--subject:blue", ["Blue"]],
  ])("for %s finds %j", async (query, subjects) => {
    const found = await open();
    expect(await found(query)).toEqual(subjects);
  });

  it.each([
    "after:2026-01-01T00:00:00Z",
    "after:2026/1/x",
    "before:999999/1/1",
    "in:constructor",
    "in:__proto__",
    "is:constructor",
    "has:constructor",
    "newer_than:constructor",
    "category:constructor",
    "label:toString",
  ])("for %s finds nothing", async (query) => {
    const found = await open();
    expect(await found(query)).toEqual([]);
  });

  it("may be nested as deep as it likes", async () => {
    const found = await open();
    const { users } = gmailClient(sandbox, alice);
    for (const query of [
      "(".repeat(5000),
      "-".repeat(12_000),
      "{".repeat(4000),
      "from:(".repeat(1200),
      "a OR ".repeat(1500),
    ]) {
      await users.messages.list({ userId, q: query });
    }
    expect(await found(`${"(".repeat(20)}subject:blue${")".repeat(20)} red`)).toEqual(["Blue"]);
    expect(await found(`${"-".repeat(12_001)}subject:blue from:bob`)).toEqual(["Green"]);
  });

  it("sees a label by its new name at once", async () => {
    const found = await open();
    const { labels, messages: mails } = gmailClient(sandbox, alice).users;
    const label = (await labels.list({ userId })).data.labels?.find(({ name }) => name === "Plans");
    const [blue] = (await mails.list({ userId, q: "subject:blue" })).data.messages ?? [];
    await mails.modify({ userId, id: blue?.id ?? "", requestBody: { addLabelIds: [label?.id ?? ""] } });
    expect(await found("label:plans red")).toEqual(["Blue"]);
    await labels.patch({ userId, id: label?.id ?? "", requestBody: { name: "Ideas" } });
    expect(await found("label:plans red")).toEqual([]);
    expect(await found("label:ideas red")).toEqual(["Blue"]);
  });
});
