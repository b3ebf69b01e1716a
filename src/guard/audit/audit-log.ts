import type { Clock } from "../../core/clock.js";
import { integrationError, isIntegrationError } from "../../core/errors.js";
import { Mutex } from "../../core/mutex.js";
import { createFileLocks } from "../../credentials/file-locks.js";
import { requireOwnFolders } from "../../credentials/own-folders.js";
import { BegunWrites } from "./begun-writes.js";
import type { AuditEntry, AuditFacts, AuditLog } from "./entry.js";
import { sealed } from "./entry-line.js";
import { LogEnd } from "./log-end.js";
import { auditFolder, fileOf, monthOf } from "./log-files.js";
import { notedFacts } from "./noted-facts.js";

type Limit = NonNullable<Parameters<AuditLog["append"]>[1]>;

const turnMs = 30_000;

/**
 * Opens the log of a configuration folder: `audit/2026-11.jsonl` below it, a file for each month in UTC, readable by its
 * owner alone. Every line names the hash of the one before it, also across files. Nothing is made or read before the
 * first line is appended. A log that was closed may be used again.
 */
export function openAuditLog(options: { readonly configDir: string; readonly clock: Clock }): AuditLog {
  const { configDir, clock } = options;
  const locks = createFileLocks(auditFolder(configDir));
  const begun = new BegunWrites(configDir);
  const end = new LogEnd(configDir, { onEntry: (entry) => begun.note(entry), onBreak: () => begun.doubt() });
  const queue = new Mutex();

  async function append(facts: AuditFacts, limit: Limit | undefined): Promise<AuditEntry> {
    await end.catchUp();
    if (limit && facts.step === "begun") await requireBelow(limit, facts, begun);
    const at = new Date(clock.now()).toISOString();
    const entry = sealed({ at, ...facts, previous: end.previous });
    await end.append(entry, { durable: facts.step === "begun" });
    begun.note(entry);
    return entry;
  }

  return {
    append: (facts, limit) =>
      queue.run("", async () => {
        const path = fileOf(configDir, monthOf(clock.now()));
        try {
          await requireOwnFolders(configDir, path);
          return await locks.exclusively("audit", { timeoutMs: turnMs }, () => append(notedFacts(facts), limit));
        } catch (error) {
          throw cannotNote(path, error);
        }
      }),
    close: () => queue.run("", () => end.close()),
  };
}

/** @throws RequestError `request.not_permitted` */
async function requireBelow(
  { most, since }: Limit,
  { profile, effect }: AuditFacts,
  begun: BegunWrites,
): Promise<void> {
  if ((await begun.count({ profile, effect, since })) < most) return;
  throw integrationError("request.not_permitted", {
    message: `The policy lets an assistant do ${most} of the effect "${effect}" a day as "${profile}", and that many were begun.`,
    hint: "Go on without it until the next day; only the person can raise the limit, in policy.yaml.",
    profile,
    details: { effect, most, since: new Date(since).toISOString() },
  });
}

/** What stands in the way of a line. What tells by itself what to do, such as a link in the file's place, stays. */
function cannotNote(file: string, cause: unknown): unknown {
  if (isIntegrationError(cause, "connection.timeout")) {
    const { message, hint } = cause;
    return integrationError("config.invalid_file", { message: `${file}: ${message}`, hint, details: { file }, cause });
  }
  if (isIntegrationError(cause) && cause.cause === undefined) return cause;
  return integrationError("config.invalid_file", {
    message: `${file} cannot be written, and what cannot be noted is not done.`,
    hint: "Make its folder writable for yourself and see that the disk is not full, or set MAIGIC_CONFIG_DIR to another one.",
    details: { file },
    cause,
  });
}
