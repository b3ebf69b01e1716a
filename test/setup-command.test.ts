import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { environmentOf, runCommand as run, type Outcome } from "./support/run-command.js";
import { root } from "./support/source-files.js";
import { openWorld, type World } from "./support/world.js";

const gmail = "google_gmail";
const calendar = "google_calendar";
const alice = "alice@example.com";
const seed = { users: [{ email: alice }, { email: "bob@example.com" }] };

/** Runs the setup, and goes to the address that it shows. @returns its outcome and the page that the browser ended at */
async function signIn(
  w: World,
  args: readonly string[],
  answer: { user?: string; scopes?: readonly string[]; deny?: boolean } = {},
): Promise<Outcome & { page: { status: number; text: string } }> {
  const child = spawn(
    process.execPath,
    [join(root, "dist/cli/setup-bin.js"), ...args, "--no-browser", "--sandbox", w.sandbox.url],
    { cwd: w.folder, env: environmentOf(w) },
  );
  const output = { stdout: "", stderr: "" };
  let page = Promise.resolve({ status: 0, text: "" });
  child.stdout.on("data", (text: Buffer) => (output.stdout += text.toString()));
  const open = async (url: string) => {
    const { user = alice, scopes, deny } = answer;
    const callback = await w.sandbox.approve(url, { user, ...(scopes && { scopes }), ...(deny && { deny }) });
    const response = await fetch(callback);
    return { status: response.status, text: await response.text() };
  };
  for await (const line of createInterface({ input: child.stderr })) {
    output.stderr += `${line}\n`;
    const url = /http:\S+oauth2\S+/.exec(line)?.[0];
    if (url !== undefined) page = open(url);
  }
  if (child.exitCode === null) await once(child, "exit");
  return { code: child.exitCode ?? -1, ...output, page: await page };
}

describe("the setup", () => {
  it("shows in the browser who is connected now, and how to reach it from another machine", async () => {
    await using w = await openWorld({ seed });
    const outcome = await signIn(w, ["--service", "gmail", "--profile", "work", "--credentials", w.clientFile]);
    expect(outcome).toMatchObject({ code: 0, page: { status: 200 } });
    expect(outcome.page.text).toContain("Connected to Gmail");
    expect(outcome.page.text).toContain("Signed in as alice@example.com, for the profile &quot;work&quot;.");
    expect(outcome.stderr).toMatch(/ssh -N -L (\d+):127\.0\.0\.1:\1 \S+@\S+/);
  });

  it("shows in the browser as well that it went wrong, and why", async () => {
    await using w = await openWorld({ seed });
    const setup = ["--service", "gmail", "--credentials", w.clientFile];
    const denied = await signIn(w, setup, { deny: true });
    expect(denied).toMatchObject({ code: 35, page: { status: 400 } });
    expect(denied.page.text).toContain("Access was not allowed");
    const partial = await signIn(w, setup, { scopes: ["openid", "email"] });
    expect(partial.page.text).toMatch(/not everything was allowed[^]*not allowed: https:\S+gmail\.modify/);
    await signIn(w, setup);
    const other = await signIn(w, setup, { user: "bob@example.com" });
    expect(other).toMatchObject({ code: 36, page: { status: 400 } });
    expect(other.page.text).toMatch(/That was another account[^]*belongs to alice@example\.com, but bob@example\.com/);
  });

  it("signs in once for several services that are to share it", async () => {
    await using w = await openWorld({ seed });
    const services = ["--service", "gmail", "calendar", "--together", "--credentials", w.clientFile, "--json"];
    const outcome = await signIn(w, services);
    expect(outcome).toMatchObject({ code: 0 });
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      connected: [
        { service: gmail, state: "ready" },
        { service: calendar, state: "ready", sharesWith: { service: gmail, userId: "default" } },
      ],
    });
    expect(outcome.stderr.match(/oauth2/g)).toHaveLength(1);
  });

  it("is finished by another process with the pasted address, once", async () => {
    await using w = await openWorld({ seed });
    const begun = await run(w, [
      "setup",
      "--service",
      "gmail",
      "--profile",
      "ann",
      "--paste",
      "--credentials",
      w.clientFile,
    ]);
    expect(begun.code).toBe(40); // nobody was there to paste
    expect(begun.stderr).toContain("--profile ann --paste 'ADDRESS'");
    const url = /http:\S+oauth2\S+/.exec(begun.stderr)?.[0] ?? "";
    const address = await w.sandbox.approve(url, { user: alice });
    const others = await run(w, ["setup", "--profile", "bob", "--paste", address]);
    expect(others).toMatchObject({ code: 33, stdout: "" });
    const done = await run(w, ["setup", "--profile", "ann", "--paste", "-"], { input: `${address}\n` });
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining("ready as alice@example.com") as string });
    const again = await run(w, ["setup", "--profile", "ann", "--paste", address]);
    expect(again).toMatchObject({ code: 33, stdout: "" });
    expect(await run(w, ["setup", "--paste", "not an address"])).toMatchObject({ code: 33 });
  });
});

describe("the command doctor", () => {
  it("says what is wrong and what to do, and exits with 1 only then", async () => {
    await using w = await openWorld({ seed });
    const nobody = await run(w, ["doctor"]);
    expect(nobody).toMatchObject({ code: 0, stdout: expect.stringContaining("setup") as string });
    expect(nobody.stdout).not.toContain("All is well.");
    await w.signIn(gmail, alice, { userId: "work" });
    const well = await run(w, ["doctor"]);
    expect(well).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("All is well.") as string });
    w.sandbox.revokeAccess(alice);
    expect((await run(w, ["doctor", "--offline"])).code).toBe(0);
    const ill = await run(w, ["doctor"]);
    expect(ill.code).toBe(1);
    expect(ill.stdout).toMatch(/google_gmail +work +revoked +alice@example\.com/);
    expect(ill.stdout).toContain("Next: Run npx maigic-integrations-setup --service google_gmail --profile work");
    const report: unknown = JSON.parse((await run(w, ["doctor", "--json"])).stdout);
    expect(report).toMatchObject({ healthy: false, profiles: [{ service: gmail, userId: "work", state: "revoked" }] });
  });
});

describe("the command profiles", () => {
  it("renames a profile, and tells whose access ends before it removes one", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice, { userId: "work" });
    await w.signIn(calendar, alice, { userId: "work" });
    expect(await run(w, ["profiles", "rename", "gmail", "work", "job"])).toMatchObject({
      code: 0,
      stdout: 'google_gmail: "work" is called "job" now.\n',
    });
    const preview = await run(w, ["profiles", "remove", "gmail", "job", "--revoke", "--dry-run"]);
    expect(preview.stdout).toContain('google_calendar, profile "work", alice@example.com');
    expect(await w.credentials.hasCredentials(gmail, "job")).toBe(true);
    const unasked = await run(w, ["profiles", "remove", "gmail", "job", "--revoke"]);
    expect(unasked).toMatchObject({ code: 40, stdout: "", stderr: expect.stringContaining("--yes") as string });
    expect(unasked.stderr).toContain('google_calendar, profile "work"');
    expect(await w.credentials.hasCredentials(gmail, "job")).toBe(true);
    const removed = await run(w, ["profiles", "remove", "gmail", "job", "--revoke", "--yes", "--json"]);
    expect(JSON.parse(removed.stdout)).toMatchObject({
      removed: true,
      alsoAffected: [{ service: calendar, userId: "work", state: "revoked" }],
    });
    expect(await run(w, ["profiles", "remove", "gmail", "nobody"])).toMatchObject({ code: 43, stdout: "" });
  });
});
