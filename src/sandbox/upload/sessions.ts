import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import type { AccessToken } from "../oauth/grants.js";
import type { ApiReply, Match } from "../routes.js";

/** An upload that was announced and arrives in pieces. */
export interface UploadSession {
  readonly id: string;
  readonly match: Match;
  /** What announced it. Its address alone is enough to go on: it is a secret of its own. */
  readonly access: AccessToken;
  /** The JSON that came with the announcement. */
  readonly metadata: unknown;
  readonly contentType: string;
  /** As announced, or as the first piece with a total said. */
  total: number | undefined;
  /** What has arrived, in order. */
  readonly pieces: Buffer[];
  received: number;
  /** The answer, once everything had arrived and the call was carried out: whoever asks again gets it again. */
  done: ApiReply | undefined;
}

const lifetimeMs = 7 * 24 * 60 * 60 * 1000;

/** Uploads under way, each forgotten a week after it was announced. @see https://developers.google.com/workspace/gmail/api/guides/uploads#resumable */
export class UploadSessions {
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #sessions = new Map<string, { readonly session: UploadSession; readonly until: number }>();

  constructor(clock: Clock, identifiers: Identifiers) {
    this.#clock = clock;
    this.#identifiers = identifiers;
  }

  start(announced: Pick<UploadSession, "match" | "access" | "metadata" | "contentType" | "total">): UploadSession {
    const id = this.#identifiers.token("AHmUCY", 80);
    const session: UploadSession = { ...announced, id, pieces: [], received: 0, done: undefined };
    this.#sessions.set(id, { session, until: this.#clock.now() + lifetimeMs });
    return session;
  }

  find(id: string): UploadSession | undefined {
    const found = this.#sessions.get(id);
    if (found && found.until > this.#clock.now()) return found.session;
    this.#sessions.delete(id);
    return undefined;
  }
}
