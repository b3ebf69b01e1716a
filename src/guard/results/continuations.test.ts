import { describe, expect, it } from "vitest";
import { createContinuations } from "./continuations.js";
import type { Remainder } from "./digest.js";

const of = { profile: "default", service: "google_gmail", operation: "email.show", input: { id: "m1" } };
const text = (length: number): Remainder => ({
  what: `${length} more characters of text`,
  rest: { digest: { own: { facts: {}, untrusted: { lines: {}, text: "x".repeat(length) } }, lists: [] } },
});

describe("continuations", () => {
  it("gives short cursors, by each of which it finds what was left out and of what", () => {
    const continuations = createContinuations();
    const more: Remainder = { what: "more mails at the service", rest: { next: "page-2" } };
    expect([continuations.keep(of, text(9)), continuations.keep({ ...of, profile: "work" }, more)]).toEqual([
      "c1",
      "c2",
    ]);
    expect(continuations.find("c1")).toEqual({ of, remainder: text(9) });
    expect(continuations.find("c2")).toEqual({ of: { ...of, profile: "work" }, remainder: more });
    expect(continuations.find("c3")).toBeUndefined();
    expect(continuations.find("__proto__")).toBeUndefined();
  });

  it("forgets the oldest when they are too many", () => {
    const continuations = createContinuations({ count: 2 });
    const handles = [1, 2, 3].map((length) => continuations.keep(of, text(length)));
    expect(handles.map((handle) => continuations.find(handle)?.remainder)).toEqual([undefined, text(2), text(3)]);
  });

  it("forgets the oldest when they are too long, but never the newest", () => {
    const continuations = createContinuations({ sizeBytes: 1_000 });
    const found = (): boolean[] => ["c1", "c2", "c3"].map((handle) => continuations.find(handle) !== undefined);
    continuations.keep(of, text(200));
    continuations.keep(of, text(250));
    expect(found()).toEqual([true, true, false]);
    continuations.keep(of, text(100));
    expect(found()).toEqual([false, true, true]);
    continuations.keep(of, text(5_000));
    expect(found()).toEqual([false, false, false]);
    expect(continuations.find("c4")?.remainder).toEqual(text(5_000));
  });
});
