import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.js";

describe("canonicalJson", () => {
  it("is the same whatever order fields are in, at any depth", () => {
    const [one, other] = [
      { b: [{ d: 1, c: "é" }], a: null },
      { a: null, b: [{ c: "é", d: 1 }] },
    ];
    expect(canonicalJson(one)).toBe('{"a":null,"b":[{"c":"é","d":1}]}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it("orders names by their UTF-16 code units, also those that look like numbers", () => {
    expect(canonicalJson({ "\u{1f600}": 1, "\ufb33": 2, "9": 3, "10": 4 })).toBe(
      '{"10":4,"9":3,"\u{1f600}":1,"\ufb33":2}',
    );
  });

  it("says what a file would give back: nothing of a field that is undefined", () => {
    expect(canonicalJson({ a: undefined, at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });
});
