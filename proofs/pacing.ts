import { createEmailClient } from "maigic-integrations";
import { jumpingClock } from "./support/jumping-clock.js";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld } from "./support/world.js";

export const name = "pacing";
export const claim =
  "reading 1,000 mails keeps within 6,000 units a minute and 10 requests at once, which it is not told: no error, at most 20 answers of 429 and none after 50 mails, at 90 % of the allowed rate";

const user = "alice@example.com";
const allowed = { perMinute: 6_000, atOnce: 10 };
const target = { refusals: 20, learnedBy: 50, share: 0.9 };

/** What one reading came to, by the sandbox's own log. */
interface Measured {
  readonly read: number;
  readonly error: string | undefined;
  /** Answers of 429: too many at once. */
  readonly tooMany: number;
  /** How many mails had been read by the last of them. */
  readonly lastAfter: number;
  /** Refusals because of units: the one question whether the project is allowed the older, larger plan. */
  readonly overUnits: number;
  readonly unitsPerMinute: number;
}

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const mails = full ? 1_000 : 330;
  const found = await measure(mails, allowed);
  return outcome(
    {
      figure: `${found.read} mails, ${found.error ?? "no error"}, ${found.tooMany} answers of 429, the last after ${found.lastAfter} mails, ${found.overUnits} refusal by units, ${Math.round(found.unitsPerMinute)} units a minute`,
      target: `${mails} mails, no error, at most ${target.refusals} of 429 and none after ${target.learnedBy} mails, at most 1 by units, at least ${allowed.perMinute * target.share} units a minute`,
      holds: isPaced(found, mails),
    },
    {
      "a service that takes two at once": !isPaced(await measure(60, { ...allowed, atOnce: 2 }), 60),
      "a service that allows half the units": !isPaced(await measure(mails, { ...allowed, perMinute: 3_000 }), mails),
    },
  );
}

function isPaced({ read, error, tooMany, lastAfter, overUnits, unitsPerMinute }: Measured, mails: number): boolean {
  const learned = tooMany <= target.refusals && lastAfter <= target.learnedBy && overUnits <= 1;
  return read === mails && error === undefined && learned && unitsPerMinute >= allowed.perMinute * target.share;
}

/** Reads with the shipped defaults; the clock that both sides share moves when something waits. */
async function measure(mails: number, limits: typeof allowed): Promise<Measured> {
  const clock = jumpingClock(Date.parse("2026-11-23T12:00:00Z"));
  const seed = { users: [{ email: user, generatedMessages: mails + 50 }] };
  await using world = await openWorld(seed, user, {
    clock,
    latencyMs: 200, // of real time, so that requests are under way together on a busy machine too
    limits: { gmailPerUser: limits.perMinute, concurrent: limits.atOnce },
  });
  const { sandbox } = world;
  sandbox.clearRequests();
  const startMs = clock.now();
  await using client = createEmailClient("google_gmail", { ...world.options, clock });
  let read = 0;
  let error: string | undefined;
  try {
    read = (await client.getRecentEmails({ folder: "all", count: mails, includeBody: true })).length;
  } catch (failure) {
    error = String(failure);
  }
  const statuses = sandbox.requests.map(({ status, method }) => ({ status, isMail: method.endsWith("messages.get") }));
  const last = statuses.findLastIndex(({ status }) => status === 429);
  const units = sandbox.requests.reduce((sum, each) => sum + (each.status === 200 ? each.units : 0), 0);
  // A minute's units may be used at once, so that a reading that ends in its first minute took that minute.
  const minutes = Math.max(1, (clock.now() - startMs) / 60_000);
  return {
    read,
    error,
    tooMany: statuses.filter(({ status }) => status === 429).length,
    lastAfter: statuses.slice(0, last + 1).filter(({ status, isMail }) => isMail && status === 200).length,
    overUnits: statuses.filter(({ status }) => status === 403).length,
    unitsPerMinute: units / minutes,
  };
}
