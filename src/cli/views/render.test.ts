import { describe, expect, it } from "vitest";
import { displayWidth } from "../../core/display-width.js";
import { render } from "./render.js";
import type { Block, View } from "./view.js";

const look = (width?: number) => ({ width, colour: false });

/** The lines of a view in a terminal of so many columns. */
const lines = (view: View, width?: number): string[] => render(view, look(width)).split("\n");

const mails: Block = {
  kind: "table",
  columns: [
    { title: "FROM", grow: 1, least: 8 },
    { title: "SUBJECT", grow: 2, least: 12 },
    { title: "SIZE", align: "right" },
    { title: "ID", whole: true },
  ],
  rows: [
    ["Ann Miller", "The report of the third quarter", "12 kB", "18c2a4b5d6e7f809"],
    ["山田太郎", "会議の議事録 👩‍👩‍👧‍👦", "4 B", { text: "18c2a4b5d6e7f80a", tone: "dim" }],
  ],
};

describe("a table", () => {
  it("is as wide as its content where nothing is known of a terminal, with wide characters aligned", () => {
    expect(lines([mails])).toEqual([
      "FROM        SUBJECT                           SIZE  ID",
      "Ann Miller  The report of the third quarter  12 kB  18c2a4b5d6e7f809",
      "山田太郎    会議の議事録 👩‍👩‍👧‍👦                    4 B  18c2a4b5d6e7f80a",
    ]);
  });

  it("cuts the columns that may be cut", () => {
    expect(lines([mails], 60)).toEqual([
      "FROM        SUBJECT                   SIZE  ID",
      "Ann Miller  The report of the thir…  12 kB  18c2a4b5d6e7f809",
      "山田太郎    会議の議事録 👩‍👩‍👧‍👦            4 B  18c2a4b5d6e7f80a",
    ]);
  });

  it("puts what is never cut beneath its row where it finds no room", () => {
    expect(lines([mails], 44)).toEqual([
      "FROM        SUBJECT                     SIZE",
      "Ann Miller  The report of the third…   12 kB",
      "    18c2a4b5d6e7f809",
      "山田太郎    会議の議事録 👩‍👩‍👧‍👦              4 B",
      "    18c2a4b5d6e7f80a",
    ]);
  });

  it("becomes names and values where a terminal is too narrow for columns", () => {
    expect(lines([mails], 30)).toEqual([
      "FROM     Ann Miller",
      "SUBJECT  The report of the",
      "         third quarter",
      "SIZE     12 kB",
      "ID       18c2a4b5d6e7f809",
      "",
      "FROM     山田太郎",
      "SUBJECT  会議の議事録 👩‍👩‍👧‍👦",
      "SIZE     4 B",
      "ID       18c2a4b5d6e7f80a",
    ]);
  });

  it("fits every width, but for what is never cut", () => {
    for (let width = 20; width < 100; width++) {
      const long = lines([mails], width).filter((line) => displayWidth(line) > width);
      expect({ width, long }).toEqual({ width, long: [] });
    }
  });

  it("has headings above the rows that belong together", () => {
    const rows = [["Today"], ["09:00", "One"], ["10:00", "Two"], ["Tomorrow"], ["09:00", "Three"]];
    expect(lines([{ kind: "table", columns: [{ title: "" }, { title: "" }], rows }])).toEqual([
      ...["Today", "  09:00  One", "  10:00  Two", "", "Tomorrow", "  09:00  Three"],
    ]);
  });
});

describe("running text", () => {
  const text = (content: string, width?: number): string[] =>
    lines([{ kind: "text", text: content, indent: 2 }], width);

  it("is wrapped between words, and keeps its line breaks and quotation marks", () => {
    expect(text("one two three\n\n> four five six\n", 14)).toEqual([
      ...["  one two", "  three", "", "  > four five", "  > six"],
    ]);
    expect(text("one two three\na\tb\n\tc")).toEqual(["  one two three", "  a       b", "          c"]);
  });

  it("is broken within a word only where people do not copy it", () => {
    expect(text("abcdefghijklmnop", 10)).toEqual(["  abcdefgh", "  ijklmnop"]);
    expect(text("件名件名件名", 10)).toEqual(["  件名件名", "  件名"]);
    expect(text("see https://example.com/a/b now", 12)).toEqual(["  see", "  https://example.com/a/b", "  now"]);
  });
});

describe("whatever comes from outside", () => {
  const hostile = "a\u001b]0;title\u0007b\u202ec\u009b31m\nd";

  it("is cleaned in every kind of block", () => {
    const view: View = [
      { kind: "heading", text: hostile },
      { kind: "lines", lines: [[hostile, { text: hostile, tone: "bad" }]] },
      { kind: "text", text: hostile },
      { kind: "fields", rows: [[hostile, hostile]] },
      { kind: "table", columns: [{ title: hostile }], rows: [[hostile]] },
    ];
    expect(lines(view)).toEqual([...["abc d", "abc dabc d", "", "abc", "d", "", "abc d  abc d", "", "abc d", "abc d"]]);
  });

  it("has none of its colours, only ours on a terminal that has them", () => {
    const view: View = [{ kind: "lines", lines: [{ text: `x${hostile}`, tone: "good" }] }];
    expect(render(view, { width: 80, colour: true })).toBe("\u001b[32mxabc d\u001b[39m");
    expect(render(view, look(80))).toBe("xabc d");
  });
});

describe("a view", () => {
  it("has an empty line between two blocks, none after a heading, and no blanks at the end of a line", () => {
    const view: View = [
      { kind: "heading", text: "Head " },
      {
        kind: "fields",
        rows: [
          ["A", "b"],
          ["Long", ""],
        ],
      },
      { kind: "lines", lines: [] },
      { kind: "lines", lines: ["end "] },
    ];
    expect(lines(view, 80)).toEqual(["Head", "A     b", "Long", "", "end"]);
  });
});
