import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { SearchInput } from "../../email/client.js";
import { rawMail, type EmailTests, type EmailWorld } from "./world.js";

const day = 24 * 3_600_000;

async function found(world: EmailWorld, query: SearchInput): Promise<string[]> {
  return (await world.client.searchEmails(query)).emails.map(({ subject }) => subject).sort();
}

async function fill(world: EmailWorld): Promise<void> {
  const file = {
    "Content-Type": 'application/pdf; name="plan.pdf"',
    "Content-Disposition": 'attachment; filename="plan.pdf"',
  };
  await world.receive(
    rawMail(world, { subject: "Invoice", from: "ann@example.org", body: "for the lighthouse", agoMs: day / 2 }),
  );
  await world.receive(
    rawMail(world, { subject: "Minutes", from: "bo@example.org", body: "blue paint", agoMs: 3 * day }),
    { unread: true },
  );
  await world.receive(
    rawMail(world, { subject: "Plan", from: "ann@example.org", headers: file, body: "%PDF", agoMs: 40 * day }),
  );
  await world.receive(rawMail(world, { subject: "Offer", body: "x".repeat(20_000), agoMs: 400 * day }), {
    folder: "trash",
  });
}

/** What searches find. */
export const searching: EmailTests = {
  async "finds by every term of the language"(world) {
    await fill(world);
    const cases: [string, string[]][] = [
      ["lighthouse", ["Invoice"]],
      ['"blue paint"', ["Minutes"]],
      ['"paint blue"', []],
      ["from:ann@example.org", ["Invoice", "Plan"]],
      ["subject:plan", ["Plan"]],
      [`to:${world.address}`, ["Invoice", "Minutes", "Plan"]],
      ["is:unread", ["Minutes"]],
      ["is:read", ["Invoice", "Plan"]],
      ["has:attachment", ["Plan"]],
      ["filename:pdf", ["Plan"]],
      ["in:trash", ["Offer"]],
      ["in:anywhere larger:10K", ["Offer"]],
      ["smaller:10K", ["Invoice", "Minutes", "Plan"]],
      ["newer_than:7d", ["Invoice", "Minutes"]],
      ["older_than:1m", ["Plan"]],
      ["-from:ann@example.org", ["Minutes"]],
      ["from:ann@example.org -subject:plan", ["Invoice"]],
      ["subject:plan OR is:unread", ["Minutes", "Plan"]],
      ["{subject:plan is:unread}", ["Minutes", "Plan"]],
      ["subject:(plan OR invoice) from:ann@example.org", ["Invoice", "Plan"]],
      ["(subject:plan is:unread) OR lighthouse", ["Invoice"]],
    ];
    for (const [query, wanted] of cases) assert.deepEqual(await found(world, query), wanted, query);
  },

  async "finds by fields what the language finds"(world) {
    await fill(world);
    assert.deepEqual(await found(world, { from: "ann@example.org", hasAttachment: false }), ["Invoice"]);
    assert.deepEqual(await found(world, { unread: true }), ["Minutes"]);
    assert.deepEqual(await found(world, { filename: "plan.pdf" }), ["Plan"]);
    assert.deepEqual(await found(world, { after: new Date(world.now() - 5 * day) }), ["Invoice", "Minutes"]);
    assert.deepEqual(await found(world, { before: new Date(world.now() - 5 * day) }), ["Plan"]);
    assert.deepEqual(await found(world, { folder: "trash" }), ["Offer"]);
  },

  async "finds a mail by its Message-ID"(world) {
    const id = await world.receive(rawMail(world, { headers: { "Message-ID": "<one-of-a-kind@example.org>" } }));
    await world.receive(rawMail(world));
    const { emails } = await world.client.searchEmails("rfc822msgid:<one-of-a-kind@example.org>");
    assert.deepEqual(
      emails.map((email) => email.id),
      [id],
    );
  },

  async "gives pages that fit together, and refuses another search's cursor"(world) {
    for (let index = 0; index < 7; index += 1) {
      await world.receive(rawMail(world, { subject: `${index}`, agoMs: (index + 1) * 60_000 }));
    }
    const subjects: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.client.searchEmails("in:inbox", { limit: 3, ...(cursor !== undefined && { cursor }) });
      subjects.push(...page.emails.map(({ subject }) => subject));
      cursor = page.cursor;
    } while (cursor !== undefined);
    assert.deepEqual(subjects, ["0", "1", "2", "3", "4", "5", "6"]);
    const first = await world.client.searchEmails("in:inbox", { limit: 3 });
    assert.ok(first.cursor);
    await assert.rejects(world.client.searchEmails("is:read", { cursor: first.cursor }), (error) =>
      isIntegrationError(error, "request.invalid"),
    );
  },

  async "names the place where a search cannot be read"(world) {
    for (const [query, position] of [
      ["ann fro:bo", 4],
      ['"open', 0],
      ["(a OR b", 0],
      ["a OR", 2],
      ["larger:big", 0],
      ["is:happy", 0],
    ] as const) {
      await assert.rejects(world.client.searchEmails(query), (error) => {
        assert.ok(isIntegrationError(error, "request.invalid"), query);
        assert.equal(error.details?.["position"], position, query);
        return true;
      });
    }
  },

  async "says which folder does not exist"(world) {
    await assert.rejects(world.client.searchEmails("in:nowhere"), (error) =>
      isIntegrationError(error, "request.not_found"),
    );
  },
};
