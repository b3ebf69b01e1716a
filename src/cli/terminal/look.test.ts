import { describe, expect, it } from "vitest";
import { colourWish } from "../../config.js";
import { lookOf } from "./look.js";

describe("the look of what is shown", () => {
  it.each([
    [{}, undefined],
    [{ NO_COLOR: "", FORCE_COLOR: "" }, undefined],
    [{ NO_COLOR: "1" }, "never"],
    [{ FORCE_COLOR: "1" }, "always"],
    [{ FORCE_COLOR: "0" }, "never"],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, "never"],
  ] as const)("has colours by %j as somebody wishes: %s", (env, wish) => {
    expect(colourWish(env)).toBe(wish);
  });

  it("fits a terminal, and is whole and plain elsewhere", () => {
    const colour = colourWish();
    const terminal = { isTTY: true, columns: 72, hasColors: () => true };
    expect(lookOf(terminal)).toEqual({ width: 72, colour: colour !== "never" });
    expect(lookOf({ ...terminal, columns: 0 }).width).toBeUndefined(); // it does not know its width
    const plain = { width: undefined, colour: colour === "always" };
    expect(lookOf({ isTTY: false, columns: 72 })).toEqual(plain);
    expect(lookOf({})).toEqual(plain); // as Node.js has it for a file or a pipe
  });
});
