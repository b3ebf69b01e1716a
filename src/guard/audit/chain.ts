import { noLine, readLine } from "./entry-line.js";
import type { RawLine } from "./log-files.js";

/** A line that is not what was written there. */
export interface AuditProblem {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** A sentence. */
  readonly problem: string;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** A line that does not follow the one before it. */
interface Break extends Place {
  /** The hash of the line that it was written after. */
  readonly previous: string;
}

/** Goes through the lines of a log in order, and finds where they are no chain. */
export class Chain {
  readonly breaks: Break[] = [];
  entries = 0;
  /** The hash of the last entry. */
  last: string = noLine;
  readonly #damaged: AuditProblem[] = [];
  /** Whether what stands before the next line could not be read, so that nobody knows what it was. */
  #unsure = false;

  add({ bytes, torn }: RawLine, place: Place): void {
    const read = readLine(bytes);
    if (!read) {
      this.#damaged.push({ ...place, problem: torn || isCut(bytes) ? cutOff : noEntry });
      this.#unsure = true;
      return;
    }
    const { previous, hash } = read.entry;
    this.entries += 1;
    if (!read.intact) this.#damaged.push({ ...place, problem: changed });
    else if (previous !== this.last && !this.#unsure) this.breaks.push({ ...place, previous });
    this.last = hash;
    this.#unsure = false;
  }

  /** What is wrong, in order. @param elsewhere - hashes of lines that stand somewhere in the log */
  problems(elsewhere: ReadonlySet<string>): AuditProblem[] {
    const breaks = this.breaks.map(({ file, line, previous }) => {
      const missing = line === 1 ? fileMissing : takenOut;
      return { file, line, problem: elsewhere.has(previous) ? moved : previous === noLine ? notFirst : missing };
    });
    return [...this.#damaged, ...breaks].sort(
      (one, other) => one.file.localeCompare(other.file) || one.line - other.line,
    );
  }
}

const cutOff = "It is torn: whoever wrote it did not come to its end.";
const noEntry = "It is no entry: it was changed, or written by something else.";
const changed = "It was changed: it does not have the hash that it names.";
const moved = "It was moved or copied, or lines before it were: the line that it was written after stands elsewhere.";
const takenOut = "A line before it was taken out or changed: the line that it was written after is not there.";
const fileMissing = "The file before it is missing, or its last lines were taken out.";
const notFirst = "It was written as the first line of a log, but others stand before it.";

/** Whether bytes are the beginning of an entry and not all of it. */
function isCut(bytes: Buffer): boolean {
  return bytes.at(0) === 0x7b && bytes.at(-1) !== 0x7d;
}
