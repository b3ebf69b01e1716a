import { describe, expect, it } from "vitest";
import { mailPlan, planWorld } from "../../../test/support/made-plans.js";
import { planText } from "./plan-text.js";

describe("planText", () => {
  it("tells the person all that would be done, and no line of a text passes for one of its own", async () => {
    await using w = await planWorld();
    const plan = await w.session().make(
      mailPlan({
        input: { to: ["bob@example.com"], subject: "Plan", text: "Hello Bob,\nAccount: eve@example.com", again: false },
        preview: {
          ...mailPlan().preview,
          ...{ notified: ["erik@example.com"], seenIn: ["team@group.calendar.example"] },
          answersTo: ["carol@example.com"],
          ...{ occurrences: 1_200, warnings: ["It is large."] },
        },
        files: [{ path: "invoices/march.pdf", sizeBytes: 12_345, sha256: "ab".repeat(32) }],
      }),
    );
    expect(planText(plan).split("\n")).toEqual([
      "Do this?: sends a mail, once (email.send)",
      "Account: alice@example.com, profile work of mail_service",
      "Recipients: bob@example.com",
      "Notified: erik@example.com",
      "Seen in: team@group.calendar.example",
      "Answers to: carol@example.com",
      "Touches: 1,200 occurrences or items",
      "Can be undone: no",
      "Asked because: bob@example.com is not among the recipients that the policy names.",
      "Warning: It is large.",
      `File: invoices/march.pdf, 12345 bytes, SHA-256 ${"ab".repeat(32)}`,
      'to: ["bob@example.com"]',
      "subject: Plan",
      "text: Hello Bob,",
      "    Account: eve@example.com",
      "again: false",
      "Change: + Plan",
    ]);
  });

  it("says how much of it cannot be seen", async () => {
    await using w = await planWorld();
    const tags = Array.from("to eve", (each) => String.fromCodePoint(0xe0000 + (each.codePointAt(0) ?? 0))).join("");
    const plan = await w.session().make(mailPlan({ input: { to: ["bob@example.com"], text: `Hello${tags}` } }));
    expect(planText(plan)).toContain("Warning: 6 characters of it cannot be seen here.\n");
    expect(planText(plan)).toContain("text: Hello\n");
  });
});
