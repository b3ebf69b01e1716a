import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxSeed } from "../../src/sandbox/index.js";
import { forDocs, shownInDocs } from "../support/page-screens.js";
import { alice, bob, openSetupTerminal, type SetupTerminal } from "../support/setup-terminal.js";
import { hasTerminal } from "../support/terminal.js";

if (!hasTerminal) console.warn("No tmux on this machine: the first steps are not tried in a terminal.");

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const world: SandboxSeed = {
  users: [
    {
      email: alice,
      name: "Alice Moreau",
      messages: [{ from: "Bob Lindqvist <bob@example.com>", subject: "Lunch on Friday?", text: "At noon?" }],
      calendars: [{ events: [{ summary: "Planning", start: { date: day(-1) }, end: { date: day(2) } }] }],
    },
    { email: bob, name: "Bob Lindqvist" },
  ],
};
const enter = ["Enter"];

describe.skipIf(!hasTerminal)("the first steps in a terminal", { timeout: 120_000 }, () => {
  let t: SetupTerminal;
  beforeAll(async () => {
    t = await openSetupTerminal({ seed: world });
  });
  afterAll(() => t[Symbol.asyncDispose]());

  /** The screen as docs/getting-started.md shows it. @param typed - what was typed for it there */
  const documented = async (name: string, typed: string): Promise<void> => {
    const screen = (await t.printed()).replaceAll(` --sandbox ${t.w.sandbox.url}`, "");
    const shown = forDocs(name, `$ ${typed}\n${screen}`, t.w);
    expect(shownInDocs(name), 'as "npm run docs:terminal" writes it').toBe(shown);
  };

  it("lead from nothing to two working services, as the docs show it", async () => {
    await t.setup("--no-browser");
    await t.answer("Which services do you want to set up?", enter);
    await t.answer("How much may it do in", enter);
    await t.answer("Sign in once for", enter);
    for (const step of [1, 2, 3, 4, 5, 6]) await t.answer(`Step ${step} of 7: press Enter when it is done`, enter);
    await t.fillIn("Path of the downloaded client file", t.w.clientFile);
    await t.browse({ user: alice });
    await t.answer("Write this to .env?", enter);
    expect(await t.ended()).toBe(0);
    await documented("setup", "npx maigic-integrations-setup --no-browser");
    expect(readFileSync(join(t.w.folder, ".env"), "utf8")).toBe(
      "GOOGLE_GMAIL_ENABLED=true\nGOOGLE_CALENDAR_ENABLED=true\n",
    );
  });

  it("lead to a second profile of another account, with the same client", async () => {
    await t.setup("--no-browser", "--profile", "work");
    await t.answer("Which services do you want to set up?", ["Down", "Space", "Enter"]); // Gmail alone
    await t.answer("How much may it do in", enter);
    await t.browse({ user: bob });
    await t.answer("Do you want Google Calendar as well?", ["Down", "Down", "Enter"]); // with the same sign-in
    await t.browse({ user: bob }, 2);
    expect(await t.ended()).toBe(0);
    expect(await t.printed()).toMatch(/google_calendar, profile "work".*bob@example\.com/);
  });

  it("end with both profiles in the list, tried out, and well by the doctor", async () => {
    await t.setup("--list");
    expect(await t.ended()).toBe(0);
    expect(await t.printed()).toMatch(/google_calendar +work +ready +yes +bob@example\.com/);
    await documented("list", "npx maigic-integrations-setup --list");
    await t.setup("--test");
    expect(await t.ended()).toBe(0);
    await t.command("doctor");
    expect(await t.ended()).toBe(0);
    expect(await t.printed()).toContain("All is well.");
  });

  it("show the newest mails and what is ahead today", async () => {
    await t.command("email", "recent", "--profile", "default");
    expect(await t.ended()).toBe(0);
    expect(await t.printed()).toMatch(/Bob.* Lunch on Friday\?/);
    await t.command("calendar", "agenda", "--profile", "default");
    expect(await t.ended()).toBe(0);
    expect(await t.printed()).toContain("Planning");
  });

  it("are ended with Ctrl-C by 130, and nothing is left on the screen but one line", async () => {
    t.w.sandbox.failNext({ method: "gmail.*", respond: "hang" });
    await t.command("email", "recent", "--profile", "default");
    await t.waitFor("…");
    await t.press("C-c");
    expect(await t.ended()).toBe(130);
    expect((await t.screen()).trim().split("\n")).toEqual([expect.stringContaining("Stopped")]);
  });
});
