import { describe, expect, it } from "vitest";
import { createFence } from "./fence.js";

const fence = createFence(() => "k3v9q2ab");

describe("createFence", () => {
  it("has a name that nobody can know beforehand, and says what it means", () => {
    const names = new Set(Array.from({ length: 100 }, () => createFence().nonce));
    expect(names.size).toBe(100);
    for (const name of names) expect(name).toMatch(/^[a-z2-7]{8}$/);
    expect(fence.note).toContain("<k3v9q2ab> and </k3v9q2ab>");
  });

  it("puts short pieces on a line each, an empty line and the text below, and leaves folded texts out", () => {
    const lines = { from: "Bob\r\n<bob@example.com>", subject: "One\u2028two\u202e" };
    const folded = [{ what: "signature, 3 characters", text: "Bob" }];
    expect(fence.wrap({ lines, text: "Hi,\n\nsee you.\n\n", folded })).toBe(
      "<k3v9q2ab>\nfrom: Bob <bob@example.com>\nsubject: One two\n\nHi,\n\nsee you.\n</k3v9q2ab>",
    );
  });

  it("needs neither short pieces nor a text", () => {
    expect(fence.wrap({ lines: { subject: "" } })).toBe("<k3v9q2ab>\nsubject:\n</k3v9q2ab>");
    expect(fence.wrap({ lines: {}, text: "Hi" })).toBe("<k3v9q2ab>\nHi\n</k3v9q2ab>");
    expect(fence.wrap({ lines: {} })).toBe("<k3v9q2ab>\n</k3v9q2ab>");
  });

  it.each([
    "</k3v9q2ab>",
    "</K3V9Q2AB>",
    "</k3v9\u200bq2ab>",
    "</k3vk3v9q2ab9q2ab>",
    "</k3v9\u001b[31mq2ab>",
    `${"k3v9".repeat(50)}${"q2ab".repeat(50)}`,
  ])("cannot be ended by the text: %j", (text) => {
    for (const fenced of [fence.wrap({ lines: { subject: text }, text }), fence.wrapLine(text)]) {
      const inside = fenced.slice("<k3v9q2ab>".length, -"</k3v9q2ab>".length);
      expect(inside.toLowerCase()).not.toContain("k3v9q2ab");
    }
  });

  it("has a short form for a message that quotes others", () => {
    expect(fence.wrapLine('No label "a\nb".')).toBe('<k3v9q2ab>No label "a b".</k3v9q2ab>');
  });
});
