import { type FileHandle, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { integrationError } from "../../core/errors.js";
import { isCode } from "../../credentials/file-errors.js";
import { readSafely } from "../../credentials/open-flags.js";

/** The folder of the log below the user's configuration folder. */
export function auditFolder(configDir: string): string {
  return join(configDir, "audit");
}

/** The month of an instant, in UTC: `2026-11`. */
export function monthOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, "2026-11".length);
}

/** The file of a month. */
export function fileOf(configDir: string, month: string): string {
  return join(auditFolder(configDir), `${month}.jsonl`);
}

/** The months that have a file, oldest first. @throws ConfigurationError `config.invalid_file` */
export async function monthsOf(configDir: string): Promise<string[]> {
  try {
    const names = await readdir(auditFolder(configDir));
    return names.flatMap((name) => /^(\d{4}-\d{2})\.jsonl$/.exec(name)?.[1] ?? []).sort();
  } catch (cause) {
    if (isCode(cause, "ENOENT")) return [];
    throw unreadable(auditFolder(configDir), cause);
  }
}

/** One line's bytes, without its line break; torn: it has none, since whoever wrote it did not come to its end. */
export interface RawLine {
  readonly bytes: Buffer;
  readonly torn: boolean;
}

/** A file of the log, open for reading. */
export interface OpenLogFile extends AsyncDisposable {
  readonly inode: number;
  readonly sizeBytes: number;
  /** The lines that begin at or after an offset, up to the size that it had when it was opened. */
  lines(from: number): AsyncGenerator<RawLine>;
}

/**
 * Opens a file of the log.
 *
 * @returns undefined when it is not there
 * @throws ConfigurationError `config.invalid_file` for one that cannot be read, a link, and what is no file
 */
export async function openLogFile(path: string): Promise<OpenLogFile | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, readSafely);
  } catch (cause) {
    if (isCode(cause, "ENOENT")) return undefined;
    throw unreadable(path, cause);
  }
  const found = await file.stat();
  if (!found.isFile()) {
    await file.close();
    throw unreadable(path);
  }
  return {
    inode: found.ino,
    sizeBytes: found.size,
    lines: (from) => linesOf(file, path, { from, to: found.size }),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

const chunkBytes = 256 * 1024;
const lineBreak = 0x0a;

/** Only line feeds end a line here: what else may be one stands within some text. */
async function* linesOf(
  file: FileHandle,
  path: string,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<RawLine> {
  let rest = Buffer.alloc(0);
  for (let offset = from; offset < to;) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, to - offset));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, offset).catch((cause: unknown) => {
      throw unreadable(path, cause);
    });
    if (bytesRead === 0) break;
    offset += bytesRead;
    rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let begin = 0;
    for (let end = rest.indexOf(lineBreak); end >= 0; end = rest.indexOf(lineBreak, begin)) {
      yield { bytes: rest.subarray(begin, end), torn: false };
      begin = end + 1;
    }
    rest = rest.subarray(begin);
  }
  if (rest.length > 0) yield { bytes: rest, torn: true };
}

function unreadable(path: string, cause?: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `${path} cannot be read as a part of the audit log.`,
    hint: "Look at what it is and who may read it; the log's own files are plain files that you alone may read.",
    details: { file: path },
    ...(cause !== undefined && { cause }),
  });
}
