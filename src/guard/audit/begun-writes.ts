import type { AuditEntry } from "./entry.js";
import { readAudit } from "./read-audit.js";

interface Begun {
  readonly profile: string;
  readonly effect: string;
  readonly at: number;
}

/** What is counted. */
export interface BegunCount {
  readonly profile: string;
  readonly effect: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/**
 * The writes that were begun, as far back as somebody asked for. The log is read for it once; from then on it is told of
 * each entry. It forgets none: whoever cuts the log does not raise a limit.
 */
export class BegunWrites {
  readonly #configDir: string;
  /** By their hashes, so that each counts once however often it is told. */
  readonly #begun = new Map<string, Begun>();
  #since: number = Infinity;

  constructor(configDir: string) {
    this.#configDir = configDir;
  }

  /** Takes an entry in. */
  note({ hash, step, profile, effect, at }: AuditEntry): void {
    const begunAt = step === "begun" ? Date.parse(at) : -Infinity;
    if (begunAt >= this.#since) this.#begun.set(hash, { profile, effect, at: begunAt });
  }

  /** The log is to be read again. */
  doubt(): void {
    this.#since = Infinity;
  }

  /** How many of a profile and effect were begun since an instant. */
  async count({ profile, effect, since }: BegunCount): Promise<number> {
    if (since < this.#since) {
      const known = this.#since;
      this.#since = since;
      try {
        for await (const entry of readAudit(this.#configDir, { since })) this.note(entry);
      } catch (error) {
        this.#since = known;
        throw error;
      }
    }
    const counted = [...this.#begun.values()].filter((each) => each.profile === profile && each.effect === effect);
    return counted.filter(({ at }) => at >= since).length;
  }
}
