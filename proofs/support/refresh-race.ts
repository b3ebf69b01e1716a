import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConfigOverrides } from "maigic-integrations";
import type { GoogleSandbox, SandboxSeed } from "maigic-integrations/sandbox";
import { outcome, type Outcome } from "./proof.js";
import type { RaceOrder, RaceResult, RaceSetting } from "./race-worker.js";

/** Where the racers' credentials are, and whose server they belong to. */
export interface RaceTrack {
  readonly sandbox: GoogleSandbox;
  readonly config: ConfigOverrides;
  readonly env: Readonly<Record<string, string>>;
}

/** How large a race is. */
export interface RaceSize {
  readonly processes: number;
  readonly calls: number;
  readonly rounds: number;
  /** How many processes the control has; default: as many. */
  readonly apart?: number;
  /** How long 95 of 100 calls may take; undefined where the machine has other things to do meanwhile. */
  readonly p95Ms?: number;
}

/** Access tokens live this long, and every refresh gives a new refresh token: a second use of one ends the sign-in. */
const tokenSeconds = 2;

/** A world in which a refresh too many is fatal. */
export const raceSeed: SandboxSeed = {
  oauth: { accessTokenSeconds: tokenSeconds, rotateRefreshTokens: true },
  users: [{ email: "alice@example.com" }],
};

const service = "google_gmail";

/**
 * Lets processes ask for a token that has run out, all at once and again and again.
 *
 * @param apart - tracks that nobody shares, for the control: each process has its own
 */
export async function raceForTokens(
  track: RaceTrack,
  size: RaceSize,
  apart: (racer: number) => Promise<RaceTrack>,
): Promise<Outcome> {
  const { requests, failures, tookMs, tokens } = await race(() => Promise.resolve(track), track.sandbox, size);
  const { p95Ms } = size;
  const calls = size.processes * size.calls * size.rounds;
  const p95 = percentile(tookMs, 0.95);
  const found = {
    figure:
      `${requests} refreshes for ${size.rounds} tokens, ${failures.length} of ${calls} calls failed, ` +
      `p95 ${Math.round(p95)} ms, worst ${Math.round(percentile(tookMs, 1))} ms${failures[0] === undefined ? "" : ` (${failures[0]})`}`,
    target: `${size.rounds} refreshes, 0 failed${p95Ms === undefined ? "" : `, p95 under ${p95Ms} ms`}`,
    holds: requests === size.rounds && failures.length === 0 && tokens === size.rounds && p95 < (p95Ms ?? Infinity),
  };
  const control = await race(apart, track.sandbox, { ...size, processes: size.apart ?? size.processes, rounds: 1 });
  return outcome(found, {
    "processes that do not know of each other": control.requests > 1 || control.failures.length > 0,
  });
}

interface RaceFound {
  readonly requests: number;
  readonly failures: readonly string[];
  readonly tookMs: readonly number[];
  /** How many different tokens were handed out. */
  readonly tokens: number;
}

async function race(
  trackOf: (racer: number) => Promise<RaceTrack>,
  sandbox: GoogleSandbox,
  { processes, calls, rounds }: RaceSize,
): Promise<RaceFound> {
  const racers: ChildProcess[] = [];
  const results: RaceResult[] = [];
  const tokens = new Set<string>();
  let requests = 0;
  try {
    for (let racer = 0; racer < processes; racer++) racers.push(await startRacer(await trackOf(racer)));
    for (let round = 0; round < rounds; round++) {
      await sleep(tokenSeconds * 1000);
      const before = refreshes(sandbox);
      const answers = racers.map((racer) => once(racer, "message") as Promise<[RaceResult]>);
      for (const racer of racers) racer.send({ calls } satisfies RaceOrder);
      for (const [result] of await Promise.all(answers)) {
        results.push(result);
        for (const token of result.tokens) tokens.add(token);
      }
      requests += refreshes(sandbox) - before;
    }
  } finally {
    for (const racer of racers) racer.kill("SIGKILL");
  }
  return {
    requests,
    failures: results.flatMap((result) => result.failures),
    tookMs: results.flatMap((result) => result.tookMs),
    tokens: tokens.size,
  };
}

/** Starts a process that is ready to race. */
export async function startRacer({ sandbox, config, env }: RaceTrack): Promise<ChildProcess> {
  const racer = fork(new URL("./race-worker.js", import.meta.url));
  const ready = once(racer, "message");
  racer.send({ config, env, url: sandbox.url, service } satisfies RaceSetting);
  await ready;
  return racer;
}

/** How often the sandbox was asked for tokens. */
export function refreshes(sandbox: GoogleSandbox): number {
  return sandbox.requests.filter(({ method }) => method === "oauth.token").length;
}

function percentile(figures: readonly number[], part: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** A copy of a folder of credentials for a process alone. */
export async function copyOf(track: RaceTrack, credentialsDir: string, racer: number): Promise<RaceTrack> {
  const own = join(credentialsDir, "..", `apart-${racer}`);
  await cp(credentialsDir, own, { recursive: true });
  return { ...track, config: { ...track.config, credentialsDir: own } };
}
