import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { systemClock } from "../../core/clock.js";
import { integrationError } from "../../core/errors.js";
import { Mutex } from "../../core/mutex.js";
import type { ParsedMail } from "./parsed-mail.js";
import { readHead, readMail } from "./read-mail.js";

/** Small mails are read at once; handing them to another thread would take longer. */
const smallBytes = 32 * 1024;
const smallParts = 100;
/** More parts than any mail needs; taking them apart takes seconds. */
const mostParts = 20_000;
const largestBytes = 64 * 1024 * 1024;
const longestMs = 10_000;

/**
 * Reads a mail as it travels, whatever it holds: what goes beyond any mail's needs is read as far as its headers tell,
 * with the reason in `problems`. Large mails are read in another thread. Needs the optional packages postal-mime and
 * htmlparser2.
 *
 * @param raw - the mail's bytes, of which a copy is made for the other thread
 * @throws RequestError `request.too_large` over 64 MB
 * @see https://www.rfc-editor.org/rfc/rfc2045
 */
export async function parseMail(raw: Uint8Array | string): Promise<ParsedMail> {
  const bytes = typeof raw === "string" ? Buffer.from(raw) : raw;
  if (bytes.byteLength > largestBytes) {
    throw integrationError("request.too_large", { message: "A mail of more than 64 MB is not read." });
  }
  const parts = countParts(bytes);
  if (parts > mostParts) return readHead(bytes, "too_complex");
  if (bytes.byteLength <= smallBytes && parts <= smallParts) return readMail(bytes);
  return workers.run("the worker", () => readApart(bytes));
}

/** Lines that may begin a part; where no boundary is declared, none does. */
function countParts(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = buffer.indexOf("\n--"); at !== -1 && count <= mostParts; at = buffer.indexOf("\n--", at + 3))
    count += 1;
  return count;
}

/** One mail at a time: there is one worker, which is kept for the next. */
const workers = new Mutex();
let worker: Worker | undefined;

async function readApart(bytes: Uint8Array): Promise<ParsedMail> {
  worker ??= startWorker();
  const running = worker;
  const over = new AbortController();
  const late = systemClock.sleep(longestMs, over.signal).then(
    () => "late" as const,
    () => "late" as const, // the answer came first, and nobody waits for this
  );
  const answered = once(running, "message", over) as Promise<[{ mail?: ParsedMail; failure?: string }]>;
  try {
    running.ref();
    running.postMessage(bytes);
    const answer = await Promise.race([answered, late]);
    if (answer !== "late" && answer[0].mail) return answer[0].mail;
    if (answer !== "late") return await readHead(bytes, "too_complex");
    await endWorker(running);
    return await readHead(bytes, "too_slow");
  } catch {
    await endWorker(running); // out of its memory
    return await readHead(bytes, "too_complex");
  } finally {
    over.abort();
    answered.catch(() => undefined); // given up above
    running.unref();
  }
}

function startWorker(): Worker {
  return new Worker(new URL("./parse-worker.js", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
  });
}

async function endWorker(ended: Worker): Promise<void> {
  if (worker === ended) worker = undefined;
  await ended.terminate();
}
