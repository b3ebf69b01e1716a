import { constants, type FileHandle, lstat, open } from "node:fs/promises";
import { createDurably, requireOwnFile } from "../../credentials/atomic-write.js";
import { isCode } from "../../credentials/file-errors.js";
import { noTraps } from "../../credentials/open-flags.js";
import { requireOwnFolders } from "../../credentials/own-folders.js";
import type { AuditEntry } from "./entry.js";
import { lineOf, noLine, readLine } from "./entry-line.js";
import { fileOf, monthOf, monthsOf, openLogFile } from "./log-files.js";

/** Where the log ends, as it was left. */
interface Place {
  readonly month: string;
  readonly inode: number;
  readonly sizeBytes: number;
  /** Whether the file ends within a line. */
  readonly torn: boolean;
}

/** What to do with what others wrote. */
interface Hearing {
  /** An entry that another process appended meanwhile. */
  readonly onEntry: (entry: AuditEntry) => void;
  /** The log is not as it was left: something of it was cut off or put in its place. */
  readonly onBreak: () => void;
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly month: string;
  readonly inode: number;
}

const firstTailBytes = 64 * 1024;

/**
 * The end of the log: what the next line follows. It is used under the log's lock only. Not a byte of what is there is
 * ever written over; what is not as it was left is followed by a line that names the one which should be there, so that
 * a check tells.
 */
export class LogEnd {
  readonly #configDir: string;
  readonly #hearing: Hearing;
  #place: Place | undefined;
  #previous = noLine;
  #file: OpenFile | undefined;

  constructor(configDir: string, hearing: Hearing) {
    this.#configDir = configDir;
    this.#hearing = hearing;
  }

  /** The hash of the last line; 64 zeros for none. */
  get previous(): string {
    return this.#previous;
  }

  /** Takes in what was appended by others since it was looked at last. */
  async catchUp(): Promise<void> {
    const months = await monthsOf(this.#configDir);
    const place = this.#place;
    if (!place) {
      for (const month of [...months].reverse()) if (await this.#findLast(month)) return;
      return;
    }
    const found = await this.#look(place.month);
    if (found?.ino !== place.inode || found.size < place.sizeBytes) {
      const previous = this.#previous;
      this.#place = undefined;
      for (const month of months.slice(-1)) await this.#findLast(month);
      this.#previous = previous;
      this.#hearing.onBreak();
      return;
    }
    if (found.size > place.sizeBytes) await this.#takeIn(place.month, place.sizeBytes);
    for (const month of months.filter((each) => each > place.month)) await this.#takeIn(month, 0);
  }

  /** Appends an entry that follows the last one. */
  async append(entry: AuditEntry, { durable }: { readonly durable: boolean }): Promise<void> {
    const now = monthOf(Date.parse(entry.at));
    // A clock that was set back does not lead into the past: lines follow each other in the order in which they came.
    const month = this.#place !== undefined && this.#place.month > now ? this.#place.month : now;
    const { handle, inode } = await this.#fileFor(month);
    const place = this.#place?.month === month ? this.#place : { sizeBytes: 0, torn: false };
    const bytes = Buffer.from(`${place.torn ? "\n" : ""}${lineOf(entry)}\n`);
    await handle.appendFile(bytes); // if it fails, what there is of it is read by the next one
    this.#place = { month, inode, sizeBytes: place.sizeBytes + bytes.length, torn: false };
    this.#previous = entry.hash;
    if (durable) await handle.sync();
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.handle.close();
  }

  async #look(month: string): Promise<{ ino: number; size: number } | undefined> {
    return lstat(fileOf(this.#configDir, month)).catch((error: unknown) => {
      if (isCode(error, "ENOENT")) return undefined;
      throw error;
    });
  }

  /** Reads a file from an offset, where a line begins, to its end. */
  async #takeIn(month: string, from: number): Promise<void> {
    await using file = await openLogFile(fileOf(this.#configDir, month));
    if (!file) return;
    let torn = false;
    for await (const line of file.lines(from)) {
      const read = readLine(line.bytes);
      if (read) {
        this.#previous = read.entry.hash;
        this.#hearing.onEntry(read.entry);
      }
      torn = line.torn;
    }
    this.#place = { month, inode: file.inode, sizeBytes: file.sizeBytes, torn };
  }

  /** Looks for the last entry of a file from its end, which is the log's if none was found yet. @returns whether it has one */
  async #findLast(month: string): Promise<boolean> {
    await using file = await openLogFile(fileOf(this.#configDir, month));
    if (!file) return false;
    let last: string | undefined;
    for (let tail = firstTailBytes; last === undefined; tail *= 8) {
      const from = Math.max(0, file.sizeBytes - tail);
      let torn = false;
      for await (const line of file.lines(from)) {
        last = readLine(line.bytes)?.entry.hash ?? last;
        torn = line.torn;
      }
      this.#place ??= { month, inode: file.inode, sizeBytes: file.sizeBytes, torn };
      if (from === 0) break;
    }
    if (last !== undefined) this.#previous = last;
    return last !== undefined;
  }

  /** The file of a month, open for appending; it is made when it is not there. */
  async #fileFor(month: string): Promise<OpenFile> {
    const place = this.#place;
    if (this.#file?.month === month && place?.month === month && this.#file.inode === place.inode) return this.#file;
    await this.close();
    const path = fileOf(this.#configDir, month);
    await requireOwnFolders(this.#configDir, path);
    if (!(await requireOwnFile(path))) await createDurably(path, "");
    const { O_APPEND, O_WRONLY } = constants;
    const handle = await open(path, O_WRONLY | O_APPEND | noTraps);
    this.#file = { handle, month, inode: 0 };
    const { ino: inode, mode } = await handle.stat();
    if ((mode & 0o077) !== 0 && process.platform !== "win32") await handle.chmod(0o600);
    return (this.#file = { handle, month, inode });
  }
}
