import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorld, redirectUri, type World } from "../../test/support/world.js";
import { IntegrationConfig } from "../config.js";
import { systemClock, type Clock } from "../core/clock.js";
import { getRegistry } from "../integrations.js";
import { runDoctor, type DoctorOptions, type DoctorReport } from "./doctor.js";

const gmail = "google_gmail";
const calendar = "google_calendar";
const alice = "alice@example.com";
const bob = "bob@example.com";
const day = 24 * 3600_000;
const seed = { users: [{ email: alice }, { email: bob }] };

/** Goes on like any clock, and can be put ahead. */
interface SteeredClock extends Clock {
  advance(durationMs: number): void;
}

function steeredClock(): SteeredClock {
  let aheadMs = 0;
  return {
    now: () => systemClock.now() + aheadMs,
    sleep: (delayMs, signal) => systemClock.sleep(delayMs, signal),
    advance: (durationMs) => (aheadMs += durationMs),
  };
}

interface Clinic extends World {
  readonly clock: SteeredClock;
  examine(options?: Pick<DoctorOptions, "offline">): Promise<DoctorReport>;
  /** A file of the vault, by its path below the credentials' folder. */
  file(path: string): string;
}

async function openClinic(more: object = {}): Promise<Clinic> {
  const clock = steeredClock();
  const w = await openWorld({ seed: { ...seed, ...more }, clock });
  return {
    ...w,
    clock,
    file: (path) => join(w.folder, "credentials", path),
    examine: (options = {}) => runDoctor(w.registry, { endpoints: w.sandbox.url, clock, ...options }),
  };
}

/** The state and the next step of one profile. */
const lineOf = async (w: Clinic, service = gmail, userId = "default", options: { offline?: boolean } = {}) => {
  const { profiles } = await w.examine(options);
  const line = profiles.find((each) => each.service === service && each.userId === userId);
  return line ?? { state: "not listed", reason: profiles.map((each) => each.userId).join(", ") };
};
const kindsOf = ({ findings }: DoctorReport) => findings.map(({ kind }) => kind);
const edit = async (file: string, change: (value: Record<string, unknown>) => object) =>
  writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>)));

describe("the doctor", () => {
  it("finds nothing in a healthy vault, and tries each profile out unless it is offline", async () => {
    await using w = await openClinic();
    await w.signIn(gmail, alice);
    await w.signIn(calendar, bob, { userId: "work" });
    const before = w.sandbox.requests.length;
    const report = await w.examine({ offline: true });
    expect(w.sandbox.requests).toHaveLength(before);
    expect(report).toMatchObject({
      healthy: true,
      findings: [],
      profiles: [
        { service: calendar, userId: "work", state: "ready", account: bob },
        { service: gmail, userId: "default", state: "ready", account: alice, title: "Gmail" },
      ],
    });
    expect(await w.examine()).toEqual(report);
    expect(w.sandbox.requests.filter(({ path }) => /gmail|calendar/.test(path)).length).toBeGreaterThan(1);
  });

  it("is well where nothing is connected yet", async () => {
    await using w = await openClinic();
    expect(await w.examine()).toMatchObject({ profiles: [], findings: [], healthy: true });
  });

  it("tells a profile that nobody has signed in to from one whose sign-in was revoked", async () => {
    await using w = await openClinic();
    await w.credentials.storeCredentials(gmail, { credentials_path: w.clientFile }, "new");
    expect(await lineOf(w, gmail, "new")).toMatchObject({
      state: "needs_consent",
      next: "npx maigic-integrations-setup --service google_gmail --profile new",
    });
    await w.signIn(gmail, alice);
    w.sandbox.revokeAccess(alice);
    expect(await lineOf(w, gmail, "default", { offline: true })).toMatchObject({ state: "ready" }); // nobody has said so yet
    expect(await lineOf(w)).toMatchObject({ state: "revoked", next: expect.stringContaining("setup") as string });
    expect(await w.examine()).toMatchObject({ healthy: false });
  });

  it("names the scopes that are missing", async () => {
    await using w = await openClinic();
    await w.signIn(gmail, alice, { scopes: ["openid", "email"] });
    expect(await lineOf(w)).toMatchObject({
      state: "missing_scopes",
      reason: expect.stringContaining("gmail.modify") as string,
    });
  });

  it.each([
    [7, /testing, which ends every sign-in after 7 days/],
    [3, /limited time/],
  ])("predicts the end of a sign-in that is good for %i days", async (days, reason) => {
    await using w = await openClinic();
    const { url } = await w.credentials.beginConsent(gmail, {
      userId: "default",
      redirectUri,
      clientFile: w.clientFile,
    });
    const grantSeconds = (days * day) / 1000;
    const callback = await w.sandbox.approve(url, { user: alice, grantSeconds });
    await w.credentials.completeConsent(callback, { userId: "default" });
    const end = new Date(w.clock.now() + days * day).toISOString().slice(0, 10);
    expect(await lineOf(w)).toMatchObject({ state: "expiring", reason: expect.stringMatching(reason) as string });
    expect((await lineOf(w)).reason).toContain(end);
    expect(await w.examine()).toMatchObject({ healthy: true });
  });

  it("predicts the end of a sign-in that is not used", async () => {
    await using w = await openClinic();
    await w.signIn(gmail, alice);
    w.clock.advance(170 * day);
    const options = { offline: true };
    expect(await lineOf(w, gmail, "default", options)).toMatchObject({
      state: "expiring",
      reason: expect.stringContaining("six months") as string,
    });
    await w.credentials.getAccessToken(gmail);
    expect(await lineOf(w, gmail, "default", options)).toMatchObject({ state: "ready" });
  });

  it("shows where an API that is not enabled is enabled", async () => {
    await using w = await openClinic({
      faults: [{ method: "gmail.users.getProfile", respond: "accessNotConfigured" }],
    });
    await w.signIn(gmail, alice);
    expect(await lineOf(w)).toMatchObject({
      state: "api_disabled",
      next: expect.stringContaining("https://console.") as string,
    });
  });

  it("tells the other's account, an edited pointer and an interrupted renaming", async () => {
    await using w = await openClinic();
    await w.signIn(gmail, alice);
    const pointer = w.file(`c21f969b_${gmail}.json`);
    const original = await readFile(pointer, "utf8");
    await edit(pointer, (value) => ({ ...value, subject: "123", account: bob }));
    expect(await lineOf(w)).toMatchObject({ state: "edited_pointer" });
    await edit(pointer, (value) => ({ ...value, mac: undefined, subject: "123" }));
    expect(await lineOf(w)).toMatchObject({ state: "wrong_account" });
    await edit(pointer, (value) => ({ ...value, mac: undefined, subject: undefined, moved_to: "job" }));
    expect(await lineOf(w)).toMatchObject({
      state: "renaming",
      next: "npx maigic-integrations profiles rename google_gmail default job",
    });
    await writeFile(pointer, original);
    expect(await lineOf(w)).toMatchObject({ state: "ready" });
  });

  it("tells an unreadable record from a key that is not there", async () => {
    await using w = await openClinic();
    await w.signIn(gmail, alice);
    await w.signIn(calendar, alice);
    await writeFile(w.file(`${gmail}/token.json`), "{");
    await writeFile(w.file(`67e92c87_${gmail}.json`), "{", { mode: 0o600 });
    expect(await lineOf(w)).toMatchObject({ state: "unreadable" });
    expect(await lineOf(w, gmail, `67e92c87_${gmail}.json`)).toMatchObject({ state: "unreadable" });
    expect(await lineOf(w, calendar)).toMatchObject({ state: "ready" });
    await rm(join(w.folder, "config", "keys"), { recursive: true });
    const overrides = { credentialsDir: w.config.credentialsDir, configDir: w.config.configDir };
    const another = getRegistry(IntegrationConfig.fromEnv(overrides, { env: {}, workingDir: w.folder }));
    const report = await runDoctor(another, { endpoints: w.sandbox.url }); // it has not held the key yet
    expect(report.profiles.find(({ service }) => service === calendar)).toMatchObject({ state: "key_unavailable" });
  });

  it("finds what is wrong with the vault and the machine", async () => {
    await using w = await openClinic();
    await w.signIn(gmail, alice);
    await w.signIn(calendar, alice, { userId: "work" });
    await chmod(w.file(`${gmail}/token.json`), 0o644);
    execFileSync("git", ["init", "-q", w.folder]);
    await rm(w.file(`67e92c87_${calendar}.json`));
    await writeFile(w.file(`${gmail}/credentials.json`), "{");
    const report = await w.examine();
    expect(kindsOf(report).sort()).toEqual(["client_file", "exposed_to_git", "loose_permissions", "orphan"]);
    expect(report.findings.find(({ kind }) => kind === "loose_permissions")?.files).toEqual([
      w.file(`${gmail}/token.json`),
    ]);
    expect(report.healthy).toBe(false);
    await writeFile(join(w.folder, ".gitignore"), "credentials/\n");
    expect(kindsOf(await w.examine()).sort()).toEqual(["client_file", "orphan"]);
  });

  it("finds what the original Python package left", async () => {
    await using w = await openClinic();
    await w.signIn(gmail, alice);
    const old = w.file(`37a8eec1_${gmail}.json`);
    await writeFile(old, JSON.stringify({ user_id: "default", service: gmail }), { mode: 0o600 });
    await mkdir(w.file(calendar), { mode: 0o700 });
    const pointer = { user_id: "default", service: calendar };
    await writeFile(w.file(`37a8eec1_${calendar}.json`), JSON.stringify(pointer), { mode: 0o600 });
    const token = { token: "x", token_uri: `${w.sandbox.url}/token`, client_id: "y", scopes: [] };
    await writeFile(w.file(`${calendar}/token.json`), JSON.stringify(token), { mode: 0o600 });
    const report = await w.examine({ offline: true });
    expect(kindsOf(report).sort()).toEqual(["superseded_pointer", "token_in_clear"]);
  });

  it("finds a clock that is wrong", async () => {
    await using w = await openClinic();
    await w.signIn(gmail, alice);
    const wrong = { now: () => w.clock.now() - 10 * 60_000, sleep: (delayMs: number) => systemClock.sleep(delayMs) };
    const report = await runDoctor(w.registry, { endpoints: w.sandbox.url, clock: wrong });
    expect(report.findings).toMatchObject([
      { kind: "clock_skew", message: expect.stringContaining("10 min behind") as string },
    ]);
  });
});
