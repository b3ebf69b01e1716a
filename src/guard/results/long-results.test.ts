import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alice, operationsWorld, type OperationsWorld } from "../../../test/support/operations-world.js";
import { systemClock } from "../../core/clock.js";
import { createFence } from "../untrusted/fence.js";
import { createContinuations, type Continuations } from "./continuations.js";
import { digestOf } from "./digest-of.js";
import type { Digest } from "./digest.js";
import { fit } from "./fit.js";

const fence = createFence();
const envelope = { profile: "default", account: alice, timeZone: "Europe/Berlin" };
const options = { timeZone: "Europe/Berlin", clock: systemClock, account: alice };

let mails: OperationsWorld;
beforeAll(async () => {
  mails = await operationsWorld([
    {
      from: "Harbour News <news@harbour.example>",
      to: alice,
      subject: "The week in the harbour",
      html: newsletter(108),
    },
    ...Array.from({ length: 12 }, (_, index) => ({
      ...{
        from: "Bob <bob@example.com>",
        to: alice,
        subject: `Plan ${index}`,
        text: `Number ${index}. ${prose(index, 400)}`,
      },
    })),
  ]);
});
afterAll(() => mails[Symbol.asyncDispose]());

describe("a newsletter of 108 KB", () => {
  it("fits 2,000 tokens, and everything else of it is named and can be asked for", async () => {
    const { emails } = await mails.email.searchEmails("subject:harbour");
    const output = await mails.run("email.show", { id: emails[0]?.id });
    const html = (output["email"] as { bodyHtml: string }).bodyHtml;
    expect(html.length).toBeGreaterThan(108 * 1_000);
    const digest = await digestOf(output, options);
    const pages = allPages(digest, 2_000);

    expect(pages.map(({ tokens }) => tokens).filter((tokens) => tokens > 2_000)).toEqual([]);
    expect(pages[0]?.body).toMatchObject({ ...envelope, id: emails[0]?.id, trackingPixels: 1, hidden_removed: 1 });
    expect(pages[0]?.body["left_out"]).toEqual([
      { what: expect.stringMatching(/^[\d,]+ more characters of text$/) as unknown, cursor: "c1" },
    ]);
    expect(withoutSpaces(pages.map(({ text }) => text).join(""))).toBe(withoutSpaces(digest.own.untrusted?.text ?? ""));
    for (let number = 1; number < 60; number += 1) expect(digest.own.untrusted?.text).toContain(`Story ${number}:`);
    expect(digest.own.untrusted?.text).not.toMatch(/preheader|font-family/);
    // A page is worth its call: it uses most of what it may.
    expect(pages.slice(0, -1).every(({ tokens }) => tokens > 900)).toBe(true);
  });
});

describe("a list with long texts", () => {
  it("gives the newest up to half, each a snippet, and names the others", async () => {
    const output = await mails.run("email.recent", { body: true, days: 3, limit: 12 });
    const digest = await digestOf(output, options);
    const [first] = allPages(digest, 2_000);
    const shown = first?.body["emails"] as { untrusted: string }[];
    expect(shown.length).toBeGreaterThan(2);
    expect(first?.tokens).toBeLessThanOrEqual(2_000);
    expect(JSON.stringify(first?.body["left_out"])).toMatch(/more mails/);
  });
});

interface Page {
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly tokens: number;
}

/** A result and all that its cursors lead to, in order. */
function allPages(digest: Digest, budget: number, continuations: Continuations = createContinuations()): Page[] {
  const of = { profile: "default", service: "google_gmail", operation: "email.show", input: {} };
  const { body } = fit(digest, { budget, fence, envelope, keep: (remainder) => continuations.keep(of, remainder) });
  const json = JSON.stringify(body);
  const text = Object.keys(body).includes("untrusted") ? textOf(body["untrusted"] as string) : "";
  const left = (body["left_out"] ?? []) as { cursor: string }[];
  const more = left.flatMap(({ cursor }) => {
    const rest = continuations.find(cursor)?.remainder.rest;
    return rest && "digest" in rest ? allPages(rest.digest, budget, continuations) : [];
  });
  return [{ body, text, tokens: countTokens(json) }, ...more];
}

/** The long text within the fence, which stands below an empty line where there are short pieces too. */
function textOf(wrapped: string): string {
  const begin = wrapped.includes("\nsubject: ") ? wrapped.indexOf("\n\n") + 2 : wrapped.indexOf("\n") + 1;
  return wrapped.slice(begin, wrapped.lastIndexOf("\n"));
}

/** A fence leaves out the empty lines at a text's end. */
function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Made-up text, other for each seed. */
function prose(seed: number, words: number): string {
  const some =
    "harbour ships arrive early this week while the crane waits for wind and nobody minds the rain at all".split(" ");
  return Array.from({ length: words }, (_, index) => some[(index * (seed + 3) + seed) % some.length]).join(" ");
}

/** An HTML mail as senders of newsletters make them, of so many kilobytes. */
function newsletter(kilobytes: number): string {
  const style = "font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:21px;color:#333333;padding:0 24px";
  const rules = Array.from({ length: 80 }, (_, index) => `.c${index}{${style};margin:${index}px}`).join("\n");
  const story = (number: number): string =>
    `<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="border-collapse:collapse"><tr><td class="c${number % 80}" style="${style}">` +
    `<h2 style="${style}">Story ${number}: the harbour</h2><p style="${style}">${prose(number, 60)}.</p>` +
    `<a href="https://news.harbour.example/r/${number}?utm_source=mail&amp;utm_campaign=week" style="${style}">Read more</a></td></tr></table>`;
  const head = `<!doctype html><html><head><style>${rules}</style></head><body><div style="display:none;max-height:0">A preheader that nobody sees</div>`;
  const foot = `<img src="https://news.harbour.example/open.gif" width="1" height="1"></body></html>`;
  let stories = "";
  for (let number = 1; head.length + stories.length + foot.length < 1_024 * kilobytes; number += 1)
    stories += story(number);
  return head + stories + foot;
}
