import type { Clock } from "../../../core/clock.js";
import { unlessAborted, type Deadline } from "../../../core/deadline.js";
import type { GoogleApi } from "../http.js";
import { ContentCache, type CachedMail } from "./content-cache.js";
import { eventsOf, readHistory, readState, type MessageEvent } from "./history.js";

/** One call's view of the mails that were read before. */
export interface RecentMails {
  /** Gets ready to keep what is read from here on. Never fails: then nothing is kept. */
  prepare(): Promise<void>;
  /** A mail as it is now, if it was read before with all that is wanted, and is still there. */
  find(id: string, full: boolean): Promise<CachedMail | undefined>;
  /** Notes the mailbox's state; what is read after this may be kept with what it returns. */
  begin(): (id: string, mail: CachedMail) => void;
}

/** A call that lasts asks again after so long what has changed. */
const freshMs = 1_000;
/** With more changes than these pages hold, reading anew is cheaper. */
const mostPages = 4;

/**
 * Keeps what is read of a mailbox, in memory and as long as the client is open: contents never change, and what changed
 * about labels is asked once in each call that meets a mail again.
 *
 * @returns opens a call's view
 */
export function keepRecentMails(api: GoogleApi, clock: Clock, shared: Deadline): (deadline: Deadline) => RecentMails {
  const kept: Kept = { cache: new ContentCache(), state: undefined, before: undefined };
  let preparing: Promise<void> | undefined;
  const prepare = async (): Promise<void> => {
    kept.state ??= await tryState(api, shared);
    preparing = undefined;
  };
  const turns = sharedTurns(() => catchUp(kept, api, shared));
  return ({ signal }) => {
    let { asked, atMs } = { asked: turns.begun(), atMs: clock.now() };
    return {
      async prepare() {
        if (kept.state === undefined) await unlessAborted((preparing ??= prepare()), signal);
      },
      async find(id, full) {
        if (!kept.cache.find(id, full)) return undefined; // there is nothing to ask about
        if (clock.now() - atMs > freshMs) [asked, atMs] = [turns.begun(), clock.now()];
        await unlessAborted(turns.after(asked), signal);
        return kept.cache.find(id, full);
      },
      begin() {
        const known = kept.state;
        return (id, mail) => {
          // What was read before the last catch-up may have missed what that told.
          const { state, before, cache } = kept;
          const current = known === state || (known === before?.state && !before?.changed.has(id));
          if (known !== undefined && current) cache.put(id, mail);
        };
      },
    };
  };
}

interface Kept {
  readonly cache: ContentCache;
  /** Every label of what is cached is as it was in this state, or later. */
  state: string | undefined;
  /** The state before, and the mails that were changed since. */
  before: { readonly state: string; readonly changed: ReadonlySet<string> } | undefined;
}

/** Brings what is kept to the mailbox's present state; where that cannot be told, nothing is kept. */
async function catchUp(kept: Kept, api: GoogleApi, shared: Deadline): Promise<void> {
  const changed = new Set<string>();
  let pageToken: string | undefined;
  for (let pages = 0; kept.state !== undefined; pages += 1) {
    const place = { since: kept.state, pageToken };
    const page = pages < mostPages ? await readHistory(api, place, shared) : undefined;
    if (!page) {
      kept.cache.clear();
      kept.state = undefined;
      return;
    }
    for (const event of page.records.flatMap(eventsOf)) {
      apply(kept.cache, event);
      if (event.kind !== "added") changed.add(event.id);
    }
    pageToken = page.next;
    if (pageToken === undefined) {
      kept.before = { state: kept.state, changed };
      kept.state = page.historyId;
      return;
    }
  }
}

/** The mailbox's state; undefined when it cannot be told: whatever is wrong, the reading itself will say. */
async function tryState(api: GoogleApi, shared: Deadline): Promise<string | undefined> {
  return readState(api, shared).catch(() => undefined);
}

/** Work that several wait for, each for a run that began after it asked. */
function sharedTurns(work: () => Promise<void>): { begun: () => number; after: (count: number) => Promise<void> } {
  let [begun, ended] = [0, 0];
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    const count = ++begun;
    await work().finally(() => {
      running = undefined;
    });
    ended = count;
  };
  return {
    begun: () => begun,
    async after(count) {
      while (ended <= count) await (running ??= run());
    },
  };
}

function apply(cache: ContentCache, { id, kind, changed }: MessageEvent): void {
  if (kind === "removed") cache.remove(id);
  if (kind === "labelled") cache.relabel(id, (labels) => [...new Set([...labels, ...changed])]);
  if (kind === "unlabelled") cache.relabel(id, (labels) => labels.filter((label) => !changed.includes(label)));
}
