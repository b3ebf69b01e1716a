import { machineTimeZone } from "../core/zoned-time.js";
import type { CredentialManager } from "../credentials/types.js";
import type { CalendarInfo } from "../calendar/models.js";

/** The zone of a calendar is not waited for as long as what somebody asked for. */
const longestMs = 5_000;

/** Whose times are told. */
export interface ZoneOwner {
  readonly service: string;
  readonly userId: string;
  /** Of a service with calendars. */
  readonly getCalendars?: (options: { readonly timeoutMs: number }) => Promise<CalendarInfo[]>;
}

/**
 * The zone in which an operation reads times that name none, so that those which it shows can be typed as they stand: the
 * one that was asked for, else the profile's, else the calendar's, and for mails this machine's.
 */
export async function zoneShown(
  { client, timeoutMs }: { readonly client: ZoneOwner; readonly timeoutMs?: number },
  input: unknown,
  credentials: Pick<CredentialManager, "getCredentials">,
): Promise<string> {
  const { timeZone, calendar, calendars } = fieldsOf(input);
  if (typeof timeZone === "string") return timeZone;
  // What cannot be read is told of by the operation itself, and is no reason to hide its result.
  const record = await credentials.getCredentials(client.service, client.userId).catch(() => undefined);
  if (record?.userTimezone !== undefined) return record.userTimezone;
  if (!client.getCalendars) return machineTimeZone();
  const wanted: unknown = calendar ?? (Array.isArray(calendars) ? calendars[0] : undefined) ?? "primary";
  const all = await client.getCalendars({ timeoutMs: Math.min(timeoutMs ?? longestMs, longestMs) }).catch(() => []);
  const meant = all.find(({ id, primary }) => id === wanted || (primary && wanted === "primary"));
  return (meant ?? all.find(({ primary }) => primary))?.timeZone ?? machineTimeZone();
}

function fieldsOf(input: unknown): Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null ? { ...input } : {};
}
