import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Prompter } from "../src/setup/prompter.js";
import { runCommand } from "./support/run-command.js";
import { runHere } from "./support/run-here.js";
import { scriptedPrompter, type ScriptedPrompter } from "./support/scripted-prompter.js";
import { openWorld, type World } from "./support/world.js";

const alice = "alice@example.com";

/** A person who answers the one question that a command may have. */
function person(answer: boolean): ScriptedPrompter {
  return scriptedPrompter({ answers: [["Do it?", answer]] });
}

describe("commands made of the operations", () => {
  let world: World;
  let ids: string[];
  beforeAll(async () => {
    const date = Date.parse("2026-11-23T12:00:00Z");
    const messages = Array.from({ length: 6 }, (_, index) => ({
      subject: index === 0 ? "Lunch\u001b[31m\u202e?" : `Mail ${index}`,
      date: date - index * 60_000,
    }));
    world = await openWorld({
      seed: {
        users: [{ email: alice, timeZone: "Asia/Tokyo", labels: ["Blue"], messages }, { email: "bob@example.com" }],
      },
      limits: "none",
    });
    await world.signIn("google_gmail", alice);
    await world.signIn("google_calendar", alice);
    ids = world.sandbox.inspect.messages(alice).map(({ id }) => String(id));
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const run = (args: readonly string[], options: { linesRead?: number; prompter?: Prompter } = {}) =>
    runHere([...args, "--sandbox", world.sandbox.url], { registry: world.registry, ...options });
  const sent = (): number => world.sandbox.inspect.messages("bob@example.com").length;

  describe("that read", () => {
    it("are laid out for people, and nothing from outside steers the terminal", async () => {
      const { code, stdout, stderr } = await run(["email", "search", "subject:lunch"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Lunch?");
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
    });

    it("print one JSON document, which is safe on a terminal and parses to what was found", async () => {
      const { code, stdout } = await run(["email", "search", "subject:lunch", "--json"]);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
      const found = JSON.parse(stdout) as { emails: { subject: string }[] };
      expect(found.emails.map(({ subject }) => subject)).toEqual([expect.stringContaining("Lunch")]);
    });

    it("print one item a line as they come, and the rest of a page on a last line", async () => {
      const streamed = await run(["email", "search", "in:inbox", "--limit", "3", "--ndjson"]);
      const lines = streamed.stdout.trimEnd().split("\n");
      expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids.slice(0, 3));
      const changes = await run(["email", "changes", "--ndjson"]);
      expect(JSON.parse(changes.stdout)).toMatchObject({ page: { cursor: expect.any(String) as string } });
    });

    it("print no two kinds of documents at once", async () => {
      const { code, stdout } = await run(["email", "recent", "--json", "--ndjson"]);
      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toEqual({
        error: {
          name: "UsageError",
          message: "option '--json' cannot be used with option '--ndjson'",
          hint: expect.stringContaining("--help") as string,
        },
      });
    });

    it("stop reading when nobody reads what they print", async () => {
      world.sandbox.clearRequests();
      const { code, stdout, stderr } = await run(["email", "search", "in:inbox", "--ndjson"], { linesRead: 1 });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    });

    it("tell of their requests, but not of contents, when asked to", async () => {
      const { stderr } = await run(["email", "show", ids[1] ?? "", "--verbose"]);
      expect(stderr).toMatch(/^GET \/gmail\/v1\/users\/me\/messages\/\w+: 200 in \d+ ms$/m);
      expect(stderr).not.toContain("Mail 1");
    });

    it("show events in the zone in which times are read: the calendar's, unless another is asked for", async () => {
      await run(["calendar", "create", "Lift", "--start", "today+3 09:00", "--minutes", "30"]);
      const shown = await run(["calendar", "events", "today+2", "today+5"]);
      expect(shown.stdout).toContain("09:00–09:30");
      const elsewhere = await run(["calendar", "events", "today+2", "today+5", "--time-zone", "Asia/Kolkata"]);
      expect(elsewhere.stdout).toContain("05:30–06:00");
    });

    it.each([
      [["calendar", "events", "next week"], '"next week" is not a time. Give an ISO 8601 time'],
      [["calendar", "slots", "--hours", "early"], '"early" is neither hours such as 08:30-18:00 nor any.'],
      [["email", "recent", "--limit", "0"], "It is not a whole number from 1 up."],
      [["email", "show", ""], "It is empty."],
    ])("say of %j what is wrong with it in words", async (args, problem) => {
      const { code, stderr } = await run(args);
      expect(code).toBe(52);
      expect(stderr).toContain(problem);
    });

    it("work on calendars too", async () => {
      const { code, stdout } = await run(["calendar", "agenda", "--json"]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ events: [] });
    });

    it("end with the error's own code, and name the flag that is to be corrected", async () => {
      const { code, stdout, stderr } = await run(["email", "search", "x", "--limit", "0"]);
      expect({ code, stdout }).toEqual({ code: 52, stdout: "" });
      expect(stderr).toContain("What to do: Correct --limit");
      const json = await run(["email", "search", "x", "--limit", "0", "--json"]);
      expect(JSON.parse(json.stdout)).toMatchObject({
        error: { code: "request.invalid", details: { field: "limit", flag: "--limit" } },
      });
    });
  });

  describe("that send", () => {
    const mail = ["email", "send", "--to", "bob@example.com", "--subject", "Hello", "--text", "How are you?"];

    it("only show whom they would reach, with --dry-run", async () => {
      const { code, stdout } = await run([...mail, "--dry-run"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Recipients +bob@example.com/);
      const json = await run([...mail, "--dry-run", "--json"]);
      expect(JSON.parse(json.stdout)).toMatchObject({ account: alice, recipients: ["bob@example.com"] });
      expect(sent()).toBe(0);
    });

    it("send nothing where nobody can be asked, and name the flag", async () => {
      const { code, stdout } = await run([...mail, "--json"]);
      expect(code).toBe(40);
      expect(JSON.parse(stdout)).toMatchObject({
        error: {
          code: "config.missing_variable",
          details: { flag: "--yes", preview: { recipients: ["bob@example.com"] } },
        },
      });
      expect(sent()).toBe(0);
    });

    it("show whom they reach before they ask, and send nothing after a no", async () => {
      const prompter = person(false);
      const { code, stdout, stderr } = await run(mail, { prompter });
      expect({ code, stdout, asked: prompter.asked.length }).toEqual({ code: 1, stdout: "", asked: 1 });
      expect(stderr).toMatch(/Account +alice@example.com\n.*Recipients +bob@example.com[^]*Nothing was changed\.\n$/);
      expect(sent()).toBe(0);
    });

    it("send after a yes, and with --yes without a question", async () => {
      const prompter = person(true);
      expect((await run(mail, { prompter })).code).toBe(0);
      const { code, stdout } = await run([...mail, "--yes", "--json"], { prompter });
      expect({ code, asked: prompter.asked.length }).toEqual({ code: 0, asked: 1 });
      expect(JSON.parse(stdout)).toMatchObject({ outcome: "sent" });
      expect(sent()).toBe(2);
    });

    it("ask nothing about what reaches nobody and can be taken back", async () => {
      const prompter = person(false);
      const { code } = await run(["calendar", "create", "Focus", "--start", "today+1 09:00", "--minutes", "30"], {
        prompter,
      });
      expect({ code, asked: prompter.asked }).toEqual({ code: 0, asked: [] });
    });
  });

  describe("that change many", () => {
    it("take the ids from standard input, one a line", async () => {
      const input = `${ids.slice(2, 4).join("\n")}\n\n`;
      const args = ["email", "label", "-", "--add", "Blue", "--json"];
      const { code, stdout } = await runCommand(world, args, { input, env: { GOOGLE_GMAIL_ENABLED: "true" } });
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ done: 2, failed: 0 });
    });

    it("end with the code of a partial failure when one of them failed", async () => {
      const { code, stdout } = await run(["email", "label", ids[0] ?? "", "nonsense", "--read", "--json"]);
      expect(code).toBe(55);
      expect(JSON.parse(stdout)).toMatchObject({ done: 1, failed: 1 });
    });
  });

  it("stand beside profiles, which list what list does", async () => {
    const { code, stdout } = await run(["profiles", "list", "--json", "--service", "gmail"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      integrations: [{ service: "google_gmail", state: "ready", account: alice }],
    });
  });

  it.each([
    [["email", "search"], "missing required argument 'query'"],
    [["email", "search", "x", "--nope"], "unknown option '--nope'"],
    [["email", "search", "x", "--limit", "many"], "'--limit <number>' argument 'many' is invalid"],
    [["email", "show", "x", "--ndjson"], "unknown option '--ndjson'"],
    [["email", "nonsense"], "unknown command 'nonsense'"],
    [["email", "recent", "--timeout", "0"], "above 0"],
    [["calendar", "create", "Lunch"], "required option '--start"],
    [["email", "send", "--priority", "most"], "Allowed choices are low, normal, high, urgent"],
  ])("answer %j with what is wrong about it, and exit code 2", async (args, problem) => {
    const { code, stdout, stderr } = await runHere(args, { registry: world.registry });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(problem);
    expect(stderr).toContain("--help");
  });
});
