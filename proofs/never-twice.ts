import { fork } from "node:child_process";
import { once } from "node:events";
import { createEmailClient } from "maigic-integrations";
import type { EmailClient, OutgoingEmail, SendResult } from "maigic-integrations/email";
import type { SenderOrder } from "./support/one-sender.js";
import { outcome, type Outcome } from "./support/proof.js";
import type { SandboxFault } from "./support/sandbox-fault.js";
import { steeredClock, type SteeredClock } from "./support/steered-clock.js";
import { openWorld, type World } from "./support/world.js";

export const name = "never-twice";
export const claim =
  "whatever breaks around the moment at which a mail is taken, none is sent twice, what is called sent has arrived, and what is not known is called so and settled later";

const sender = "alice@example.com";
const recipient = "bob@example.com";
const faultPoints = [
  "before-write",
  "reset-before-read",
  "5xx-not-accepted",
  "accepted-no-answer",
  "accepted-5xx",
  "accepted-truncated",
  "accepted-then-timeout",
  "accepted-then-client-killed",
] as const;
const patienceMs = 1_000;
const minuteMs = 60_000;

/** How a caller sends one mail. */
type Send = (client: EmailClient, message: OutgoingEmail, key: string) => Promise<SendResult>;

interface Found {
  readonly sends: number;
  readonly unknown: number;
  readonly unsettled: number;
  readonly problems: readonly string[];
}

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const [count, drafted] = full ? [1_000, 100] : [3, 1];
  const found: Found[] = [await tryOut(undefined, count, sendOnce)];
  for (const fault of faultPoints) found.push(await tryOut({ fault, method: "drafts.send" }, count, sendOnce));
  for (const fault of faultPoints.slice(0, -1)) {
    found.push(await tryOut({ fault, method: "drafts.create" }, drafted, sendOnce));
  }
  const sum = (name: "sends" | "unknown" | "unsettled"): number => found.reduce((total, each) => total + each[name], 0);
  const problems = found.flatMap((each) => each.problems);
  return outcome(
    {
      figure: [
        `${problems.length} problems in ${sum("sends")} sends, ${sum("unknown")} unknown at first, ${sum("unsettled")} for good`,
        ...problems.slice(0, 4),
      ].join("; "),
      target: `0 problems in ${sum("sends")} sends, at most 1 % of the unknown for good`,
      holds: problems.length === 0 && sum("unsettled") <= sum("unknown") / 100,
    },
    {
      "a caller that sends again whatever is unknown": await isNoticed(
        "accepted-then-timeout",
        async (client, message, key) => {
          const first = await client.sendEmail(message, { idempotencyKey: key, timeoutMs: patienceMs });
          return first.outcome === "unknown" ? client.sendEmail(message) : first;
        },
      ),
      "a client that takes what is unknown for sent": await isNoticed("before-write", async (client, message, key) => ({
        ...(await sendOnce(client, message, key)),
        outcome: "sent",
      })),
    },
  );
}

const sendOnce: Send = (client, message, idempotencyKey) =>
  client.sendEmail(message, { idempotencyKey, timeoutMs: patienceMs });

async function isNoticed(fault: (typeof faultPoints)[number], send: Send): Promise<boolean> {
  return (await tryOut({ fault, method: "drafts.send" }, 2, send)).problems.length > 0;
}

/** Sends so many mails with one fault at each, and looks at what arrived. */
async function tryOut(
  point: { fault: (typeof faultPoints)[number]; method: string } | undefined,
  count: number,
  send: Send,
): Promise<Found> {
  const clock = steeredClock();
  const seed = { users: [{ email: sender }, { email: recipient }] };
  await using world = await openWorld(seed, sender, { clock });
  await using client = createEmailClient("google_gmail", { ...world.options, clock });
  const mails = Array.from({ length: count }, (_, index) => `Mail ${index}`);
  const outcomes = new Map<string, string>();
  const sendOne = async (subject: string): Promise<void> => {
    const message = { to: recipient, subject, text: "The numbers." };
    if (point?.fault === "accepted-then-client-killed") await sendAndDie(world, message, subject);
    else if (point) world.sandbox.failNext({ method: `gmail.users.${point.method}`, respond: point.fault });
    outcomes.set(subject, await outcomeOf(send(client, message, subject)));
  };
  // One after the other where each needs its fault; side by side where all do.
  const atOnce = point?.fault === "accepted-then-timeout" ? 32 : point ? 1 : 8;
  const queue = [...mails];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await sendOne(next);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  world.sandbox.clearFaults();
  const unknown = [...outcomes].filter(([, each]) => each.startsWith("unknown"));
  await settleAll(client, clock, unknown, outcomes);
  return {
    sends: count,
    unknown: unknown.length,
    unsettled: [...outcomes.values()].filter((each) => each.startsWith("unknown")).length,
    problems: problemsOf(world, outcomes, point),
  };
}

async function outcomeOf(sending: Promise<SendResult>): Promise<string> {
  try {
    const { outcome: result, sendId } = await sending;
    return result === "unknown" ? `unknown ${sendId}` : result;
  } catch (error) {
    return `failed ${String(error)}`;
  }
}

async function settleAll(
  client: EmailClient,
  clock: SteeredClock,
  unknown: readonly [string, string][],
  outcomes: Map<string, string>,
): Promise<void> {
  clock.advance(5 * minuteMs);
  for (const [subject, each] of unknown) {
    outcomes.set(subject, await outcomeOf(client.settleSend(each.slice("unknown ".length))));
  }
}

/** What is said of a mail and what became of it, where both do not fit. */
function problemsOf({ sandbox }: World, outcomes: ReadonlyMap<string, string>, point: object | undefined): string[] {
  const arrived = new Map<string, number>();
  for (const message of sandbox.inspect.messages(recipient)) {
    const { headers } = message["payload"] as { headers: { name: string; value: string }[] };
    const subject = headers.find((header) => header.name === "Subject")?.value ?? "";
    arrived.set(subject, (arrived.get(subject) ?? 0) + 1);
  }
  return [...outcomes].flatMap(([subject, said]) => {
    const times = arrived.get(subject) ?? 0;
    const fits = said === "sent" ? times === 1 : said.startsWith("unknown") ? times <= 1 : times === 0;
    const isFine = fits && (point !== undefined || said === "sent");
    return isFine ? [] : [`${JSON.stringify(point)}: ${subject} is called ${said} and arrived ${times} times`];
  });
}

/** A process of its own sends the mail, and is killed when the service has taken it. */
async function sendAndDie(world: World, message: OutgoingEmail, idempotencyKey: string): Promise<void> {
  const child = fork(new URL("./support/one-sender.js", import.meta.url));
  const ended = once(child, "exit");
  const respond: SandboxFault = "accepted-then-client-killed";
  const killClient = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  world.sandbox.failNext({ method: "gmail.users.drafts.send", respond, killClient });
  const { credentialsDir, configDir } = world.config;
  const config = { credentialsDir, configDir, googleGmailEnabled: true };
  child.send({ config, endpoints: world.sandbox.url, message, idempotencyKey } satisfies SenderOrder);
  await ended;
}
