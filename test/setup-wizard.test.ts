import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { IntegrationConfig } from "../src/config.js";
import { getRegistry } from "../src/integrations.js";
import type { IntegrationRegistry } from "../src/registry.js";
import type { SetupOptions } from "../src/setup/setup-options.js";
import { runSetup } from "../src/setup/wizard.js";
import { scriptedPrompter, waits, type Script, type ScriptedPrompter } from "./support/scripted-prompter.js";
import { openWorld, type World } from "./support/world.js";

const gmail = "google_gmail";
const calendar = "google_calendar";
const alice = "alice@example.com";
const bob = "bob@example.com";
const modify = "https://www.googleapis.com/auth/gmail.modify";

type Consent = Partial<Parameters<World["sandbox"]["approve"]>[1]>;

interface Stage extends World {
  /** A registry as a new process has it: nothing is switched on but by `.env`. */
  fresh(machine?: string): IntegrationRegistry;
  /** Goes to consent pages, and answers them in this order; the last answer again and again. */
  browser(...consents: Consent[]): (url: string) => Promise<void>;
  setUp(prompter: ScriptedPrompter, options?: Partial<SetupOptions>): ReturnType<typeof runSetup>;
  readonly downloadsDir: string;
}

async function openStage(more: object = {}): Promise<Stage> {
  const w = await openWorld({ seed: { users: [{ email: alice }, { email: bob }], ...more } });
  const downloadsDir = join(w.folder, "Downloads");
  await mkdir(downloadsDir);
  const fresh = (machine = "") => {
    const places = {
      credentialsDir: join(w.folder, machine, "credentials"),
      configDir: join(w.folder, machine, "config"),
    };
    return getRegistry(IntegrationConfig.fromEnv(places, { env: {}, workingDir: join(w.folder, machine) }));
  };
  return {
    ...w,
    fresh,
    downloadsDir,
    browser: (...consents) => {
      const left = consents.length > 0 ? consents : [{}];
      return async (url) => {
        if (!url.startsWith(w.sandbox.url)) return;
        const consent = (left.length > 1 ? left.shift() : left[0]) ?? {};
        await fetch(await w.sandbox.approve(url, { user: alice, ...consent }));
      };
    },
    setUp: (prompter, options = {}) =>
      runSetup({ registry: fresh(), prompter, sandbox: w.sandbox.url, downloadsDir, openBrowser: false, ...options }),
  };
}

/** Both services with one sign-in, from nothing or from wherever it was left. */
const wholeRun = (w: Stage, stopAt?: number): ScriptedPrompter =>
  scriptedPrompter({
    visit: w.browser(),
    ...(stopAt !== undefined && { stopAt }),
    answers: [
      ["Which services", [gmail, calendar]],
      ["is connected as", "test"],
      ["How much may it do", "write"],
      ["Sign in once for Gmail and Google Calendar together?", true],
      ...pages,
      ["Path of the downloaded client file", w.clientFile],
      ["Write this to .env?", true],
    ],
  });

const pages: Script["answers"] = [
  ["press Enter when it is done", ""],
  ["Where do you want to go on?", "on"],
];

describe("the interactive setup", () => {
  it("leads from nothing to two services and two profiles", async () => {
    await using w = await openStage();
    const first = scriptedPrompter({
      visit: w.browser(),
      answers: [
        ["Which services", [gmail]],
        ["How much may it do in Gmail?", "write"],
        ...pages,
        ["Path of the downloaded client file", "/nowhere.json", `'${w.clientFile}'`],
        ["Do you want Google Calendar as well?", "own"],
        ["Write this to .env?", true],
      ],
    });
    const { connected, settings } = await w.setUp(first);
    expect(connected).toMatchObject([
      { service: gmail, state: "ready", account: alice, checks: [{ scope: modify, ok: true }] },
      { service: calendar, state: "ready", account: alice, checks: [{ ok: true }, { ok: true }] },
    ]);
    expect(first.said.join("\n")).toMatch(/nowhere\.json cannot be read/);
    expect(first.shown.filter((url) => url.includes("apis/library"))).toHaveLength(2);
    expect(settings).toMatchObject([{ written: true }]);
    expect(await readFile(join(w.folder, ".env"), "utf8")).toBe(
      "GOOGLE_GMAIL_ENABLED=true\nGOOGLE_CALENDAR_ENABLED=true\n",
    );
    const second = scriptedPrompter({
      visit: w.browser({ user: bob }),
      answers: [
        ["Which services", [gmail, calendar]],
        ["Gmail is connected as alice@example.com", "another"],
        ["Google Calendar is connected as alice@example.com", "test"],
        ["Name of the other profile", "a/b", "default", "work"],
        ["How much may it do in Gmail?", "read"],
        ["Do you want Google Calendar as well?", "no"],
      ],
    });
    expect((await w.setUp(second)).connected).toMatchObject([
      { service: calendar, userId: "default", state: "ready", enabled: true },
      { service: gmail, userId: "work", state: "ready", account: bob, access: "read", enabled: true },
    ]);
    expect(second.said.filter((text) => /already|slash/.test(text))).toHaveLength(2);
  });

  it("can be stopped at every question, and goes on to the end from there", async () => {
    await using w = await openStage();
    const stoppedAt: string[] = [];
    const shownAgain: number[] = [];
    for (let question = 0; ; question += 1) {
      const registry = w.fresh(`machine-${question}`);
      const run = (prompter: ScriptedPrompter) => w.setUp(prompter, { registry, downloadsDir: w.downloadsDir });
      const stopping = wholeRun(w, question);
      const outcome = await run(stopping).catch((error: unknown) => error);
      if (!(outcome instanceof Error)) break;
      expect(outcome).toMatchObject({ code: "auth.consent_denied", exitCode: 35, details: { stopped: true } });
      stoppedAt.push(stopping.left ?? "");
      const again = wholeRun(w);
      expect((await run(again)).connected).toMatchObject([
        { service: gmail, state: "ready" },
        { service: calendar, state: "ready", sharesWith: { service: gmail } },
      ]);
      const pagesOf = ({ shown }: ScriptedPrompter) => shown.filter((url) => url.includes("console.cloud")).length;
      shownAgain.push(pagesOf(stopping) + pagesOf(again));
    }
    expect(stoppedAt).toHaveLength(11);
    expect(stoppedAt.slice(0, 4).join()).toMatch(/Which.*How much.*Sign in once.*Step 1 of 7/);
    expect(stoppedAt.slice(8).join()).toMatch(/Step 6 of 7.*Path of the downloaded.*Write this to \.env/);
    expect(Math.max(...shownAgain)).toBe(8); // what was done is not shown again, but for the step that was left
    const leftovers = (await readdir(w.folder, { recursive: true })).filter((file) => file.endsWith(".tmp"));
    expect(leftovers).toEqual([]);
  });

  it("says what went wrong with a sign-in, and offers it again", async () => {
    await using w = await openStage();
    const prompter = scriptedPrompter({
      visit: w.browser({ deny: true }, { user: bob }, { scopes: ["openid", "email"] }, {}),
      answers: [
        ["How much", "write"],
        ["Try the sign-in again?", true],
        ["Sign in again and tick every box?", true],
      ],
    });
    const options = {
      services: ["gmail"],
      clientFile: w.clientFile,
      account: alice,
      timezone: "Asia/Kolkata",
      yes: true,
    };
    const { connected } = await w.setUp(prompter, options);
    expect(connected).toMatchObject([{ state: "ready", account: alice, userTimezone: "Asia/Kolkata" }]);
    const said = prompter.said.join("\n");
    expect(said).toContain("bob@example.com signed in, but alice@example.com was to; nothing was stored.");
    expect(said).toContain(`not allowed: ${modify}`);
    expect(prompter.asked).toHaveLength(3);
  });

  it("stores nothing for another account than the one that was named", async () => {
    await using w = await openStage();
    const prompter = scriptedPrompter({ visit: w.browser({ user: bob }), answers: [], interactive: false });
    const options = { services: ["gmail"], clientFile: w.clientFile, account: "Alice@example.com" };
    await expect(w.setUp(prompter, options)).rejects.toMatchObject({ code: "auth.wrong_account" });
    expect(await w.credentials.listProfiles()).toEqual([]);
    await expect(
      w.setUp(scriptedPrompter({ ...prompter, visit: w.browser(), answers: [] }), options),
    ).resolves.toMatchObject({ connected: [{ account: alice }] });
  });

  it.each([
    ["no address", { account: "alice" }],
    ["nobody who signs in", { account: alice, serviceAccount: { keyFile: "key.json" } }],
    ["a sign-in that was begun already", { account: alice, pasted: "http://127.0.0.1:8976/callback?state=x" }],
  ])("refuses to pin an account before anything is begun: %s", async (_, options) => {
    await using w = await openStage();
    const prompter = scriptedPrompter({ visit: w.browser(), answers: [], interactive: false });
    await expect(
      w.setUp(prompter, { services: ["gmail"], clientFile: w.clientFile, ...options }),
    ).rejects.toMatchObject({ code: "config.invalid", details: { flag: "--account" } });
    expect(prompter.shown).toEqual([]);
  });

  it("shows where an API is enabled that is not, and tests again", async () => {
    await using w = await openStage({
      faults: [{ method: "gmail.users.messages.modify", respond: "accessNotConfigured" }],
    });
    const prompter = scriptedPrompter({
      visit: w.browser(),
      answers: [["Enable the API of Gmail", "again"]],
    });
    const { connected } = await w.setUp(prompter, { services: ["gmail"], clientFile: w.clientFile, yes: true });
    expect(connected).toMatchObject([{ checks: [{ ok: true }] }]);
    expect(prompter.shown.at(-1)).toMatch(/^https:\/\/console\.(cloud|developers)\.google\.com\//);
  });

  it("takes a client file that appears in the downloads, and says what is wrong with another", async () => {
    await using w = await openStage();
    const prompter = scriptedPrompter({
      visit: w.browser(),
      answers: [
        ["Which", [gmail]],
        ["How much", "write"],
        ...pages,
        ["Path of the downloaded", waits],
        ["Do you want", "no"],
      ],
    });
    const running = w.setUp(prompter, { rehearsal: true });
    const appear = async (name: string, content: unknown): Promise<void> =>
      writeFile(join(w.downloadsDir, name), JSON.stringify(content));
    const said = async (text: string): Promise<void> => {
      await expect.poll(() => prompter.said.join("\n"), { timeout: 10_000 }).toContain(text);
    };
    await said("As soon as it appears");
    await appear("client_secret_1.json", w.sandbox.clientFile("web"));
    await said("a client of the type Web application");
    await appear("client_secret_2.json", w.sandbox.clientFile());
    expect(await running).toMatchObject({ connected: [{ state: "ready" }], settings: [{ written: false }] });
    expect(prompter.said.join("\n")).toContain("client_secret_2.json has appeared");
    expect(await readdir(w.folder)).not.toContain(".env");
  });

  it("offers a client file that was downloaded just before, and takes pasted content", async () => {
    await using w = await openStage();
    await writeFile(join(w.downloadsDir, "client_secret_old.json"), "[");
    const prompter = scriptedPrompter({
      visit: w.browser(),
      answers: [
        ["How much", "write"],
        ...pages,
        ["downloaded just before", join(w.downloadsDir, "client_secret_old.json")],
        ["Path of the downloaded", '{"installed":', JSON.stringify(w.sandbox.clientFile())],
      ],
    });
    expect(await w.setUp(prompter, { services: [gmail], rehearsal: true })).toMatchObject({
      connected: [{ state: "ready" }],
    });
    expect(prompter.said.join("\n")).toMatch(/client_secret_old\.json is not JSON[^]*pasted is not complete JSON/);
  });
});

describe("the setup without anybody there", () => {
  it("names the flag that is missing", async () => {
    await using w = await openStage();
    const nobody = scriptedPrompter({ answers: [], interactive: false });
    await expect(w.setUp(nobody)).rejects.toMatchObject({
      code: "config.missing_variable",
      exitCode: 40,
      message: expect.stringContaining("--service") as string,
      details: { flag: "--service" },
    });
    await expect(w.setUp(nobody, { services: ["gmail"] })).rejects.toMatchObject({ code: "config.invalid_file" });
    await expect(w.setUp(nobody, { timezone: "Mars/North" })).rejects.toMatchObject({ code: "config.invalid" });
  });

  it("only tells what belongs into .env, unless it may write", async () => {
    await using w = await openStage();
    await writeFile(join(w.folder, ".env"), "SECRET=x\n");
    const nobody = scriptedPrompter({ visit: w.browser(), answers: [], interactive: false });
    const options = { services: ["gmail"], clientFile: w.clientFile };
    expect((await w.setUp(nobody, options)).settings).toMatchObject([{ written: false }]);
    expect(nobody.said.join("\n")).toContain("--yes");
    expect(nobody.said.join("\n")).not.toContain("SECRET");
    expect((await w.setUp(nobody, { ...options, yes: true })).settings).toMatchObject([{ written: true }]);
    expect(await readFile(join(w.folder, ".env"), "utf8")).toBe("SECRET=x\nGOOGLE_GMAIL_ENABLED=true\n");
  });

  it("switches on what is connected although another service could not be", async () => {
    await using w = await openStage();
    const nobody = scriptedPrompter({ visit: w.browser({}, { deny: true }), answers: [], interactive: false });
    const options = { services: [gmail, calendar], clientFile: w.clientFile, yes: true };
    await expect(w.setUp(nobody, options)).rejects.toMatchObject({ code: "auth.consent_denied" });
    expect(await readFile(join(w.folder, ".env"), "utf8")).toBe("GOOGLE_GMAIL_ENABLED=true\n");
  });

  it("says that a port is taken", async () => {
    await using w = await openStage();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const nobody = scriptedPrompter({ visit: w.browser(), answers: [], interactive: false });
    const options = { services: ["gmail"], clientFile: w.clientFile, port };
    await expect(w.setUp(nobody, options)).rejects.toMatchObject({
      code: "config.invalid",
      message: `Port ${port} of this machine is taken by another program.`,
      hint: expect.stringContaining("--port") as string,
    });
    await new Promise((resolve) => other.close(resolve));
    await w.setUp(nobody, options);
    expect(nobody.shown.at(-1)).toContain(encodeURIComponent(`127.0.0.1:${port}/`));
  });
});
