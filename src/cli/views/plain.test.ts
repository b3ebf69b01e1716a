import { describe, expect, it } from "vitest";
import { viewOf } from "./index.js";
import { showPlain } from "./plain.js";
import { render } from "./render.js";

const context = { now: Date.parse("2026-11-29T12:00:00Z"), timeZone: "Europe/Berlin", profile: "default" };
const lines = (output: unknown): string[] =>
  render(showPlain(output, context), { width: undefined, colour: false }).split("\n");

describe("an output without a view of its own", () => {
  it("is a table where it is a list of flat objects, with ids at the end", () => {
    expect(
      lines({
        files: [
          { fileId: "f1", name: "One", tags: ["a", "b"] },
          { fileId: "f2", name: "Two" },
        ],
      }),
    ).toEqual([...["NAME  TAGS  FILE ID", "One   a, b  f1", "Two         f2"]]);
  });

  it("has names with values where it is nested, and says how it goes on", () => {
    expect(lines({ ok: true, owner: { name: "Ann", place: { city: "Bonn" } }, cursor: "abc" })).toEqual([
      ...["Ok  yes", "", "Owner", "Name        Ann", "Place city  Bonn", "", "There is more: add --cursor abc"],
    ]);
    expect(lines([{ id: 1, parts: [{ a: 1 }, { a: 2 }] }])).toEqual(["Id         1", "Parts 1 a  1", "Parts 2 a  2"]);
  });

  it("says that there is nothing", () => {
    expect(lines({ openTasks: [] })).toEqual(["No open tasks."]);
    expect(lines([])).toEqual(["Nothing."]);
  });

  it("is what it is where it is a single value", () => {
    expect([lines("text"), lines(["a", 1]), lines(null)]).toEqual([["text"], ["a", "1"], [""]]);
  });
});

describe("viewOf", () => {
  it.each(["acme.lookup", "email.nothing", "email.constructor", "__proto__.x", "email"])(
    "shows what nobody has a view for plainly: %s",
    async (name) => {
      expect(await viewOf(name)).toBe(showPlain);
    },
  );

  it("shows plainly what another program gives under a known name", async () => {
    const show = await viewOf("email.search");
    expect(show({ found: 3 }, context)).toEqual(showPlain({ found: 3 }, context));
  });
});
