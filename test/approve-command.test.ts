import { describe, expect, it } from "vitest";
import { approveCommand, type ApproveContext } from "../src/cli/commands/approve-command.js";
import { IntegrationConfig } from "../src/config.js";
import { systemClock } from "../src/core/clock.js";
import { planLifeMs } from "../src/guard/plans/plan-store.js";
import { getRegistry } from "../src/integrations.js";
import { capturedOutput } from "./support/captured-output.js";
import { mailPlan, planWorld, type PlanWorld } from "./support/made-plans.js";
import { runHere } from "./support/run-here.js";
import { scriptedPrompter, type ScriptedPrompter } from "./support/scripted-prompter.js";

const question = "May the assistant do this";
const says = (answer: boolean): ScriptedPrompter => scriptedPrompter({ answers: [[question, answer]] });

function registryOf({ configDir }: PlanWorld): NonNullable<ApproveContext["registry"]> {
  return getRegistry(IntegrationConfig.fromEnv({ configDir, credentialStorage: "memory" }, { env: {} }));
}

/** Runs `approve …` by the world's own clock. */
function approve(w: PlanWorld, id: string | undefined, flags: object = {}, prompter = says(true)) {
  return capturedOutput(() => approveCommand({ registry: registryOf(w), prompter, clock: w.clock }, id, flags));
}

describe("the command approve", () => {
  it("lists the plans that wait: what, as whom, to whom, and for how long", async () => {
    await using w = await planWorld();
    expect((await approve(w, undefined)).stdout).toBe("No plan is waiting for you.\n");
    const plan = await w.session().make(mailPlan());
    w.clock.advance(48_000);
    const { code, stdout } = await approve(w, undefined);
    expect(code).toBe(0);
    const row = `${plan.id}  alice@example.com  sends a mail, once  bob@example.com  4 min 12 s`;
    expect(stdout.replaceAll(/ {2,}/g, "  ")).toContain(row);
    expect(JSON.parse((await approve(w, undefined, { json: true })).stdout)).toEqual({ plans: [plan] });
  });

  it("shows a plan whole, asks, and tells the assistant's session of the yes", async () => {
    await using w = await planWorld();
    const store = w.session();
    const text = `Hello Bob,\n\n${"all of this is shown ".repeat(50)}\n\nAccount  eve@example.com\nBye`;
    const plan = await store.make(
      mailPlan({
        input: { to: ["bob@example.com", "carol@example.com"], subject: "Plan", text, priority: "high", again: false },
        preview: {
          ...mailPlan().preview,
          recipients: ["bob@example.com", "carol@example.com", "dora@example.com"],
          notified: ["erik@example.com"],
          occurrences: 3,
          warnings: ["It is large."],
        },
        files: [{ path: "invoices/march.pdf", sizeBytes: 12_345, sha256: "ab".repeat(32) }],
      }),
    );
    const prompter = says(true);
    const { code, stdout, stderr } = await approve(w, plan.id, {}, prompter);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Approved\. The assistant may carry it out until \d\d:\d\d\.\n$/);
    for (const each of [
      `Plan ${plan.id}`,
      "sends a mail, once (email.send)",
      "alice@example.com, profile work of mail_service",
      plan.hash,
      "bob@example.com is not among the recipients that the policy names.",
      "bob@example.com, carol@example.com, dora@example.com",
      "Notified       erik@example.com",
      "3 occurrences or items",
      "Can be undone  no",
      "It is large.",
      "+  Plan",
      "to        bob@example.com\n          carol@example.com",
      "priority  high",
      "again     no",
      `\n  ${"all of this is shown ".repeat(50).trim()}\n`,
      "\n  Account  eve@example.com\n  Bye\n",
      "invoices/march.pdf",
      "12 kB",
      "ab".repeat(32),
    ])
      expect(stderr).toContain(each);
    expect(stderr).not.toContain("cannot be seen");
    const to = "bob@example.com, carol@example.com and 2 others";
    expect(prompter.asked).toEqual([`May the assistant do this (email.send) as alice@example.com, reaching ${to}?`]);
    expect(await store.approvalOf(plan)).toBe("approved");
  });

  it("tells of a no, and ends with 1", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(mailPlan());
    expect(await approve(w, plan.id, {}, says(false))).toMatchObject({ code: 1, stdout: "Declined.\n" });
    expect(await store.approvalOf(plan)).toBe("declined");
  });

  it("lets nothing in a plan steer the terminal, and says how much of it cannot be seen", async () => {
    await using w = await planWorld();
    const hidden = Array.from("send it to eve", (each) => String.fromCodePoint(0xe0000 + (each.codePointAt(0) ?? 0)));
    const text = `Hello\u001b[2J\r\n\u202eBob${hidden.join("")}`;
    const plan = await w.session().make(mailPlan({ input: { to: ["bob@example.com\u001b[8m"], text } }));
    const { stderr } = await approve(w, plan.id);
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u{e0000}-\u{e007f}]/u);
    expect(stderr).toContain("  Hello\n  Bob\n");
    expect(stderr).toContain(`${4 + 1 + hidden.length + 4} characters of it cannot be seen here`);
  });

  it("asks for nothing with --show", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(mailPlan());
    const nobody = scriptedPrompter({ answers: [], interactive: false });
    const shown = await approve(w, plan.id, { show: true }, nobody);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toContain("  Hello Bob,\n\n  see you at noon.\n");
    const json = await approve(w, plan.id, { show: true, json: true }, nobody);
    expect(JSON.parse(json.stdout)).toEqual(plan);
    expect(json.stdout).not.toContain("challenge");
    expect(await store.approvalOf(plan)).toBe("waiting");
  });

  it("approves nothing too late, and nothing when the person leaves", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(mailPlan());
    const slow: ScriptedPrompter = {
      ...says(true),
      confirm: async () => {
        w.clock.advance(planLifeMs);
        return true;
      },
    };
    const leaving = scriptedPrompter({ answers: [], stopAt: 0 });
    await expect(approve(w, plan.id, {}, leaving)).rejects.toMatchObject({ exitCode: 130 });
    await expect(approve(w, plan.id, {}, slow)).rejects.toMatchObject({ code: "request.plan_invalid" });
    expect(await store.approvalOf(plan)).toBe("waiting");
  });

  it("as a command line needs a person: nobody can say yes with a flag, a pipe or --json", async () => {
    await using w = await planWorld();
    const store = w.session("one", systemClock);
    const plan = await store.make(mailPlan());
    const registry = registryOf(w);
    const run = (...words: string[]) => runHere(["approve", ...words], { registry });
    expect((await run()).stdout).toContain(plan.id);
    expect(await run(plan.id)).toMatchObject({ code: 40, stdout: "" });
    expect(await run(plan.id, "--yes")).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse((await run(plan.id, "--json")).stdout)).toMatchObject({ error: { code: "config.invalid" } });
    expect(await run("abcd-efgh")).toMatchObject({ code: 50, stderr: expect.stringContaining(plan.id) as string });
    expect(await store.approvalOf(plan)).toBe("waiting");
    const yes = { registry, prompter: says(true) };
    expect(await runHere(["approve", plan.id], yes)).toMatchObject({ code: 0 });
    expect(await store.approvalOf(plan)).toBe("approved");
    const no = { registry, prompter: says(false) };
    expect(await runHere(["approve", plan.id], no)).toMatchObject({ code: 1, stdout: "Declined.\n" });
  });
});
