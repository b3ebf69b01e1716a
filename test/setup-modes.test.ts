import { readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, type IntegrationRegistry, type Prompter } from "../src/index.js";
import { approveConsent } from "../src/sandbox/approve-consent.js";
import { capturedOutput } from "./support/captured-output.js";
import { scriptedPrompter } from "./support/scripted-prompter.js";
import { openWorld, type World } from "./support/world.js";

const gmail = "google_gmail";
const calendar = "google_calendar";
const alice = "alice@example.com";
const seed = { users: [{ email: alice }, { email: "bob@example.com" }] };

const run = (
  args: readonly string[],
  { registry, prompter }: { registry?: IntegrationRegistry; prompter?: Prompter } = {},
) =>
  capturedOutput(() =>
    runCli(args, {
      program: "maigic-integrations-setup",
      ...(registry && { registry }),
      ...(prompter && { prompter }),
    }),
  );
const at = ({ registry, sandbox }: World) => ({
  run: (args: readonly string[], prompter?: Prompter) =>
    run([...args, "--sandbox", sandbox.url], { registry, ...(prompter && { prompter }) }),
});

describe("the flags of the setup", () => {
  it.each([
    [
      ["--list", "--test"],
      ["--list", "--test"],
    ],
    [
      ["--list", "--credentials", "x"],
      ["--list", "--credentials"],
    ],
    [
      ["--test", "--remove"],
      ["--test", "--remove"],
    ],
    [
      ["--all", "--service", "gmail"],
      ["--all", "--service"],
    ],
    [
      ["--paste", "--port", "80"],
      ["--paste", "--port"],
    ],
    [
      ["--service-account", "x", "--account", "y"],
      ["--service-account", "--account"],
    ],
    [
      ["--paste", "http://x", "--service", "gmail"],
      ["--paste", "--service"],
    ],
    [
      ["--sandbox", "--credentials", "x"],
      ["--sandbox", "--credentials"],
    ],
  ])("are refused when they contradict each other: %j", async (args, flags) => {
    const { code, stdout } = await run([...args, "--json"]);
    expect(code).toBe(41);
    const { error } = JSON.parse(stdout) as { error: { message: string; details: object } };
    expect(error).toMatchObject({ code: "config.invalid", details: { flags } });
    for (const flag of flags) expect(error.message).toContain(flag);
  });

  it("are refused without the one that gives them a meaning, or with a value that has none", async () => {
    expect(await run(["--revoke"])).toMatchObject({ code: 40, stderr: expect.stringContaining("--remove") as string });
    expect(await run(["--port", "70000", "--service", "gmail"])).toMatchObject({ code: 41 });
  });
});

describe("--list and --test", () => {
  it("tell each profile's true state, and a damaged file spoils its own line only", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    await w.signIn(gmail, "bob@example.com", { userId: "work", scopes: ["openid", "email"] });
    await writeFile(join(w.folder, "credentials", "67e92c87_google_calendar.json"), "{");
    const listed = await at(w).run(["--list"]);
    expect(listed.code).toBe(0);
    expect(listed.stdout).toMatch(/google_gmail +default +ready +yes +alice@example\.com/);
    expect(listed.stdout).toMatch(/google_gmail +work +missing scopes/);
    expect(listed.stdout).toMatch(/google_calendar +67e92c87_google_calendar\.json +unreadable/);
    const tested = await at(w).run(["--test"]);
    expect(tested.code).toBe(38);
    expect(tested.stdout).toMatch(/google_gmail +default +alice@example\.com +Read, send and sort mails +ok +\d+ ms/);
    expect(tested.stdout).toMatch(/google_gmail +work +bob@example\.com +Read, send and sort mails +failed/);
    const { stdout, code } = await at(w).run(["--test", "--service", "gmail", "--json"]);
    expect(code).toBe(34);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      results: [
        { profile: "work", ok: false, checks: [{ error: { code: "auth.scope_missing" } }] },
        { profile: "default", ok: true, checks: [{ ok: true }] },
      ],
    });
    expect(await at(w).run(["--test", "--profile", "default"])).toMatchObject({ code: 0 });
  });

  it.each(["read", "write", "full"] as const)(
    "try every scope of access %s out, and change nothing",
    async (access) => {
      await using w = await openWorld({ seed });
      for (const service of [gmail, calendar]) await w.signIn(service, alice, { access });
      const { code, stdout } = await at(w).run(["--test", "--json"]);
      expect({ code, stdout }).toMatchObject({ code: 0 });
      const { results } = JSON.parse(stdout) as { results: { checks: { scope: string }[] }[] };
      expect(results.map(({ checks }) => checks.length)).toEqual(access === "write" ? [1, 2] : [1, 1]);
    },
  );

  it("have nothing to test where nothing is set up", async () => {
    await using w = await openWorld({ seed });
    expect(await at(w).run(["--test"])).toMatchObject({ code: 43, stdout: "" });
  });
});

describe("--remove", () => {
  it("asks, says whose access ends too, and removes", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice, { userId: "work" });
    await w.signIn(calendar, alice);
    const args = ["--remove", "--service", "gmail", "--profile", "work"];
    expect(await at(w).run(args, scriptedPrompter({ answers: [["Remove profile", false]] }))).toMatchObject({
      code: 35,
    });
    expect(await w.credentials.hasCredentials(gmail, "work")).toBe(true);
    const yes = scriptedPrompter({ answers: [['Remove profile "work" of google_gmail', true]] });
    expect(await at(w).run([...args, "--revoke", "--json"], yes)).toMatchObject({ code: 0 });
    expect(yes.said.join()).toContain('google_calendar, profile "default"');
    expect(await w.credentials.hasCredentials(gmail, "work")).toBe(false);
    const chosen = scriptedPrompter({
      answers: [
        ["Which profile", "0"],
        ["Remove profile", true],
      ],
    });
    expect(await at(w).run(["--remove"], chosen)).toMatchObject({ code: 0 });
    expect(await w.credentials.listProfiles()).toEqual([]);
    expect(await at(w).run(["--remove", "--service", "gmail"])).toMatchObject({ code: 43 });
  });
});

describe("a rehearsal", () => {
  it("goes through all of it at a sandbox of its own, and leaves nothing behind", async () => {
    const prompter = scriptedPrompter({
      visit: async (url) => {
        if (url.startsWith("http://127")) await fetch(await approveConsent(url, { user: alice }));
      },
      answers: [
        ["Which services", [gmail]],
        ["How much", "read"],
        ["press Enter", ""],
        ["downloaded just before", "CHOOSE"],
        ["Do you want Google Calendar", "same"],
      ],
    });
    const choose = prompter.choose.bind(prompter);
    const first: Prompter = {
      ...prompter,
      choose: (question, choices, options) =>
        question.includes("downloaded just before")
          ? Promise.resolve(choices[0]?.value ?? "")
          : choose(question, choices, options),
    };
    const outcome = await run(["--sandbox"], { prompter: first });
    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining("ready as alice@example.com") as string });
    expect(outcome.stdout).toMatch(/google_calendar[^]*In earnest: npx maigic-integrations-setup/);
    const folder = /over: the sandbox was stopped, and (\S+) with/.exec(prompter.said.join("\n"))?.[1] ?? "";
    expect(folder).toContain(tmpdir());
    await expect(readdir(folder)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("promises nothing of the next run when it is stopped, since nothing is left of it", async () => {
    const prompter = scriptedPrompter({ stopAt: 0, answers: [["Which services", [gmail]]] });
    const outcome = await run(["--sandbox"], { prompter });
    expect(outcome.stderr).toContain("The setup was stopped");
    expect(outcome.stderr).not.toContain("goes on where you left it");
  });
});
