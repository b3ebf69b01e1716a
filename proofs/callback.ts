import { randomInt } from "node:crypto";
import { getRegistry, isIntegrationError, runSetup, type Prompter } from "maigic-integrations";
import { attacks, send, type Attack, type AttackedSignIn } from "./support/callback-attacks.js";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld, redirectUri, type World } from "./support/world.js";

export const name = "callback";
export const claim =
  "nothing but the one true answer of a sign-in is exchanged for tokens, and it still is after whatever else came";

const user = "alice@example.com";
const gmail = "google_gmail";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  await using world = await openWorld({ users: [{ email: user }] }, user);
  const kinds = Object.entries(attacks);
  const wanted = full ? 200 : kinds.length;
  const problems: string[] = [];
  let made = 0;
  for (let round = 0; made < wanted; round++) {
    const some = shuffled(kinds).slice(0, wanted - made);
    made += some.length;
    problems.push(...(await attackListener(world, `listener ${round}`, some)));
    problems.push(...(await attackPasted(world, `pasted ${round}`)));
  }
  const loopback = [
    ["the true answer", (at: AttackedSignIn) => `GET ${at.target} HTTP/1.1\r\nHost: ${at.host}\r\n\r\n`],
  ];
  const noticed = await attackListener(world, "control", loopback as [string, Attack][]);
  return outcome(
    {
      figure: [`${problems.length} problems after ${made} attacks`, ...problems.slice(0, 4)].join("; "),
      target: `0 problems after ${wanted} attacks`,
      holds: problems.length === 0 && made === wanted,
    },
    { "the true answer among the attacks": noticed.some((problem) => problem.includes("the true answer")) },
  );
}

/** Attacks the listener of a sign-in, then answers it as a browser does. @returns what was wrong */
async function attackListener(
  world: World,
  userId: string,
  some: readonly (readonly [string, Attack])[],
): Promise<string[]> {
  const problems: string[] = [];
  const exchanges = exchangesOf(world);
  const before = exchanges();
  const answer = async (url: string): Promise<void> => {
    const callback = new URL(await world.sandbox.approve(url, { user }));
    const at = {
      host: callback.host,
      target: callback.pathname + callback.search,
      state: callback.searchParams.get("state") ?? "",
      code: callback.searchParams.get("code") ?? "",
      oldState: lastState,
    };
    lastState = at.state;
    for (const [kind, attack] of some) {
      const status = await send(at.host, attack(at));
      if (/ [23]\d\d /.test(status)) problems.push(`${kind} was answered ${status}`);
      if (exchanges() !== before) problems.push(`${kind} led to an exchange`);
    }
    await fetch(callback).catch(() => undefined); // it is closed when something else was taken
    if (/^HTTP\S+ [23]/.test(await send(at.host, attacks["two codes"]?.(at) ?? "")))
      problems.push("a second code was taken");
  };
  problems.push(...(await setUp(world, userId, answer)));
  if (exchanges() !== before + 1) problems.push(`${exchanges() - before} exchanges for one sign-in`);
  return problems;
}

let lastState = "none";

/** Runs the setup as a program with its own prompts does. @returns what was wrong with its result */
async function setUp(world: World, userId: string, answer: (url: string) => Promise<void>): Promise<string[]> {
  const prompter: Prompter = {
    interactive: false,
    say: () => undefined,
    choose: () => Promise.resolve(""),
    chooseSeveral: () => Promise.resolve([]),
    confirm: () => Promise.resolve(false),
    ask: () => Promise.resolve(""),
    showAddress: answer,
    during: (_, work) => work(),
  };
  const registry = getRegistry(world.config);
  const options = { registry, prompter, userId, services: [gmail], openBrowser: false, sandbox: world.sandbox.url };
  const { connected } = await runSetup(options);
  return connected[0]?.state === "ready" ? [] : [`${userId} is ${connected[0]?.state ?? "not connected"}`];
}

/** The same with addresses that are pasted: what is wrong uses the sign-in up for nobody. */
async function attackPasted(world: World, userId: string): Promise<string[]> {
  const { credentials, sandbox } = world;
  const problems: string[] = [];
  const exchanges = exchangesOf(world);
  const { url } = await credentials.beginConsent(gmail, { userId, redirectUri });
  const true_ = await sandbox.approve(url, { user });
  const before = exchanges();
  const state = new URL(true_).searchParams.get("state") ?? "";
  const wrong: [string, string, string][] = [
    ["no address", "see the browser", userId],
    ["no state", true_.replace("state=", "stat="), userId],
    ["another state", true_.replace(state, "x".repeat(state.length)), userId],
    ["an old state", true_.replace(state, lastState), userId],
    ["two states", `${true_}&state=${state}`, userId],
    ["two codes", `${true_}&code=other`, userId],
    ["another host", true_.replace("127.0.0.1", "127.0.0.2"), userId],
    ["another port", true_.replace("8976", "8977"), userId],
    ["another path", true_.replace("/callback", "/other"), userId],
    ["another profile", true_, "somebody"],
  ];
  for (const [kind, address, profile] of wrong) {
    const end = await credentials.completeConsent(address, { userId: profile }).catch((error: unknown) => error);
    if (!isIntegrationError(end, "auth.invalid_credentials")) problems.push(`${kind} was taken: ${String(end)}`);
  }
  if (exchanges() !== before) problems.push("a wrong address led to an exchange");
  const { state: ready } = await credentials.completeConsent(true_, { userId });
  if (ready !== "ready") problems.push(`the true address left ${ready}`);
  const again = await credentials.completeConsent(true_, { userId }).catch((error: unknown) => error);
  if (!isIntegrationError(again, "auth.invalid_credentials")) problems.push("the true address was taken twice");
  return problems;
}

function exchangesOf({ sandbox }: World): () => number {
  return () => sandbox.requests.filter(({ method }) => method === "oauth.token").length;
}

function shuffled<T>(items: readonly T[]): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(randomInt(rest.length), 1));
}
