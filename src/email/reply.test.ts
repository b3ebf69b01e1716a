import { describe, expect, it } from "vitest";
import { forwardedTexts } from "./forward.js";
import type { Email, EmailAddress } from "./models.js";
import { forwardSubject, referencesTo, replyPeople, replySubject } from "./reply.js";

const [me, alias, ann, bo, list] = [
  "me@x.example",
  "alias@x.example",
  "ann@y.example",
  "bo@y.example",
  "list@z.example",
];
const own = new Set([me, alias]);
const people = (...addresses: string[]): EmailAddress[] => addresses.map((address) => ({ address }));

function mail(facts: Partial<Email>, headers: Record<string, string> = {}) {
  const empty = { to: people(me), cc: [], bcc: [], replyTo: [], references: [], from: { address: ann } };
  return {
    email: { ...empty, ...facts } as unknown as Email,
    header: (name: string) => headers[name],
    addresses: (value: string) => people(...value.split(/,\s*/).filter(Boolean)),
  };
}

describe("replyPeople", () => {
  it.each<[string, Parameters<typeof mail>, boolean, string[], string[]]>([
    ["the sender", [{}], false, [ann], []],
    ["where the mail asks answers to", [{ replyTo: people(bo) }], false, [bo], []],
    ["everybody, each once", [{ to: people(me, bo), cc: people(ann, bo, alias) }], true, [ann, bo], []],
    ["everybody, copies as copies", [{ cc: people(bo) }], true, [ann], [bo]],
    ["those whom one's own mail went to", [{ from: { address: alias }, to: people(ann) }], false, [ann], []],
    ["oneself, when nobody else is there", [{ from: { address: me }, to: people(me) }], true, [me], []],
    ["addresses in any case", [{ to: people("ME@x.example", "Ann@y.example") }], true, [ann], []],
    ["a list that the mail came by", [{}, { "list-post": `<mailto:${list}?subject=x>` }], true, [ann], [list]],
    ["no list that takes no mails", [{}, { "list-post": "NO" }], true, [ann], []],
    ["no list for an answer to one", [{}, { "list-post": `<mailto:${list}>` }], false, [ann], []],
    ["where the discussion goes on", [{ cc: people(bo) }, { "mail-followup-to": `${list}, ${me}` }], true, [list], []],
  ])("answers %s", (_, [facts, headers], all, to, cc) => {
    const found = replyPeople(mail(facts, headers), own, all);
    expect([found.to.map(({ address }) => address), found.cc.map(({ address }) => address)]).toEqual([to, cc]);
  });
});

describe("subjects and references", () => {
  it.each([
    ["Plan", "Re: Plan"],
    ["Re: Plan", "Re: Plan"],
    ["AW: Plan", "AW: Plan"],
    ["re[2]: Plan", "re[2]: Plan"],
    ["Reply to all", "Re: Reply to all"],
    ["", "Re: "],
  ])("marks the answer to %j once", (subject, marked) => {
    expect(replySubject(subject)).toBe(marked);
  });

  it.each([
    ["Plan", "Fwd: Plan"],
    ["Fw: Plan", "Fw: Plan"],
    ["Forward", "Fwd: Forward"],
  ])("marks %j once as passed on", (subject, marked) => {
    expect(forwardSubject(subject)).toBe(marked);
  });

  it("names the conversation and its latest mails, however long it is", () => {
    const references = Array.from({ length: 100 }, (_, index) => `<${index}@x>`);
    const found = referencesTo(mail({ references, messageId: "<last@x>" }).email);
    expect([found.length, found[0], found[1], found.at(-1)]).toEqual([40, "<0@x>", "<62@x>", "<last@x>"]);
    expect(referencesTo(mail({ inReplyTo: "<a@x> (yesterday)", messageId: "<b@x>" }).email)).toEqual([
      "<a@x>",
      "<b@x>",
    ]);
  });
});

describe("forwardedTexts", () => {
  const email = {
    ...mail({ cc: people(bo) }).email,
    ...{ subject: "<b>Plan</b>", receivedAt: "2026-11-23T08:00:00.000Z", bodyText: "The plan" },
  };

  it("writes text below text, and nothing but text where there is no HTML", () => {
    expect(forwardedTexts(email, { text: "See:" })).toEqual({
      text: `See:\n\n---------- Forwarded message ---------\nFrom: ${ann}\nDate: 2026-11-23T08:00:00.000Z\nSubject: <b>Plan</b>\nTo: ${me}\nCc: ${bo}\n\nThe plan`,
    });
  });

  it("keeps the HTML of both, and lets nothing of the headers become a tag", () => {
    const { html } = forwardedTexts({ ...email, bodyHtml: "<p>The plan</p>" }, { text: "a < b" });
    expect(html).toContain("<div>a &lt; b</div>");
    expect(html).toContain("Subject: &lt;b&gt;Plan&lt;/b&gt;");
    expect(html).toContain("<div><p>The plan</p></div>");
  });
});
