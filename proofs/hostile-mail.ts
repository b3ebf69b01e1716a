import { fork } from "node:child_process";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parseMail, type ParsedMail } from "maigic-integrations/email";
import { hostileCorpus, type CorpusMail } from "./support/hostile-corpus.js";
import type { MemoryReport } from "./support/mail-reader.js";
import { mutate, seededRandom } from "./support/mutate.js";
import { outcome, type Outcome } from "./support/proof.js";

export const name = "hostile-mail";
export const claim =
  "whatever a mail holds it is read without a crash or a hang, the main thread is held up for 50 ms at most and memory stays within 64 MB and 8 times the mail; what is readable is read exactly";

const megabyte = 1024 * 1024;
const longestHoldUpMs = 50;
const longestReadMs = 15_000;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const mutants = full ? 10_000 : 2 * hostileCorpus.length;
  const wrong = await readCorpus(hostileCorpus);
  const found = await readMutants(mutants);
  const overBytes = full ? await mostMemory(hostileCorpus) : -Infinity;
  const failures = [...wrong, ...found.failures];
  // How long and with how much memory says the full run alone.
  const isQuick = found.heldUpMs <= longestHoldUpMs && overBytes <= 0;
  const broken = hostileCorpus.slice(0, 3).map((mail) => ({ ...mail, text: `${mail.text}.` }));
  return outcome(
    {
      figure: [
        `${failures.length} failures in ${hostileCorpus.length} mails and ${mutants} mutations of them`,
        ...(full
          ? [
              `longest hold-up ${found.heldUpMs.toFixed(1)} ms, ${(-overBytes / megabyte).toFixed(0)} MB below the most memory`,
            ]
          : []),
        ...failures.slice(0, 6),
      ].join("; "),
      target: `0 failures${full ? `, ${longestHoldUpMs} ms, within the memory` : ""}`,
      holds: failures.length === 0 && (isQuick || !full),
    },
    {
      "a text that is not quite right": (await readCorpus(broken)).length === broken.length,
      "a reading that never ends": (await failureOf(new Promise<never>(() => undefined), 20)) !== undefined,
      "a main thread that is held up": await isHoldUpNoticed(),
    },
  );
}

/** What differs from what a mail says. */
async function readCorpus(corpus: readonly CorpusMail[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const wanted of corpus) {
    const difference = differenceOf(wanted, await parseMail(wanted.raw));
    if (difference !== undefined) wrong.push(`${wanted.name}: ${difference}`);
  }
  return wrong;
}

function differenceOf(wanted: CorpusMail, found: ParsedMail): string | undefined {
  const { subject, from, to, bodyText, attachments, problems } = found;
  const facts: [string, unknown, unknown][] = [
    ["subject", subject, wanted.subject],
    ["from", from?.address, wanted.from],
    ["to", to.map(({ address }) => address), wanted.to ?? []],
    ["text", bodyText.trim(), wanted.text],
    ["problems", problems.length > 0, wanted.headOnly ?? false],
    ["files", attachments.map(({ filename }) => filename), (wanted.files ?? []).map(([filename]) => filename)],
  ];
  const fact = facts.find(([, is, should]) => JSON.stringify(is) !== JSON.stringify(should));
  if (fact) return `${fact[0]} is ${JSON.stringify(fact[1]).slice(0, 100)}`;
  const changed = (wanted.files ?? []).findIndex(
    ([, content], index) => !content.equals(attachments[index]?.content ?? Buffer.alloc(0)),
  );
  return changed === -1 ? undefined : `file ${changed} holds ${attachments[changed]?.content.byteLength} other bytes`;
}

interface Found {
  readonly failures: string[];
  readonly heldUpMs: number;
}

async function readMutants(count: number): Promise<Found> {
  const random = seededRandom(20_261_129);
  const failures: string[] = [];
  let heldUpMs = 0;
  for (let index = 0; index < count; index++) {
    const mail = hostileCorpus[index % hostileCorpus.length];
    if (!mail) continue;
    const raw = mutate(mail.raw, random);
    // What the mutation took and left behind is not the reading's.
    if (raw.byteLength > megabyte / 4) collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const failure = await failureOf(parseMail(raw), longestReadMs);
    delay.disable();
    heldUpMs = Math.max(heldUpMs, delay.max / 1e6);
    if (failure !== undefined) failures.push(`mutation ${index} of ${mail.name}: ${failure}`);
  }
  return { failures, heldUpMs };
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** By how much the memory that a reading took went beyond what is allowed; negative when it stayed below. */
async function mostMemory(corpus: readonly CorpusMail[]): Promise<number> {
  let most = -Infinity;
  for (const { raw } of corpus) {
    const reader = fork(new URL("./support/mail-reader.js", import.meta.url));
    reader.send(raw.toString("base64"));
    const [{ overIdleBytes }] = (await once(reader, "message")) as [MemoryReport];
    reader.disconnect();
    most = Math.max(most, overIdleBytes - 64 * megabyte - 8 * raw.byteLength);
  }
  return most;
}

async function failureOf(reading: Promise<ParsedMail>, patienceMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("it never ended"), patienceMs);
  });
  const whole = reading.then(
    ({ subject }) => (/[\r\n]/.test(subject) ? "its subject has several lines" : undefined),
    (error: unknown) => `it failed: ${String(error).slice(0, 100)}`,
  );
  return Promise.race([whole, late]).finally(() => clearTimeout(timer));
}

async function isHoldUpNoticed(): Promise<boolean> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const until = performance.now() + 2 * longestHoldUpMs;
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  return delay.max / 1e6 > longestHoldUpMs;
}
