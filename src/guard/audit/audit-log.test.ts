import { execFile } from "node:child_process";
import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movedClock } from "../../../test/support/moved-clock.js";
import { root } from "../../../test/support/source-files.js";
import { openAuditLog } from "./audit-log.js";
import type { AuditEntry, AuditFacts, AuditLog } from "./entry.js";
import { checkAudit, readAudit } from "./read-audit.js";

const facts: AuditFacts = {
  ...{ session: "s1", step: "read", profile: "work", tool: "email_find", operation: "email.search", effect: "read" },
  targets: {},
};
const sending: AuditFacts = { ...facts, step: "begun", tool: "email_compose", operation: "email.send", effect: "send" };

let configDir = "";
const clock = movedClock();
const opened: AuditLog[] = [];

async function openLog(): Promise<AuditLog> {
  const log = openAuditLog({ configDir, clock });
  opened.push(log);
  return log;
}

const fileOf = (month = "2026-11"): string => join(configDir, "audit", `${month}.jsonl`);
const textOf = (month?: string): Promise<string> => readFile(fileOf(month), "utf8");

async function entries(since?: number): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for await (const entry of readAudit(configDir, since === undefined ? {} : { since })) found.push(entry);
  return found;
}

const plansOf = async (): Promise<(string | undefined)[]> => (await entries()).map(({ plan }) => plan);

/** A log of five lines, whose plans are a to e. */
async function fiveLines(): Promise<string[]> {
  const log = await openLog();
  for (const plan of ["a", "b", "c", "d", "e"]) await log.append({ ...facts, plan });
  return (await textOf()).trimEnd().split("\n");
}

/** What a check says once the lines are these. */
async function toldOf(lines: readonly (string | undefined)[], month?: string): Promise<string[]> {
  await writeFile(fileOf(month), lines.map((line) => `${line ?? ""}\n`).join(""));
  return (await checkAudit(configDir)).problems.map(({ line, problem }) => `${line}: ${problem}`);
}

beforeEach(async () => {
  configDir = await mkdtemp(join(tmpdir(), "maigic-audit-"));
});

afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await rm(configDir, { recursive: true, force: true });
});

describe("appending", () => {
  it("keeps what was done in files that their owner alone reads, each line naming the one before", async () => {
    const log = await openLog();
    const first = await log.append({ ...facts, account: "ann@example.com", targets: { ids: ["m1"] } });
    const second = await log.append({ ...sending, plan: "k7f3-m2qd", approval: "terminal" });
    await log.append({ ...sending, step: "failed", error: "request.invalid" });
    expect(first).toMatchObject({ at: new Date(clock.now()).toISOString(), previous: "0".repeat(64) });
    expect(second.previous).toBe(first.hash);
    expect((await entries()).slice(0, 2)).toEqual([first, second]);
    expect(await checkAudit(configDir)).toMatchObject({ entries: 3, problems: [] });
    expect((await lstat(join(configDir, "audit"))).mode & 0o777).toBe(0o700);
    expect((await lstat(fileOf())).mode & 0o777).toBe(0o600);
  });

  it("goes on after a restart, and across months", async () => {
    const start = clock.now();
    await (await openLog()).append({ ...facts, plan: "a" });
    clock.advance(10 * 24 * 60 * 60 * 1000);
    const log = await openLog();
    await log.append({ ...facts, plan: "b" });
    clock.advance(start - clock.now()); // set back, which leads to no earlier file
    await log.append({ ...facts, plan: "c" });
    await (await openLog()).append({ ...facts, plan: "d" });
    expect(await readdir(join(configDir, "audit"))).toEqual(expect.arrayContaining(["2026-11.jsonl", "2026-12.jsonl"]));
    expect(await plansOf()).toEqual(["a", "b", "c", "d"]);
    expect(await checkAudit(configDir)).toMatchObject({ entries: 4, problems: [] });
  });

  it("finds the last of lines that are longer than what is read at once", async () => {
    const targets = Object.fromEntries(
      Array.from("abcdef", (field) => [field, Array<string>(50).fill("x".repeat(290))]),
    );
    await (await openLog()).append({ ...facts, targets });
    await (await openLog()).append({ ...facts, targets });
    expect(await checkAudit(configDir)).toMatchObject({ entries: 2, problems: [] });
  });

  it("keeps neither secrets nor what steers a terminal nor novels", async () => {
    const log = await openLog();
    const many = Array.from({ length: 62 }, (_, index) => `m${index}`);
    const bad = ["ya29.abcdefgh", "a\u001b[2Jb\u202ec\nd", `${"x".repeat(297)}😀${"y".repeat(5000)}`, "\ud800"];
    const { targets } = await log.append({ ...facts, targets: { ids: many, only: bad } });
    expect(targets["ids"]).toEqual([...many.slice(0, 50), "… and 12 more"]);
    expect(targets["only"]).toEqual(["[secret]", "abc d", `${"x".repeat(297)}…`, "\ufffd"]);
    expect(await checkAudit(configDir)).toMatchObject({ problems: [] });
  });

  it("makes one whole chain of the lines of two logs and another process", async () => {
    const [one, other] = [await openLog(), await openLog()];
    const script = `
      import { openAuditLog } from "./dist/guard/audit/audit-log.js";
      import { systemClock } from "./dist/core/clock.js";
      const log = openAuditLog({ configDir: process.env.DIR, clock: systemClock });
      for (let count = 0; count < 200; count++) await log.append(${JSON.stringify(facts)});
      await log.close();`;
    const child = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      ...{ cwd: root, env: { DIR: configDir } },
    });
    const appended = async (log: AuditLog): Promise<void> => {
      for (let count = 0; count < 100; count++) await log.append(facts);
    };
    await Promise.all([child, appended(one), appended(other)]);
    expect(await checkAudit(configDir)).toMatchObject({ entries: 400, problems: [] });
  });

  it("writes nothing, and says what to do, where a folder or file cannot be the log's", async () => {
    const log = await openLog();
    await writeFile(join(configDir, "audit"), "mine");
    const refusal = { code: "config.invalid_file", message: expect.stringContaining("2026-11.jsonl") as string };
    await expect(log.append(sending)).rejects.toMatchObject(refusal);
    expect(await readFile(join(configDir, "audit"), "utf8")).toBe("mine");

    await rm(join(configDir, "audit"));
    await mkdir(join(configDir, "elsewhere"));
    await symlink(join(configDir, "elsewhere"), join(configDir, "audit"));
    await expect(log.append(sending)).rejects.toMatchObject({
      message: expect.stringContaining("is a link") as string,
    });
    expect(await readdir(join(configDir, "elsewhere"))).toEqual([]);

    await rm(join(configDir, "audit"));
    await mkdir(join(configDir, "audit"), { mode: 0o700 });
    await writeFile(join(configDir, "mine.txt"), "mine");
    await symlink(join(configDir, "mine.txt"), fileOf());
    await expect(log.append(sending)).rejects.toMatchObject({ code: "config.invalid_file" });
    expect(await readFile(join(configDir, "mine.txt"), "utf8")).toBe("mine");

    await rm(fileOf());
    await expect(log.append(sending)).resolves.toMatchObject({ step: "begun" });
  });

  const isRoot = process.getuid?.() === 0;
  if (isRoot) console.warn("skipped: a folder that is not writable, which root may write all the same");
  it.skipIf(isRoot)("writes nothing into a folder that is not writable", async () => {
    await mkdir(join(configDir, "audit"), { mode: 0o700 });
    await chmod(join(configDir, "audit"), 0o500);
    await expect((await openLog()).append(sending)).rejects.toMatchObject({ code: "config.invalid_file" });
    expect(await readdir(join(configDir, "audit"))).toEqual([]);
    await chmod(join(configDir, "audit"), 0o700);
  });
});

describe("a daily limit", () => {
  const notPermitted = { code: "request.not_permitted", profile: "work" };

  it("holds across logs, for each profile and effect, and not for what was begun before it counts", async () => {
    const [one, other] = [await openLog(), await openLog()];
    await one.append(sending); // yesterday's
    clock.advance(1000);
    const limit = { most: 2, since: clock.now() };
    await one.append(sending, limit);
    await one.append({ ...sending, step: "done" });
    await other.append(sending, limit);
    for (const log of [one, other, await openLog()])
      await expect(log.append(sending, limit)).rejects.toMatchObject(notPermitted);
    await other.append({ ...sending, profile: "personal" }, limit);
    await other.append({ ...sending, effect: "delete" }, limit);
    await other.append(facts, { ...limit, most: 0 });
    await one.append(sending, { most: 3, since: limit.since });
    await expect(other.append(sending, { most: 4, since: limit.since - 1000 })).rejects.toMatchObject(notPermitted);
    expect(await checkAudit(configDir)).toMatchObject({ entries: 8, problems: [] });
  });

  it("lets no more through of those that ask at once", async () => {
    const logs = [await openLog(), await openLog()];
    const limit = { most: 3, since: clock.now() };
    const asked = await Promise.allSettled([1, 2, 3, 4].flatMap(() => logs.map((log) => log.append(sending, limit))));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await checkAudit(configDir)).toMatchObject({ entries: 3, problems: [] });
  });

  it("counts across months, and what was cut off meanwhile", async () => {
    const limit = { most: 2, since: Date.parse("2026-11-30T12:00:00Z") };
    clock.advance(Date.parse("2026-11-30T23:00:00Z") - clock.now());
    const log = await openLog();
    await log.append(sending, limit);
    clock.advance(2 * 60 * 60 * 1000);
    await log.append(sending, limit);
    await rm(fileOf("2026-12"));
    await expect(log.append(sending, limit)).rejects.toMatchObject(notPermitted);
    clock.advance(Date.parse("2026-11-23T08:00:00Z") - clock.now());
  });
});

describe("checking", () => {
  it("finds nothing where there is no log", async () => {
    expect(await checkAudit(configDir)).toEqual({ entries: 0, problems: [], last: undefined });
    expect(await entries()).toEqual([]);
  });

  it("tells a changed byte, wherever it is", async () => {
    const lines = await fiveLines();
    const [first, second, third = "", ...rest] = lines;
    for (const at of [
      0,
      1,
      8,
      30,
      third.indexOf('"hash":"') + 9,
      third.indexOf('"previous":"') + 20,
      third.length - 3,
    ]) {
      const byte = third[at] === "a" ? "b" : "a";
      const changed = `${third.slice(0, at)}${byte}${third.slice(at + 1)}`;
      expect([at, ...(await toldOf([first, second, changed, ...rest]))]).toEqual(
        expect.arrayContaining([at, expect.stringMatching(/^3: It (was changed|is no entry)/)]),
      );
    }
    expect(await toldOf([first, second, ` ${third}`, ...rest])).toEqual([expect.stringContaining("3: It was changed")]);
    expect(await toldOf(lines)).toEqual([]);
  });

  it("tells lines that were taken out, moved or written twice", async () => {
    const [a, b, c, d, e] = await fiveLines();
    expect(await toldOf([a, b, d, e])).toEqual([expect.stringContaining("3: A line before it was taken out")]);
    expect(await toldOf([b, c, d, e])).toEqual([expect.stringContaining("1: The file before it is missing")]);
    expect(await toldOf([a, c, b, d, e])).toEqual(
      [2, 3, 4].map((line) => expect.stringContaining(`${line}: It was moved`) as string),
    );
    expect(await toldOf([a, b, b, c, d, e])).toEqual([expect.stringContaining("3: It was moved or copied")]);
    expect(await toldOf([a, b, a, c, d, e])).toEqual([
      expect.stringContaining("3: It was written as the first"),
      expect.stringContaining("4: It was moved"),
    ]);
  });

  it("tells that a file is missing between others", async () => {
    const [a, b, c, d, e] = await fiveLines();
    await toldOf([c, d, e], "2026-12");
    expect(await toldOf([a, b])).toEqual([]);
    expect(await toldOf([a])).toEqual([expect.stringContaining("1: The file before it is missing")]);
    await rm(fileOf());
    expect((await checkAudit(configDir)).problems).toEqual([
      { file: fileOf("2026-12"), line: 1, problem: expect.stringContaining("The file before it is missing") as string },
    ]);
  });

  it("tells a line that was torn by a crash, after which the log goes on", async () => {
    await fiveLines();
    const whole = await textOf();
    await truncate(fileOf(), whole.length - 40);
    const log = await openLog();
    await log.append({ ...facts, plan: "f" });
    expect(await plansOf()).toEqual(["a", "b", "c", "d", "f"]);
    expect((await textOf()).startsWith(`${whole.slice(0, -40)}\n`)).toBe(true);
    expect((await checkAudit(configDir)).problems).toMatchObject([
      { line: 5, problem: expect.stringContaining("torn") as string },
    ]);
  });

  it("takes a line of which the crash took only its end for whole", async () => {
    await fiveLines();
    await truncate(fileOf(), (await textOf()).length - 1);
    await (await openLog()).append({ ...facts, plan: "f" });
    expect(await checkAudit(configDir)).toMatchObject({ entries: 6, problems: [] });
  });

  it("tells what was cut off or put in the place of the log while it was open", async () => {
    const lines = await fiveLines();
    const [log] = opened;
    await writeFile(fileOf(), `${lines.slice(0, 3).join("\n")}\n`);
    await log?.append({ ...facts, plan: "f" });
    expect((await checkAudit(configDir)).problems).toMatchObject([
      { line: 4, problem: expect.stringContaining("taken out") as string },
    ]);
    await rm(fileOf());
    await log?.append({ ...facts, plan: "g" });
    expect(await plansOf()).toEqual(["g"]);
    expect((await checkAudit(configDir)).problems).toMatchObject([
      { line: 1, problem: expect.stringContaining("missing") as string },
    ]);
  });
});

describe("reading", () => {
  it("begins where it is asked to, in the months that there are", async () => {
    const log = await openLog();
    const start = clock.now();
    for (const plan of ["a", "b", "c"]) {
      await log.append({ ...facts, plan });
      clock.advance(20 * 24 * 60 * 60 * 1000);
    }
    const since = start + 20 * 24 * 60 * 60 * 1000;
    clock.advance(start - clock.now());
    expect((await entries(since)).map(({ plan }) => plan)).toEqual(["b", "c"]);
    expect(await entries(since * 2)).toEqual([]);
  });
});
