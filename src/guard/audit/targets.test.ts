import { describe, expect, it } from "vitest";
import { operations } from "../../operations/index.js";
import { auditTargets, notedFields } from "./targets.js";

describe("what is noted of an operation's input", () => {
  it.each(operations)("is decided for each field of $name", async ({ load }) => {
    const fields = Object.keys((await load()).input.entries);
    expect(fields.filter((field) => !Object.hasOwn(notedFields, field))).toEqual([]);
  });

  it("is decided for no field that there is not", async () => {
    const inputs = await Promise.all(operations.map(async ({ load }) => Object.keys((await load()).input.entries)));
    expect(Object.keys(notedFields).filter((field) => !inputs.flat().includes(field))).toEqual([]);
  });

  it("is whom and what it names, and nothing that it says", () => {
    const input = {
      ...{ to: ["Ann Miller <ann@example.com>", "bob@example.com"], from: "Me <me@example.com>", cc: [] },
      ...{ subject: "Secret", text: "Secret", html: "<b>Secret</b>", attachments: ["report.pdf"], priority: "high" },
      ...{ unknown: "Secret", bcc: undefined },
    };
    expect(auditTargets(input)).toEqual({
      to: ["ann@example.com", "bob@example.com"],
      from: ["me@example.com"],
      attachments: ["report.pdf"],
    });
    expect(auditTargets({ ids: ["m1", "m2"], add: ["Work"], unread: true })).toEqual({
      ids: ["m1", "m2"],
      add: ["Work"],
    });
  });

  it("is no time, and no part of a name that is searched for", () => {
    expect(auditTargets({ from: "tomorrow 09:00", to: "2026-12-01", who: ["me", "ann@example.com"] })).toEqual({
      who: ["me", "ann@example.com"],
    });
    expect(auditTargets({ attendee: "Ann", organizer: "bob@example.com" })).toEqual({ organizer: ["bob@example.com"] });
  });

  it("hides no address behind another", () => {
    expect(auditTargets({ to: ['"ann@example.com" <eve@example.net>', "ann@example.com, eve@example.net"] })).toEqual({
      to: ["eve@example.net", "ann@example.com", "eve@example.net"],
    });
    expect(auditTargets({ to: ["<@".repeat(200_000), "x".repeat(400_000)] })).toEqual({});
  });
});
