import type { Notify } from "../../../calendar/options.js";

/** Whom Google writes to. @see https://developers.google.com/workspace/calendar/api/v3/reference/events/insert */
export function sendUpdates(notify: Notify): string {
  return notify === "external" ? "externalOnly" : notify;
}
