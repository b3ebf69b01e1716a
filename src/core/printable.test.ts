import { describe, expect, it } from "vitest";
import { printable, printableJson, printableLine, printableStart } from "./printable.js";

const escape = "\u001b";

describe("printable", () => {
  it.each([
    ["a colour", `a${escape}[31mb`],
    ["a colour in one control", "a\u009b31mb"],
    ["a title that ends with a bell", `a${escape}]0;title\u0007b`],
    ["a title that ends with a string terminator", `a${escape}]0;title${escape}\\b`],
    ["a title in single controls", "a\u009d0;title\u009cb"],
    ["the clipboard", `a${escape}]52;c;AAAA\u0007b`],
    ["a device's string", `a${escape}Pq#0${escape}\\b`],
    ["a program's command", `a${escape}_G${escape}\\b`],
    ["a change of letters", `a${escape}(0b`],
    ["a reset", `a${escape}cb`],
  ])("takes %s away whole, as a terminal would swallow it", (_, text) => {
    expect(printable(text)).toBe("ab");
  });

  it.each([
    [`a${escape}]0;title b`, "a]0;title b"],
    [`a${escape}]0;one\ntwo\u0007`, "a]0;one\ntwo"],
    [`a${escape}]0;${escape}]0;b\u0007`, "a]0;"],
    [`${escape}${escape}[31m[31m`, "[31m"],
  ])("leaves the text of a sequence that has no end of its own: %j", (text, seen) => {
    expect(printable(text)).toBe(seen);
  });

  it("keeps tabs, and has one kind of line break", () => {
    expect(printable("a\tb\r\nc\rd\u2028e\u0085f")).toBe("a\tb\nc\nd\ne\nf");
    expect(printableLine(" a\t b\r\nc\u2029d ")).toBe("a b c d");
  });

  it("takes away what hides or turns text around", () => {
    expect(printable("a\u202eb\u2066c\u200bd\ufeffe\u00adf\u{e0041}g\u3164h\u007fi\u0000j")).toBe("abcdefghij");
  });

  it.each(["👩‍👩‍👧‍👦 ❤️‍🔥 👍🏽 🇩🇪", "می‌خواهم", "क्‍ष", "cafe\u0301", "日本語", "שלום", "\u0600١"])(
    "keeps what a person sees: %s",
    (text) => {
      expect(printable(text)).toBe(text);
    },
  );

  it("keeps joiners only where something is joined", () => {
    expect(printable("pay\u200dpal\u200c 日\u200d本")).toBe("paypal 日本");
  });

  it("cuts a pile of marks on one letter", () => {
    expect(printable(`z${"\u0301\u200d".repeat(40)}!`)).toBe(`z${"\u0301\u200d".repeat(4)}!`);
  });

  it.each(["\u200b", "\u0301", "\ufe00"])("reads five megabytes of %j without filling the engine's stack", (piece) => {
    expect(printable(piece.repeat(5_000_000)).length).toBeLessThan(9);
  });

  it("keeps the choice of a variant where there is one to choose, and takes bytes away that hide in such choices", () => {
    const flags = "🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿";
    const legitimate = `❤️ ☎︎ 1️⃣ 葛󠄀城 ${flags}`;
    expect(printable(legitimate)).toBe(legitimate);
    const bytes = String.fromCodePoint(...Array.from("hide me", (letter) => 0xe00f0 + letter.charCodeAt(0)));
    expect(printable(`a${bytes} 😊${bytes} 葛${bytes}`)).toBe("a 😊 葛");
    expect(printable("a\ufe00b\ufe01 \ufe0f")).toBe("ab ");
  });

  it.each([`${escape}]`, "\u009d", `${escape}[1;`, `${escape} `, "\u0301", "\u200d", "\r", "\u{e0041}"])(
    "comes to an end with a megabyte of %j",
    (piece) => {
      expect(printable(piece.repeat(1_000_000 / piece.length))).not.toMatch(/[\u001b\u009d]/);
    },
  );
});

describe("printableJson", () => {
  it("gives the same data back, with nothing in it that a terminal obeys", () => {
    const value = { "k\u202e": [`${escape}]0;x\u0007`, "\u009b31m", "\u{e0041}\u2028\u007f", "é 👩‍👧\n"] };
    const text = printableJson(value, 2);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e\u{e0041}]/u);
    expect(text).toContain("é 👩‍👧\\n");
    expect(text).toContain("\\udb40\\udc41");
  });
});

describe("printableStart", () => {
  it("is a short text as it is on one line, and of a longer one its beginning, without half a character", () => {
    expect(printableStart("one\n two\u202e", 7)).toBe("one two");
    expect(printableStart("one two three", 7)).toBe("one tw…");
    expect(printableStart("12345👩👩", 7)).toBe("12345…");
  });
});
