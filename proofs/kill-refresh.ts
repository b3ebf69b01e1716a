import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { outcome, type Outcome } from "./support/proof.js";
import type { RaceOrder, RaceResult } from "./support/race-worker.js";
import { copyOf, refreshes, startRacer, type RaceTrack } from "./support/refresh-race.js";
import { openWorld, redirectUri, type World } from "./support/world.js";

export const name = "kill-refresh";
export const claim =
  "who is killed while renewing a token holds nobody up and loses nothing but an answer; who is stopped is not robbed";

const user = "alice@example.com";
const service = "google_gmail";
const nextHolderMs = 200;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const kills = full ? 100 : 3;
  const stopMs = full ? 15_000 : 1_000;
  const lasting = await killHolders(false, kills);
  const rotating = await killHolders(true, kills);
  const stopped = await stopHolder(stopMs, (track) => Promise.resolve(track));
  const apart = await stopHolder(1_000, (track) => copyOf(track, String(track.config.credentialsDir), 0));
  const waits = [...lasting.waitsMs, ...rotating.waitsMs].sort((a, b) => a - b);
  const p95 = waits[Math.ceil(waits.length * 0.95) - 1] ?? Infinity;
  const problems = [...lasting.problems, ...rotating.problems, ...stopped];
  return outcome(
    {
      figure: [
        `${2 * kills} kills, the next had its token ${Math.round(waits[Math.floor(waits.length / 2)] ?? Infinity)} ms later (p95 ${Math.round(p95)} ms)`,
        `${lasting.lost} sign-ins lost where refresh tokens last`,
        `${rotating.lost} where they rotate, with ${rotating.lostAnswers} answers that went to a killed process`,
        `stopped for ${stopMs / 1000} s`,
        ...problems.slice(0, 4),
      ].join("; "),
      target: `0 sign-ins lost but those whose answers were${full ? `, the next within ${nextHolderMs} ms` : ""}`,
      holds:
        problems.length === 0 &&
        lasting.lost === 0 &&
        rotating.lost <= rotating.lostAnswers &&
        (!full || p95 < nextHolderMs),
    },
    {
      "an answer that was lost": rotating.lost > 0,
      "a process that does not know of the one that is stopped": apart.length > 0,
    },
  );
}

interface Killed {
  /** From each kill until the next process had its token. */
  readonly waitsMs: number[];
  lost: number;
  /** How many answers went to a process that was killed then; one that stored its answer before has lost nothing. */
  lostAnswers: number;
  readonly problems: string[];
}

/** Where a holder is when it is killed. */
const moments = ["near the beginning", "while it waits for an answer", "when the server has done its part"] as const;
type Moment = (typeof moments)[number];

/** Kills one renewing process after the other, each while another waits for its turn. */
async function killHolders(rotateRefreshTokens: boolean, kills: number): Promise<Killed> {
  await using world = await openWorld({ oauth: { rotateRefreshTokens }, users: [{ email: user }] }, user);
  const found: Killed = { waitsMs: [], lost: 0, lostAnswers: 0, problems: [] };
  const waiter = await startWarm(trackOf(world));
  try {
    for (let kill = 0; kill < kills; kill++) {
      const moment = moments[kill % moments.length] ?? "near the beginning";
      const holder = await startWarm(trackOf(world));
      const { result, killedAt, answered } = await killAt(moment, world, holder, waiter);
      if (answered) found.lostAnswers++;
      const [failure] = result.failures;
      if (failure === undefined) {
        found.waitsMs.push(performance.now() - killedAt);
        continue;
      }
      found.lost++;
      // Whoever lost a sign-in is told so, and what to do.
      const told = failure.startsWith("auth.revoked") && failure.includes("maigic-integrations-setup");
      if (!rotateRefreshTokens || !answered || !told) found.problems.push(`${moment}: ${failure}`);
      await signInAgain(world);
    }
  } finally {
    waiter.kill("SIGKILL");
  }
  return found;
}

/** Kills the holder, and tells what the one who waited behind it got. */
async function killAt(
  moment: Moment,
  { sandbox }: World,
  holder: ChildProcess,
  waiter: ChildProcess,
): Promise<{ result: RaceResult; killedAt: number; answered: boolean }> {
  const before = refreshes(sandbox);
  let answered = moment === "when the server has done its part";
  let waiting: Promise<RaceResult> | undefined;
  let killedAt = 0;
  const killWhileAnotherWaits = async (): Promise<void> => {
    waiting = renew(waiter);
    await sleep(40);
    holder.kill("SIGKILL");
    killedAt = performance.now();
  };
  const ended = once(holder, "exit");
  const method = "oauth.token";
  if (moment === "when the server has done its part") {
    sandbox.failNext({ method, respond: "accepted-then-client-killed", killClient: killWhileAnotherWaits });
    tell(holder);
  } else if (moment === "while it waits for an answer") {
    sandbox.failNext({ method, respond: "hang" });
    tell(holder);
    await sleep(60);
    await killWhileAnotherWaits();
  } else {
    tell(holder);
    await sleep(Math.random() * 10);
    holder.kill("SIGKILL");
    killedAt = performance.now();
    await ended;
    answered = refreshes(sandbox) > before;
    waiting = renew(waiter);
  }
  await ended;
  const result = await (waiting ?? renew(waiter));
  sandbox.clearFaults();
  return { result, killedAt, answered };
}

/**
 * Stops a process while it renews, and lets another wait for it.
 *
 * @param place - where the other one's credentials are
 */
async function stopHolder(stopMs: number, place: (track: RaceTrack) => Promise<RaceTrack>): Promise<string[]> {
  await using world = await openWorld({ users: [{ email: user }] }, user);
  const track = trackOf(world);
  const other = await place(track);
  const [holder, waiter] = await Promise.all([startWarm(track), startWarm(other)]);
  const problems: string[] = [];
  try {
    const before = refreshes(world.sandbox);
    world.sandbox.failNext({ method: "oauth.token", respond: "slow-drip" });
    const holding = renew(holder);
    if (await endsWithin(holding, 40)) problems.push("the holder was done before it was stopped");
    holder.kill("SIGSTOP");
    const waiting = renew(waiter);
    if (await endsWithin(waiting, stopMs)) problems.push("the turn of a stopped process was given to another");
    holder.kill("SIGCONT");
    const results = [await holding, await waiting];
    problems.push(...results.flatMap(({ failures }) => failures));
    if (refreshes(world.sandbox) - before !== 1) problems.push("it was renewed more than once");
    if (new Set(results.flatMap(({ tokens }) => tokens)).size !== 1) problems.push("they have different tokens");
  } finally {
    holder.kill("SIGKILL");
    waiter.kill("SIGKILL");
  }
  return problems;
}

async function endsWithin(work: Promise<unknown>, timeMs: number): Promise<boolean> {
  return Promise.race([work.then(() => true), sleep(timeMs).then(() => false)]);
}

function trackOf({ sandbox, config: { credentialsDir, configDir } }: World): RaceTrack {
  return { sandbox, config: { credentialsDir, configDir, googleGmailEnabled: true }, env: {} };
}

/** A process that has renewed before: what is measured is the turn, not the loading of programs. */
async function startWarm(track: RaceTrack): Promise<ChildProcess> {
  const racer = await startRacer(track);
  const { failures } = await renew(racer);
  if (failures[0] !== undefined) throw new Error(failures[0]);
  return racer;
}

async function renew(racer: ChildProcess): Promise<RaceResult> {
  const answer = once(racer, "message") as Promise<[RaceResult]>;
  tell(racer);
  const [result] = await answer;
  return result;
}

function tell(racer: ChildProcess): void {
  racer.send({ calls: 1, forceRefresh: true } satisfies RaceOrder);
}

async function signInAgain({ credentials, sandbox }: World): Promise<void> {
  const { url } = await credentials.beginConsent(service, { userId: "default", redirectUri });
  await credentials.completeConsent(await sandbox.approve(url, { user }), { userId: "default" });
}
