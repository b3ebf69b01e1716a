import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { IntegrationConfig } from "../src/config.js";
import { systemClock } from "../src/core/clock.js";
import { openAuditLog } from "../src/guard/audit/audit-log.js";
import type { AuditEntry, AuditFacts } from "../src/guard/audit/entry.js";
import { getRegistry } from "../src/integrations.js";
import { movedClock } from "./support/moved-clock.js";
import type { Outcome } from "./support/run-command.js";
import { runHere } from "./support/run-here.js";

const dayMs = 24 * 60 * 60 * 1000;
const facts: AuditFacts = {
  ...{ session: "s1", step: "read", profile: "work", tool: "email_find", operation: "email.search", effect: "read" },
  targets: {},
};
const sending: AuditFacts = { ...facts, step: "begun", tool: "email_compose", operation: "email.send", effect: "send" };

let folder = "";

function audit(...args: readonly string[]): Promise<Outcome> {
  const config = IntegrationConfig.fromEnv({ configDir: folder }, { env: {}, workingDir: folder });
  return runHere(["audit", ...args], { registry: getRegistry(config) });
}

/** Notes something that was done so many days ago. */
async function note(daysAgo: number, noted: AuditFacts): Promise<void> {
  const log = openAuditLog({ configDir: folder, clock: movedClock(systemClock.now() - daysAgo * dayMs) });
  await log.append(noted);
  await log.close();
}

/** A search ten days ago, one four days ago, and a mail of today that could not be sent. */
async function threeDays(): Promise<void> {
  await note(10, { ...facts, plan: "old" });
  await note(4, { ...facts, profile: "personal", targets: { folder: ["INBOX"] } });
  const targets = { to: ["ann@example.com", "bob@example.com"], attachments: ["a.pdf"] };
  await note(0, { ...sending, targets, plan: "k7f3-m2qd", approval: "terminal" });
  await note(0, { ...sending, step: "failed", error: "request.forbidden", plan: "k7f3-m2qd" });
}

async function operationsSince(...args: readonly string[]): Promise<string[]> {
  const { stdout } = await audit(...args, "--json");
  return (JSON.parse(stdout) as { entries: AuditEntry[] }).entries.map(({ step }) => step);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "maigic-audit-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the command audit", () => {
  it("says so where there is no log yet, and makes none", async () => {
    for (const args of [[], ["--check"]]) {
      const said = await audit(...args);
      expect(said).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("no audit log yet") as string,
        stderr: "",
      });
    }
    expect(JSON.parse((await audit("--json")).stdout)).toEqual({ entries: [] });
    expect(await audit("--ndjson")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(JSON.parse((await audit("--check", "--json")).stdout)).toEqual({
      ...{ whole: true, entries: 0, problems: [], last: null },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("shows people what was done today, with whom, by whose leave, and what came of it", async () => {
    await note(4, facts);
    const nothing = await audit();
    expect(nothing).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing was noted since") as string });
    await threeDays();
    const { code, stdout } = await audit("--since", "2h");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ *TIME +PROFILE +WHAT +TARGETS +APPROVAL +OUTCOME$/m);
    expect(stdout).toMatch(/^(Today|Yesterday), (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d/m);
    expect(stdout).toMatch(
      /\d\d:\d\d +work +email send +attachments a.pdf; to ann@example.com, bob@example.com +in a terminal +begun \(plan k7f3-m2qd\)\n.* failed: request.forbidden/,
    );
    expect(stdout).not.toContain("email search");
  });

  it("goes back as far as it is asked to, for one profile and the newest, as data too", async () => {
    await threeDays();
    const time = new Date(systemClock.now() - 5 * dayMs).toISOString();
    for (const since of [time, time.slice(0, 10), "today-5", "5d", "120h"]) {
      expect([since, await operationsSince("--since", since)]).toEqual([since, ["read", "begun", "failed"]]);
    }
    expect(await operationsSince("--since", "30d")).toHaveLength(4);
    expect(await operationsSince("--since", "30d", "--profile", "personal")).toEqual(["read"]);
    expect(await operationsSince("--since", "30d", "--limit", "1")).toEqual(["failed"]);
    expect((await audit("--since", "30d", "--limit", "1")).stdout).toContain("The newest 1 of 4 entries");
    for (const [limit, count] of [
      [[], 4],
      [["--limit", "3"], 3],
    ] as const) {
      const lines = (await audit("--since", "30d", "--ndjson", ...limit)).stdout.trimEnd().split("\n");
      expect(lines).toHaveLength(count);
      expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ step: "failed", error: "request.forbidden" });
    }
  });

  it("refuses what it cannot do, with what to do instead", async () => {
    expect(await audit("--since", "last week")).toMatchObject({
      ...{ code: 52, stdout: "", stderr: expect.stringContaining("yesterday, today-7, 2h, 7d") as string },
    });
    for (const args of [
      ["--limit", "0"],
      ["--limit", "many"],
      ["--check", "--since", "2h"],
      ["--json", "--ndjson"],
    ]) {
      expect((await audit(...args)).code).toBe(2);
    }
    await writeFile(join(folder, "audit"), "mine");
    expect(await audit()).toMatchObject({ code: 42, stdout: "" });
  });

  it("checks the chain, and gives a person the last hash to note elsewhere", async () => {
    await threeDays();
    const { whole, entries, last } = JSON.parse((await audit("--check", "--json")).stdout) as Record<string, unknown>;
    expect({ whole, entries }).toEqual({ whole: true, entries: 4 });
    const said = await audit("--check");
    expect(said.code).toBe(0);
    expect(said.stdout).toContain("The chain is whole: 4 entries.");
    expect(said.stdout).toContain(`Last hash  ${String(last)}`);

    const [name = ""] = (await readdir(join(folder, "audit"))).filter((each) => each.endsWith(".jsonl")).slice(-1);
    const file = join(folder, "audit", name);
    await writeFile(file, (await readFile(file, "utf8")).replace("bob@", "eve@"));
    await appendFile(file, "\u001b[2Jhello\n");
    const broken = await audit("--check");
    expect(broken).toMatchObject({ code: 1, stderr: "" });
    expect(broken.stdout).toContain("The chain is broken: 2 places are");
    expect(broken.stdout).toMatch(/\.jsonl, line \d: It was changed/);
    expect(JSON.parse((await audit("--check", "--json")).stdout)).toMatchObject({ whole: false, entries: 4 });
  });
});
