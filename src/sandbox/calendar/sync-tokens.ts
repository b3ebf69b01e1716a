import { createHash } from "node:crypto";
import type { Clock } from "../../core/clock.js";
import { ApiError } from "../api-error.js";

const dayMs = 86_400_000;

/** Tokens that say up to which change a client knows a list. @see https://developers.google.com/workspace/calendar/api/guides/sync */
export class SyncTokens {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  #generation = 0;

  constructor(clock: Clock, lifeDays: number) {
    this.#clock = clock;
    this.#lifeMs = lifeDays * dayMs;
  }

  /**
   * A new token.
   *
   * @param list - names the list and everything that selects in it: the token is good for no other
   * @param change - the last change that the client knows then
   * @param note - what else the list needs to know later
   */
  issue(list: string, change: number, note = ""): string {
    const parts = [digestOf(list), change, this.#clock.now(), this.#generation, note];
    return Buffer.from(parts.join(":")).toString("base64url");
  }

  /** @returns the last change that the client knows @throws ApiError 400 for no token of this list, 410 for an old one */
  read(token: string, list: string): number {
    return this.readNoted(token, list).change;
  }

  /** The same, with what was noted. @throws ApiError 400, 410 */
  readNoted(token: string, list: string): { change: number; note: string } {
    const parts = Buffer.from(token, "base64url").toString("utf8").split(":");
    const [digest, change, issuedAt, generation, note = ""] = parts;
    if (digest !== digestOf(list) || !/^\d+$/.test(change ?? "")) {
      throw new ApiError({
        code: 400,
        reason: "invalid",
        message: "Invalid sync token value.",
        location: "syncToken",
        locationType: "parameter",
      });
    }
    const isCurrent = Number(generation) === this.#generation && Number(issuedAt) + this.#lifeMs > this.#clock.now();
    if (isCurrent) return { change: Number(change), note };
    throw new ApiError({
      code: 410,
      reason: "fullSyncRequired",
      domain: "calendar",
      message: "Sync token is no longer valid, a full sync is required.",
      location: "syncToken",
      locationType: "parameter",
    });
  }

  /** All that were given so far are too old from now on. */
  expire(): void {
    this.#generation += 1;
  }
}

function digestOf(list: string): string {
  return createHash("sha256").update(list).digest("hex").slice(0, 12);
}
