import { integrationError } from "../../../core/errors.js";
import type { Notify } from "../../../calendar/client.js";
import type { Calendars } from "./calendars.js";

/** Whom Google writes to. @see https://developers.google.com/workspace/calendar/api/v3/reference/events/insert */
export function sendUpdates(notify: Notify): string {
  return notify === "external" ? "externalOnly" : notify;
}

/** Keeps a read-only client from writing, before any network. @throws RequestError `request.forbidden` */
export function requireWritable({ access }: Calendars): void {
  if (access !== "read") return;
  throw integrationError("request.forbidden", {
    message: "This client may only read.",
    hint: 'Make the client with access "write", and link the profile with it.',
  });
}
