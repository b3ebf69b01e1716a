import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alice, bob, openSetupTerminal, type SetupTerminal } from "../support/setup-terminal.js";
import { hasTerminal } from "../support/terminal.js";

if (!hasTerminal) console.warn("No tmux on this machine: the setup is not tried in a terminal.");

const enter = ["Enter"];
const gmailAtWork = ["--service", "gmail", "--no-browser", "--profile", "work", "--access", "write", "--yes"];
const interrupt = ["C-c"];
const testTimeoutMs = 120_000;

/** Every question on the way to two services that share a sign-in, in order; the address is one of them. */
const questions = [
  "Which services do you want to set up?",
  "How much may it do in",
  "Sign in once for",
  ...[1, 2, 3, 4, 5, 6].map((step) => `Step ${step} of 7: press Enter when it is done`),
  "Path of the downloaded client file",
  "Waiting for the answer of the consent page",
  "Write this to .env?",
];
const [firstStep, clientFile, waiting] = [3, 9, 10];

describe.skipIf(!hasTerminal)("the setup in a terminal", { timeout: testTimeoutMs }, () => {
  let t: SetupTerminal;
  beforeAll(async () => {
    t = await openSetupTerminal();
  });
  afterAll(() => t[Symbol.asyncDispose]());

  /** Answers as somebody does who wants to get on; what was done in a run before is not asked again. */
  const answer = async (index: number): Promise<void> => {
    const question = questions[index] ?? "";
    if (index === clientFile) await t.fillIn(question, t.w.clientFile);
    else if (index === waiting) await t.browse({ user: alice });
    else await t.answer(question, enter);
  };

  it("ends with what to add where nobody can be asked, and changes nothing", async () => {
    await t.shell("$SETUP < /dev/null");
    expect(await t.ended()).toBe(40);
    expect(await t.printed()).toMatch(
      /--service is missing, and nobody is there to be asked\.\n.*Add --service with one of/,
    );
  });

  it("can be stopped with Ctrl-C at every question, and goes on where it was", async () => {
    for (const [stopAt, question] of questions.entries()) {
      await t.setup("--no-browser");
      for (let index = 0; index < Math.min(stopAt, firstStep); index += 1) await answer(index);
      const before = stopAt - 1; // where it was stopped the time before
      if (before > firstStep && before <= clientFile) {
        await t.waitFor("You have begun this before. Where do you want to go on?");
        await t.answer(`Step ${before - firstStep + 1} of 7`, enter);
      }
      if (before >= firstStep) await answer(before);
      await t.answer(question, interrupt);
      expect(await t.ended(), question).toBe(35);
      expect(await t.printed()).toMatch(
        /Error: The setup was stopped; nothing more was changed\.\n.*goes on where you left/,
      );
    }
  });

  it("says which port is taken, and what to do", async () => {
    const port = new URL(t.w.sandbox.url).port;
    await t.setup(
      "--service",
      "gmail",
      "--no-browser",
      "--port",
      port,
      "--profile",
      "work",
      "--access",
      "read",
      "--credentials",
      t.w.clientFile,
    );
    expect(await t.ended()).not.toBe(0);
    expect(await t.printed()).toMatch(new RegExp(`Error: .*port ${port}.*\\n +What to do: .*--port`, "i"));
  });

  it("offers the sign-in again after a denial and an unticked box, and says what was missing", async () => {
    await t.setup(...gmailAtWork, "--credentials", t.w.clientFile);
    await t.browse({ user: alice, deny: true });
    await t.answer("Try the sign-in again?", enter);
    await t.browse({ user: alice, scopes: ["openid", "email"] }, 2);
    await t.answer("Sign in again and tick every box?", enter);
    expect(await t.printed()).toMatch(/Signed in, but .*gmail\.modify/);
    await t.browse({ user: alice }, 3);
    expect(await t.ended()).toBe(0);
    expect(await t.printed()).toMatch(/google_gmail, profile "work".*alice@example\.com/);
  });

  it("keeps the account that was there when another one signs in", async () => {
    await t.setup(...gmailAtWork);
    await t.browse({ user: bob });
    await t.answer("Try the sign-in again?", ["n"]);
    expect(await t.ended()).toBe(36);
    expect(await t.printed()).toMatch(/belongs to alice@example\.com, but bob@example\.com/);
    expect(await t.w.credentials.listProfiles("google_gmail")).toContainEqual(
      expect.objectContaining({ userId: "work", account: alice, state: "ready" }),
    );
  });

  it("tells the address where no browser can be opened, and goes on", async () => {
    await t.shell(
      `PATH=/nowhere exec $SETUP --service calendar --profile work --access read --yes --credentials ${t.w.clientFile}`,
    );
    await t.waitFor("No browser could be opened: open the address yourself.");
    await t.browse({ user: alice });
    expect(await t.ended()).toBe(0);
  });
});
