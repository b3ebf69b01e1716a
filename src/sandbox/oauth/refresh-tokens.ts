import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import type { Grant } from "./grants.js";
import type { Settings } from "./registry.js";

/** A refresh token. One that has died is kept, since Google still knows it. */
export interface RefreshToken {
  readonly text: string;
  readonly grant: Grant;
  /** Milliseconds since the epoch. */
  usedAt: number;
  ended: boolean;
  /** Whether it was given up for a newer one. */
  replaced: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The refresh tokens and what they die of by themselves: their age, idleness and number. */
export class RefreshTokens {
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #settings: Settings;
  readonly #all = new Map<string, RefreshToken>();
  /** By client and person, oldest first; no more than the limit. */
  readonly #counted = new Map<string, Set<RefreshToken>>();

  constructor(clock: Clock, identifiers: Identifiers, settings: Settings) {
    this.#clock = clock;
    this.#identifiers = identifiers;
    this.#settings = settings;
  }

  add(grant: Grant): RefreshToken {
    const token = {
      text: this.#identifiers.token("1//0"),
      grant,
      usedAt: this.#clock.now(),
      ended: false,
      replaced: false,
    };
    this.#all.set(token.text, token);
    const counted = this.#countedFor(grant);
    this.#makeRoom(counted);
    counted.add(token);
    return token;
  }

  find(text: string): RefreshToken | undefined {
    return this.#all.get(text);
  }

  isAlive(token: RefreshToken): boolean {
    const now = this.#clock.now();
    const unusedUntil = token.usedAt + this.#settings.unusedRefreshTokenDays * dayMs;
    return !token.ended && !token.grant.ended && now < unusedUntil && now < token.grant.refreshUntil;
  }

  /** Notes that it was used. @returns the token that takes its place, where the rules say so */
  use(token: RefreshToken): RefreshToken | undefined {
    token.usedAt = this.#clock.now();
    if (!this.#settings.rotateRefreshTokens) return undefined;
    token.ended = token.replaced = true;
    this.#countedFor(token.grant).delete(token);
    return this.add(token.grant);
  }

  /** Looks through one person's tokens of one client, and only when there are too many. */
  #makeRoom(counted: Set<RefreshToken>): void {
    const { refreshTokenLimit } = this.#settings;
    if (counted.size < refreshTokenLimit) return;
    for (const token of counted) if (!this.isAlive(token)) counted.delete(token);
    for (const oldest of counted) {
      if (counted.size < refreshTokenLimit) return;
      oldest.ended = true;
      counted.delete(oldest);
    }
  }

  #countedFor({ clientId, user }: Grant): Set<RefreshToken> {
    const key = `${clientId} ${user}`;
    const counted = this.#counted.get(key) ?? new Set();
    this.#counted.set(key, counted);
    return counted;
  }
}
