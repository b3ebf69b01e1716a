import { isIntegrationError } from "../../../core/errors.js";
import type { Notify } from "../../../calendar/options.js";
import type { RawEvent } from "./wire.js";
import { isSame, readRaw, replaceRaw, type Writer } from "./writing.js";

/** How an event is changed. */
export interface Rewriting {
  /** What it is to be, by what it is; asked again about what somebody else made of it meanwhile. */
  readonly change: (current: RawEvent) => RawEvent;
  /** @throws RequestError `request.conflict` when what somebody else changed since `base` clashes with the change */
  readonly requireCompatible?: (base: RawEvent, current: RawEvent) => void;
  /** Default: the writer's. */
  readonly notify?: Notify;
}

/** So often somebody else may have been faster. */
const mostTries = 100;
const firstWaitMs = 20;
const longestWaitMs = 1_000;

/**
 * Changes an event that others may be changing too: writes the whole of it only over the version that it was made from,
 * and begins again with the newer one otherwise. Calls of one client on the same event wait for each other.
 *
 * @param base - the event as it was read
 * @returns the event afterwards; `written` is false when there was nothing to change
 */
export async function rewrite(
  writer: Writer,
  calendarId: string,
  base: RawEvent,
  rewriting: Rewriting,
): Promise<{ after: RawEvent; written: boolean }> {
  const { calendars, deadline } = writer;
  const turn = JSON.stringify([calendarId, base.id]);
  return calendars.turns.run(turn, () => rewriteInTurn(writer, calendarId, base, rewriting), deadline.signal);
}

async function rewriteInTurn(
  writer: Writer,
  calendarId: string,
  base: RawEvent,
  { change, requireCompatible, notify = writer.notify }: Rewriting,
): Promise<{ after: RawEvent; written: boolean }> {
  const { calendars, deadline } = writer;
  let current = base;
  for (let tries = 1; ; tries += 1) {
    const after = change(current);
    // A repeat whose first answer was lost finds its own work done.
    if (isSame(current, after)) return { after: current, written: tries > 1 };
    if (tries > 1) requireCompatible?.(base, current);
    try {
      return { after: await replaceRaw(writer, calendarId, { before: current, after }, { notify }), written: true };
    } catch (error) {
      if (!isIntegrationError(error, "request.conflict") || tries === mostTries) throw error;
    }
    const windowMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(tries - 1, 10));
    if (tries > 1) await calendars.clock.sleep(Math.random() * windowMs, deadline.signal);
    current = await readRaw(calendars, calendarId, base.id, deadline);
  }
}
