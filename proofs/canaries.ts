import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCredentialManager } from "maigic-integrations";
import { failOnce, type FailingWorld } from "./support/canary-failures.js";
import { openCanaryScene, writeKeyFile, type CanaryScene } from "./support/canary-scene.js";
import { notes, notesCredentials } from "./support/notes-provider.js";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld, type World } from "./support/world.js";

export const name = "canaries";
export const claim =
  "no secret, nor twelve characters of one in any coding, gets into an error, a log, an output, an argument or a file";

const user = "alice@example.com";
const robot = "robot@studio.iam.gserviceaccount.com";
const scopes = ["https://mail.google.com/", "https://www.googleapis.com/auth/gmail.modify"];
const identity = ["openid", "https://www.googleapis.com/auth/userinfo.email"];

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const wanted = full ? 500 : 40;
  const key = randomBytes(32).toString("base64");
  const serviceAccounts = [{ clientEmail: robot, delegatedScopes: [...identity, ...scopes] }];
  await using world = await openWorld({ users: [{ email: user }], serviceAccounts }, user, {
    env: { MAIGIC_VAULT_KEY: key },
  });
  const scene = openCanaryScene();
  scene.canaries.add("vault key", key);
  const failing = await open(scene, world);
  const failures = await withTemporaryFolder(world, key, () => fail(failing, wanted));
  await setUpByCommand(scene, world, key);
  scene.readFiles(world.folder);
  const { leaks } = scene;
  return outcome(
    {
      figure: [
        `${leaks.length} leaks of ${scene.canaries.count} secrets in ${failures} failures and a setup`,
        ...leaks.slice(0, 5),
      ].join("; "),
      target: `0 leaks in ${wanted} failures and a setup`,
      holds: leaks.length === 0 && failures === wanted && scene.canaries.count >= 20,
    },
    plantLeaks(scene, world),
  );
}

/** Links every kind of credential, and learns its secrets. */
async function open(scene: CanaryScene, world: World): Promise<FailingWorld> {
  const { config, sandbox } = world;
  const { dispatcher, logger, clock } = scene;
  const client = sandbox.clientFile()["installed"] as Record<string, string>;
  scene.canaries.add("client secret", client["client_secret"]);
  const credentials = createCredentialManager(config, { endpoints: sandbox.url, dispatcher, clock });
  const keyFile = await writeKeyFile(scene, world, robot);
  await credentials.linkServiceAccount("google_gmail", { userId: "robot", keyFile, subject: user });
  const apiKey = randomBytes(24).toString("base64url");
  scene.canaries.add("API key", apiKey);
  await notesCredentials(config).storeCredentials(notes, { apiKey });
  for (const service of ["google_gmail", "google_calendar"])
    await credentials.getAccessToken(service, undefined, { forceRefresh: true });
  const options = { config, credentials, endpoints: sandbox.url, dispatcher, logger, clock };
  return { scene, world, credentials, options, user, keyFile };
}

/** @returns how many calls failed */
async function fail(failing: FailingWorld, wanted: number): Promise<number> {
  let failures = 0;
  for (let attempt = 0; failures < wanted && attempt < wanted * 4; attempt++) {
    const failed = await failOnce(failing, attempt);
    if (!failed) continue;
    failing.scene.examine(failed.error, failed.where);
    failures++;
  }
  return failures;
}

/** Lets temporary files be written where they are looked for, and keeps what this process prints. */
async function withTemporaryFolder<T>(world: World, key: string, work: () => Promise<T>): Promise<T> {
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = join(world.folder, "tmp");
  process.env["CANARY_VAULT_KEY"] = key;
  mkdirSync(process.env["TMPDIR"]);
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    delete process.env["CANARY_VAULT_KEY"];
  }
}

/** A whole setup on the command line, and the commands around it. */
async function setUpByCommand(scene: CanaryScene, world: World, key: string): Promise<void> {
  const command = (args: readonly string[], input = ""): Promise<string> => runCommand(scene, world, key, args, input);
  const sandbox = ["--sandbox", world.sandbox.url];
  const said = await command([
    "setup",
    "--service",
    "gmail",
    "--profile",
    "cli",
    "--paste",
    "--no-browser",
    ...sandbox,
  ]);
  const url = /http:\S+oauth2\S+/.exec(said)?.[0] ?? "";
  const address = await world.sandbox.approve(url, { user });
  scene.canaries.add("code", new URL(address).searchParams.get("code") ?? undefined);
  const wrong = address.replace("state=", "state=x");
  await command(["setup", "--profile", "cli", "--paste", "-", ...sandbox], `${wrong}\n`);
  await command(["setup", "--profile", "cli", "--paste", "-", ...sandbox], `${address}\n`);
  for (const json of [[], ["--json"]]) {
    await command(["setup", "--list", ...json, ...sandbox]);
    await command(["doctor", ...json, ...sandbox]);
    await command(["vault", "status", ...json, ...sandbox]);
    world.sandbox.failNext({
      method: "oauth.token",
      respond: { status: 400, body: { error: Object.values(scene.last)[0] } },
    });
    await command(["profiles", "remove", "gmail", "nobody", ...json, ...sandbox]);
  }
  const ready = createCredentialManager(world.config, { endpoints: world.sandbox.url });
  scene.canaries.add("access token", (await ready.getAccessToken("google_gmail", "cli")).reveal());
}

/** Runs a command; looks through what it prints and through its arguments as the system shows them. */
function runCommand(
  scene: CanaryScene,
  { folder, config }: World,
  key: string,
  args: readonly string[],
  input: string,
): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    TMPDIR: join(folder, "tmp"),
    NODE_DEBUG: "undici,fetch",
    MAIGIC_VAULT_KEY: key,
    MAIGIC_CREDENTIALS_DIR: config.credentialsDir,
    MAIGIC_CONFIG_DIR: config.configDir,
  };
  const child = spawn(process.execPath, ["dist/cli/bin.js", ...args], { env });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  child.stdin.end(input);
  if (process.platform === "linux") {
    scene.read(readFileSync(`/proc/${child.pid ?? "self"}/cmdline`, "utf8"), "the arguments of a command");
  }
  return new Promise((resolve) => {
    child.on("close", () => {
      scene.read(said, `the output of ${args[0] ?? ""}`);
      resolve(said);
    });
  });
}

/** Leaks of each kind, which must be found. */
function plantLeaks({ last, canaries }: CanaryScene, { folder }: World): Record<string, boolean> {
  const control = openCanaryScene();
  const secret = last["refresh_token"] ?? "";
  control.canaries.add("refresh token", secret);
  const slice = secret.slice(20, 32);
  const found = (plant: () => void): boolean => {
    const before = control.leaks.length;
    plant();
    return control.leaks.length > before;
  };
  const file = join(folder, "tmp", "left.txt");
  writeFileSync(file, `x ${Buffer.from(secret).toString("hex")} y`);
  const inFile = found(() => control.readFiles(folder));
  rmSync(file);
  return {
    "twelve characters in an error": found(() => control.examine(new Error(`bad ${slice}`), "an error")),
    "deep inside an error": found(() => control.examine(new Error("bad", { cause: { a: [{ b: slice }] } }), "depth")),
    "base64 in a log": found(() => control.logger.debug(Buffer.from(`abc:${secret}`).toString("base64"))),
    "percents in an output": found(() => control.read(encodeURIComponent(secret), "an output")),
    "a file": inFile,
    "secrets were learned": canaries.count > 0 && secret.length > 40,
  };
}
