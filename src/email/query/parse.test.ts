import { describe, expect, it } from "vitest";
import type { EmailQuery } from "./ast.js";
import { parseSearch } from "./parse.js";

const text = (value: string): EmailQuery => ({ kind: "text", value });
const from = (value: string): EmailQuery => ({ kind: "header", name: "from", value });
const and = (...terms: EmailQuery[]): EmailQuery => ({ kind: "and", terms });
const or = (...terms: EmailQuery[]): EmailQuery => ({ kind: "or", terms });
const not = (term: EmailQuery): EmailQuery => ({ kind: "not", term });

describe("parseSearch", () => {
  it.each<[string, EmailQuery]>([
    ["", and()],
    ["hello", text("hello")],
    ['"hello there" you', and(text("hello there"), text("you"))],
    ["a OR b c", and(or(text("a"), text("b")), text("c"))],
    ["a b OR c OR d", and(text("a"), or(text("b"), text("c"), text("d")))],
    ["a | b", or(text("a"), text("b"))],
    ["a AND b", and(text("a"), text("b"))],
    ["a or b", and(text("a"), text("or"), text("b"))],
    ["-a --b", and(not(text("a")), text("b"))],
    ["-(a b)", not(and(text("a"), text("b")))],
    ["{a b}", or(text("a"), text("b"))],
    ["+exact", text("exact")],
    ["a - b", and(text("a"), text("-"), text("b"))],
    ["FROM:ann", from("ann")],
    ['from: "Ann Miller"', from("Ann Miller")],
    ["from:(ann OR bo)", or(from("ann"), from("bo"))],
    ["from:{ann -bo}", or(from("ann"), not(from("bo")))],
    ["subject:re:hello", { kind: "header", name: "subject", value: "re:hello" }],
    ["https://example.com/a:b", text("https://example.com/a:b")],
    ["12:30", text("12:30")],
    ["label:-old", { kind: "folder", value: "-old" }],
    ["category:Promotions", { kind: "folder", value: "category:promotions" }],
    ["is:UNREAD", { kind: "is", value: "unread" }],
    ["after:2026/1/5", { kind: "received", bound: "after", time: { date: "2026-01-05" } }],
    ["before:01/05/2026", { kind: "received", bound: "before", time: { date: "2026-01-05" } }],
    ["newer:1795000000", { kind: "received", bound: "after", time: { epochMs: 1_795_000_000_000 } }],
    ["older_than:2m", { kind: "received", bound: "before", time: { ago: 2, unit: "months" } }],
    ["larger:5M", { kind: "size", bound: "larger", bytes: 5 * 1024 * 1024 }],
    ["smaller:10kb", { kind: "size", bound: "smaller", bytes: 10_240 }],
    ["rfc822msgid:<a@b>", { kind: "header", name: "messageId", value: "<a@b>" }],
  ])("takes %j apart", (search, query) => {
    expect(parseSearch(search)).toEqual(query);
  });

  it.each([
    ['a "b', 2, "never closed"],
    ["(a", 0, "never closed"],
    ["a)", 1, "never opened"],
    ["()", 0, "nothing between"],
    ["OR a", 0, "on its left"],
    ["a OR", 2, "on its right"],
    ["a OR OR b", 2, "on its right"],
    ["a -", 2, ""],
    ["from:", 0, "no value"],
    ['from:""', 0, "no value"],
    ["frm:ann", 0, "no such operator"],
    ["x from:(to:ann)", 8, "takes words"],
    ["before:2026-02-30", 0, "needs a date"],
    ["after:20261123", 0, "needs a date"],
    ["older_than:soon", 0, "needs a number"],
    ["larger:5G", 0, "number of bytes"],
    ["is:happy", 0, "unread, read"],
    ["has:money", 0, "attachment"],
    ["(".repeat(60) + "a" + ")".repeat(60), 50, "more than 50"],
    ["a ".repeat(6_000), 10_000, "longer"],
  ])("names the place of what is wrong in %j", (search, position, problem) => {
    if (problem === "") {
      expect(parseSearch(search)).toEqual(and(text("a"), text("-"))); // a hyphen by itself is a word
      return;
    }
    let thrown: unknown;
    try {
      parseSearch(search);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: "request.invalid",
      message: expect.stringContaining(problem) as string,
      details: { position },
    });
  });
});
