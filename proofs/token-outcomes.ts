import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Agent } from "undici";
import { createCredentialManager, isIntegrationError, type CredentialManager } from "maigic-integrations";
import { outcome, type Outcome } from "./support/proof.js";
import {
  exchangeOutcomes,
  networkFailures,
  refreshOutcomes,
  revokeOutcomes,
  type TokenOutcome,
} from "./support/token-outcomes.js";
import { openWorld, redirectUri, type World } from "./support/world.js";

export const name = "token-outcomes";
export const claim =
  "only an answer that says that a sign-in is over ends it; whatever else happens leaves it as it is";

const user = "alice@example.com";
const service = "google_gmail";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  await using world = await openWorld({ users: [{ email: user }] }, user);
  const credentials = createCredentialManager(world.config, { endpoints: world.sandbox.url, clock: hurriedClock() });
  const setting: Setting = { world, credentials };
  const wrong: string[] = [];
  const note = (what: string, problem: string | undefined): void => {
    if (problem !== undefined) wrong.push(`${what}: ${problem}`);
  };
  const some = <T>(all: readonly T[]): readonly T[] => (full ? all : all.filter((_, index) => index % 6 === 0));
  for (const each of some(refreshOutcomes)) note(`refresh, ${each.what}`, await refresh(setting, each));
  for (const each of some(exchangeOutcomes)) note(`exchange, ${each.what}`, await exchange(setting, each));
  for (const each of some(revokeOutcomes)) note(`revoke, ${each.what}`, await revoke(setting, each));
  for (const [reason, code] of some(networkFailures)) note(reason, await withoutNetwork(world, reason, code));
  const tables = [refreshOutcomes, exchangeOutcomes, revokeOutcomes, networkFailures];
  const count = tables.reduce((sum, table) => sum + some<unknown>(table).length, 0);
  const [ending, outage] = [refreshOutcomes[0], refreshOutcomes.find(({ respond }) => respond === "502")];
  return outcome(
    {
      figure: [`${count - wrong.length} of ${count} outcomes`, ...wrong.slice(0, 5)].join("; "),
      target: `${count} of ${count}${full ? ", at least 60" : ""}`,
      holds: wrong.length === 0 && (!full || count >= 60),
    },
    {
      "an ending that is taken for an outage": (await refresh(setting, { ...ending, ...notEnded })) !== undefined,
      "an outage that is taken for an ending": (await refresh(setting, { ...outage, ...endedForGood })) !== undefined,
    },
  );
}

const notEnded = {
  what: "a control",
  respond: { status: 400, body: { error: "invalid_grant" } },
  code: "connection.unavailable",
};
const endedForGood = { what: "a control", respond: "502", code: "auth.revoked", over: true } as const;

interface Setting {
  readonly world: World;
  readonly credentials: CredentialManager;
}

/** Waiting takes no time: what is waited for is not what is shown here. */
function hurriedClock(): { now: () => number; sleep: () => Promise<void> } {
  return { now: () => Date.now(), sleep: () => Promise.resolve() };
}

async function refresh(setting: Setting, { respond, code, over }: TokenOutcome): Promise<string | undefined> {
  const { world, credentials } = setting;
  const before = tokenFile(world);
  world.sandbox.failNext({ method: "oauth.token", respond, times: 10 });
  const end = await codeOf(credentials.getAccessToken(service, undefined, { forceRefresh: true }));
  world.sandbox.clearFaults();
  const changed = tokenFile(world) !== before;
  const again = await codeOf(credentials.getAccessToken(service, undefined, { forceRefresh: true }));
  if (again !== undefined || over) await signIn(setting);
  if (end !== code) return `ended with ${end ?? "a token"}, not ${code ?? "a token"}`;
  if (changed !== (over === true || code === undefined))
    return changed ? "the sign-in was changed" : "nothing was noted";
  // A token that was made up for this is no sign-in: the next renewal has the old refresh token all the same.
  return again === (over ? code : undefined) ? undefined : `afterwards ${again ?? "it went on"}`;
}

async function exchange({ world, credentials }: Setting, { respond, code }: TokenOutcome): Promise<string | undefined> {
  const userId = "new";
  const { url } = await credentials.beginConsent(service, { userId, redirectUri });
  const callbackUrl = await world.sandbox.approve(url, { user });
  world.sandbox.failNext({ method: "oauth.token", respond, times: 10 });
  const end = await codeOf(credentials.completeConsent(callbackUrl, { userId }));
  world.sandbox.clearFaults();
  if (end !== code) return `ended with ${end ?? "a sign-in"}, not ${code ?? "a sign-in"}`;
  return (await credentials.hasCredentials(service, userId)) ? "a profile was stored" : undefined;
}

async function revoke(setting: Setting, { respond, code }: TokenOutcome): Promise<string | undefined> {
  const { world, credentials } = setting;
  const before = tokenFile(world);
  world.sandbox.failNext({ method: "oauth.revoke", respond, times: 10 });
  const end = await codeOf(credentials.deleteCredentials(service, undefined, { revoke: true }));
  world.sandbox.clearFaults();
  const kept = await credentials.hasCredentials(service);
  if (!kept) await signIn(setting);
  if (end !== code) return `ended with ${end ?? "nothing"}, not ${code ?? "nothing"}`;
  if (kept !== (code !== undefined)) return kept ? "the profile stayed" : "the profile was forgotten";
  return kept && tokenFile(world) !== before ? "the sign-in was changed" : undefined;
}

/** A network that fails before a connection is there, for a process that needs a new token. */
async function withoutNetwork(world: World, reason: string, code: string): Promise<string | undefined> {
  const dispatcher = new Agent({
    connect: (_, callback) => callback(Object.assign(new Error(`connect ${reason}`), { code: reason }), null),
  });
  try {
    const options = { endpoints: world.sandbox.url, clock: hurriedClock(), dispatcher };
    const credentials = createCredentialManager(world.config, options);
    const before = tokenFile(world);
    const end = await codeOf(credentials.getAccessToken(service, undefined, { forceRefresh: true }));
    if (end !== code) return `ended with ${end ?? "a token"}, not ${code}`;
    return tokenFile(world) === before ? undefined : "the sign-in was changed";
  } finally {
    await dispatcher.close();
  }
}

async function signIn({ world, credentials }: Setting): Promise<void> {
  const clientFile = join(world.folder, "client.json");
  const { url } = await credentials.beginConsent(service, { userId: "default", redirectUri, clientFile });
  await credentials.completeConsent(await world.sandbox.approve(url, { user }), { userId: "default" });
}

function tokenFile({ config }: World): string {
  return readFileSync(join(config.credentialsDir, service, "token.json"), "utf8");
}

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => (isIntegrationError(error) ? error.code : String(error)),
  );
}
