import { Chain, type AuditProblem } from "./chain.js";
import type { AuditEntry } from "./entry.js";
import { noLine, readLine } from "./entry-line.js";
import { fileOf, monthOf, monthsOf, openLogFile, type RawLine } from "./log-files.js";

/** What a check of the log found. */
export interface AuditCheck {
  readonly entries: number;
  /** In the order of files and lines; empty: the chain is whole. */
  readonly problems: AuditProblem[];
  /** The hash of the last entry; undefined: there is none. */
  readonly last: string | undefined;
}

/**
 * Reads the log, oldest first, entry by entry. What is no entry is left out; `checkAudit` tells of it.
 *
 * @param options.since - milliseconds since the epoch
 * @throws ConfigurationError `config.invalid_file` for a file that cannot be read
 */
export async function* readAudit(
  configDir: string,
  { since = -Infinity }: { readonly since?: number } = {},
): AsyncGenerator<AuditEntry> {
  // No line stands in the file of a month before its own.
  const from = Number.isFinite(since) ? monthOf(since) : "";
  for await (const { raw } of rawLines(configDir, from)) {
    const entry = readLine(raw.bytes)?.entry;
    if (entry && Date.parse(entry.at) >= since) yield entry;
  }
}

/**
 * Computes the chain of all files anew, and names what was changed, taken out, moved or torn, and where a file is missing.
 * Lines that were cut off at the very end cannot be told from the log alone: whoever wants to see that keeps `last`
 * elsewhere and looks whether an entry with that hash is still there.
 *
 * @throws ConfigurationError `config.invalid_file` for a file that cannot be read
 */
export async function checkAudit(configDir: string): Promise<AuditCheck> {
  const chain = new Chain();
  for await (const { raw, ...place } of rawLines(configDir)) chain.add(raw, place);
  const wanted = new Set(chain.breaks.map(({ previous }) => previous));
  const elsewhere = new Set<string>();
  if (wanted.size > 0) {
    for await (const { hash } of readAudit(configDir)) if (wanted.has(hash)) elsewhere.add(hash);
  }
  const last = chain.last === noLine ? undefined : chain.last;
  return { entries: chain.entries, problems: chain.problems(elsewhere), last };
}

async function* rawLines(
  configDir: string,
  fromMonth = "",
): AsyncGenerator<{ readonly raw: RawLine; readonly file: string; readonly line: number }> {
  for (const month of await monthsOf(configDir)) {
    if (month < fromMonth) continue;
    const path = fileOf(configDir, month);
    await using file = await openLogFile(path);
    let line = 0;
    for await (const raw of file?.lines(0) ?? []) yield { raw, file: path, line: ++line };
  }
}
