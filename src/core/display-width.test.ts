import { describe, expect, it } from "vitest";
import { displayWidth, fit, headOf, partsOfWidth } from "./display-width.js";

describe("displayWidth", () => {
  it.each([
    ["hello", 5],
    ["日本", 4],
    ["한국", 4],
    ["\u1112\u1161\u11ab", 2],
    ["𠀀", 2],
    ["ｱ", 1],
    ["😀", 2],
    ["👩‍👩‍👧‍👦", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["1️⃣", 2],
    ["❤️‍🔥", 2],
    ["cafe\u0301", 4],
    ["z\u0301\u0302\u0303", 1],
    ["می‌خواهم", 7],
    ["✓ … ●", 5],
  ])("of %s is %i", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("cutting a text", () => {
  it("ends it with an ellipsis and splits no character", () => {
    expect(fit("hello world", 8)).toBe("hello w…");
    expect(fit("日本語の件名", 6)).toBe("日本…");
    expect(fit("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3)).toBe("👩‍👩‍👧‍👦…");
    expect(fit("short", 8)).toBe("short");
    expect(headOf("日本", 1)).toBe("");
  });

  it("makes parts of it that are the whole text together", () => {
    expect(partsOfWidth("abcdefg", 3)).toEqual(["abc", "def", "g"]);
    expect(partsOfWidth("日本語", 1)).toEqual(["日", "本", "語"]);
  });
});
