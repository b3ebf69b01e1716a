import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxSeed } from "../../src/sandbox/index.js";
import { environmentOf } from "./run-command.js";
import { root } from "./source-files.js";
import { openWorld, type World } from "./world.js";

export const alice = "alice@example.com";
/** The same person's account at home. */
export const anna = "anna@home.example";
export const bob = "bob@example.com";
/** Whom no policy names. */
export const mallory = "mallory@evil.example";

/** How a server is started. */
export interface ServerStart {
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
}

/** Alice's two accounts as the profiles `work` and `personal`; at home a person is asked in the assistant's window. */
export async function mcpWorld(): Promise<World> {
  const people: SandboxSeed["users"] = [
    {
      email: alice,
      messages: [{ from: `Bob <${bob}>`, to: alice, subject: "Lunch?", text: "At noon?" }],
      calendars: [{ id: "primary", events: [meetingOfBob] }],
    },
    ...[anna, bob, mallory].map((email) => ({ email })),
  ];
  const world = await openWorld({ seed: { users: people }, limits: "none" });
  for (const [userId, user] of Object.entries({ work: alice, personal: anna })) {
    for (const service of ["google_gmail", "google_calendar"]) await world.signIn(service, user, { userId });
  }
  await setPolicy(
    world,
    `profiles:
  work: { allow: [write, send, delete], domains: [example.com] }
  personal: { allow: [write, send], others: confirm, ask: client }
`,
  );
  return world;
}

/** When it is; far from now, so that it never becomes the past. */
export const meeting = { from: "2031-05-05T00:00", to: "2031-05-12T00:00" } as const;

const meetingOfBob = {
  id: "harbour01",
  summary: "Harbour",
  start: { dateTime: "2031-05-06T09:00:00", timeZone: "Europe/Berlin" },
  end: { dateTime: "2031-05-06T10:00:00", timeZone: "Europe/Berlin" },
  organizer: { email: bob },
  attendees: [
    { email: bob, responseStatus: "accepted" },
    { email: alice, responseStatus: "needsAction" },
  ],
};

/** Writes policy.yaml. */
export async function setPolicy({ config: { configDir } }: World, yaml: string): Promise<void> {
  await mkdir(configDir, { recursive: true, mode: 0o700 });
  await writeFile(join(configDir, "policy.yaml"), yaml, { mode: 0o600 });
}

/** Starts the built program as a client does. */
export function serverOf(world: World, ...flags: readonly string[]): ServerStart {
  const { PATH = "", ...places } = environmentOf(world);
  const own = Object.entries(places).filter((each): each is [string, string] => each[1] !== undefined);
  return {
    command: process.execPath,
    args: [join(root, "dist/cli/bin.js"), "mcp", "--sandbox", world.sandbox.url, ...flags],
    env: { PATH, ...Object.fromEntries(own), GOOGLE_GMAIL_ENABLED: "true", GOOGLE_CALENDAR_ENABLED: "true" },
    cwd: world.folder,
  };
}
