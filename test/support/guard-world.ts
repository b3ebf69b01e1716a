import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { collect } from "../../src/core/pages.js";
import type { AuditEntry } from "../../src/guard/audit/entry.js";
import { readAudit } from "../../src/guard/audit/read-audit.js";
import type { GuardCall, GuardResult } from "../../src/guard/guard.js";
import { openGuard, type GuardOptions } from "../../src/guard/open-guard.js";
import type { SandboxSeed } from "../../src/sandbox/index.js";
import { systemClock, type Clock } from "../../src/core/clock.js";
import { openWorld, type World } from "./world.js";

export const alice = "alice@example.com";
/** The same person's account at home. */
export const anna = "anna@home.example";
export const bob = "bob@example.com";
/** Whom no policy names. */
export const mallory = "mallory@evil.example";

/** What a tool gave, read as a program reads it. */
export interface Answer {
  readonly isError: boolean;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A guard, and short ways to call it. */
export interface OpenedGuard extends AsyncDisposable {
  readonly tools: readonly string[];
  readonly ask: (name: string, args: object, call?: GuardCall) => Promise<GuardResult>;
  /** Calls a tool that is not to ask anybody. */
  readonly call: (name: string, args: object, call?: GuardCall) => Promise<Answer>;
  /** Plans and commits. */
  readonly write: (name: string, args: object) => Promise<Answer>;
}

/** A clock that stands still unless it is moved; whoever waits on it waits as long as on any other. */
export interface StillClock extends Clock {
  advance(durationMs: number): void;
}

/** A sandbox with Alice's two accounts, linked as the profiles `work` and `personal`. */
export interface GuardWorld extends World {
  readonly clock: StillClock;
  readonly open: (options?: Partial<GuardOptions>) => Promise<OpenedGuard>;
  /** Writes policy.yaml. Folders may stand in it as `ATTACHMENTS`. */
  readonly setPolicy: (yaml: string) => Promise<void>;
  readonly attachmentsDir: string;
  /** The subjects of what is in somebody's inbox. */
  readonly inbox: (user: string) => string[];
  /** What was noted, oldest first. */
  readonly audit: () => Promise<AuditEntry[]>;
}

/** Monday morning in Berlin. */
export const mondayMs: number = Date.parse("2026-11-30T08:00:00Z");

/** Opens one; without users it has Alice, Anna, Bob and Mallory with nothing in their accounts. */
export async function guardWorld(
  users: SandboxSeed["users"] = [],
  access: "read" | "write" | "full" = "write",
): Promise<GuardWorld> {
  const clock = stillClock(mondayMs);
  const timeZone = "Europe/Berlin";
  const missing = [alice, anna, bob, mallory].filter((email) => !users.some((user) => user.email === email));
  const seed = { users: [...users, ...missing.map((email) => ({ email, timeZone }))] };
  const world = await openWorld({ seed, clock, limits: "none" });
  for (const [userId, user] of [
    ["work", alice],
    ["personal", anna],
  ] as const) {
    for (const service of ["google_gmail", "google_calendar"]) await world.signIn(service, user, { userId, access });
  }
  const attachmentsDir = join(world.folder, "files");
  await mkdir(attachmentsDir, { mode: 0o700 });
  return {
    ...world,
    ...{ clock, attachmentsDir },
    inbox: (user) => world.sandbox.inspect.messages(user).flatMap(subjectInInbox),
    audit: async () => collect(readAudit(world.config.configDir)),
    open: async (options = {}) => opened(world, clock, options),
    async setPolicy(yaml) {
      const { configDir } = world.config;
      await mkdir(configDir, { recursive: true, mode: 0o700 });
      const file = join(configDir, "policy.yaml");
      await writeFile(file, yaml.replaceAll("ATTACHMENTS", attachmentsDir), { mode: 0o600 });
      await chmod(file, 0o600);
    },
  };
}

async function opened(world: World, clock: StillClock, options: Partial<GuardOptions>): Promise<OpenedGuard> {
  const guard = await openGuard({ registry: world.registry, endpoints: world.sandbox.url, clock, ...options });
  const call: OpenedGuard["call"] = async (name, args, how) => {
    const result = await guard.call(name, args, how);
    if (result.kind === "question") throw new Error(`${name} asked: ${result.text}`);
    return { ...result, body: JSON.parse(result.text) as Answer["body"] };
  };
  return {
    tools: guard.tools.map(({ name }) => name),
    ask: (name, args, how) => guard.call(name, args, how),
    call,
    async write(name, args) {
      const planned = await call(name, args);
      if (planned.isError) return planned;
      const { profile, plan, hash } = planned.body;
      return call("commit", { profile, plan, hash });
    },
    [Symbol.asyncDispose]: () => guard.close(),
  };
}

function stillClock(startMs: number): StillClock {
  let now = startMs;
  return {
    now: () => now,
    advance: (durationMs) => void (now += durationMs),
    sleep: (delayMs, signal) => systemClock.sleep(delayMs, signal),
  };
}

function subjectInInbox(message: Readonly<Record<string, unknown>>): string[] {
  const { labelIds, payload } = message as {
    labelIds: string[];
    payload: { headers: { name: string; value: string }[] };
  };
  const subject = payload.headers.find(({ name }) => name === "Subject")?.value ?? "";
  return labelIds.includes("INBOX") ? [subject] : [];
}
