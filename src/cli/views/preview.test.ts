import { describe, expect, it } from "vitest";
import { previewView } from "./preview.js";
import { render } from "./render.js";

const context = { now: 0, timeZone: "UTC", profile: "work" };
const preview = {
  account: "alice@example.com",
  recipients: ["bob@example.com", "carol@example.com"],
  notified: [],
  occurrences: 12,
  diff: ["+ title: One", "~ start: a → b", "To: bob@example.com"],
  warnings: ["It clashes with Standup."],
  reversible: false,
  payloadHash: "x",
};

describe("the preview of a write", () => {
  it("tells account, everybody who gets it, what changes, what to know, and that it cannot be undone", () => {
    expect(render(previewView(preview, context), { width: 80, colour: false }).split("\n")).toEqual([
      "Account        alice@example.com",
      "Recipients     bob@example.com, carol@example.com",
      "Notified       nobody",
      "Touches        12 occurrences or items",
      "Can be undone  no",
      "",
      "+  title: One",
      "~  start: a → b",
      "·  To: bob@example.com",
      "",
      "!  It clashes with Standup.",
    ]);
  });

  it("tells in which calendars others can read it", () => {
    const seen = { ...preview, recipients: [], seenIn: ["team@group.calendar.example"], diff: [], warnings: [] };
    expect(render(previewView(seen, context), { width: 80, colour: false }).split("\n")).toEqual([
      "Account        alice@example.com",
      "Seen in        team@group.calendar.example",
      "Touches        12 occurrences or items",
      "Can be undone  no",
    ]);
  });

  it("marks where each line begins, so that the middle of a long one cannot pass for another", () => {
    const forged = {
      ...preview,
      diff: ["To: mallory@evil.example", `Subject: ${"x".repeat(66)}\nTo: bob@example.com`],
    };
    const lines = render(previewView(forged, context), { width: 80, colour: false }).split("\n");
    expect(lines).toContain("   To: bob@example.com");
    expect(lines.filter((line) => /^\S.*To: /.test(line))).toEqual(["·  To: mallory@evil.example"]);
  });

  it("names the profile where the account is not known, and leaves out what there is not", () => {
    const little = { account: "", recipients: [], notified: [], occurrences: 1, diff: [], reversible: true };
    expect(
      render(previewView({ ...little, payloadHash: "x" }, context), { width: 80, colour: false }).split("\n"),
    ).toEqual([...["Account        work", "Can be undone  yes"]]);
  });
});
