import type { CalendarClient } from "../calendar/client.js";
import type { CalendarInfo } from "../calendar/models.js";
import { remembered, type Remembered } from "../core/remembered.js";
import type { CredentialManager } from "../credentials/types.js";
import type { ClientOfKind } from "../operations/operation.js";
import { zoneShown } from "../operations/zone-shown.js";

/** The zone that times of a client are told in, and those of an input read that name none. */
export type ToldZones = (client: ClientOfKind[keyof ClientOfKind], input: unknown) => Promise<string>;

/**
 * The zones of a session: the one that was asked for, else the profile's, else its calendar's, and this machine's where
 * there is none. Mails are told in that of the same profile's calendar, since a person has one clock. Calendars are read
 * once.
 *
 * @param calendarOf - the calendar of a profile, if it has one
 */
export function toldZones(
  credentials: Pick<CredentialManager, "getCredentials">,
  calendarOf: (profile: string) => CalendarClient | undefined,
): ToldZones {
  const known = new Map<CalendarClient, Remembered<CalendarInfo[]>>();
  const calendarsOf = (calendar: CalendarClient): Remembered<CalendarInfo[]> => {
    const calendars = known.get(calendar) ?? remembered(() => calendar.getCalendars());
    known.set(calendar, calendars);
    return calendars;
  };
  return (client, input) => {
    const { service, userId } = client;
    const calendar = "getCalendars" in client ? client : calendarOf(userId);
    if (!calendar) return zoneShown({ client }, input, credentials);
    const getCalendars = async ({ timeoutMs }: { readonly timeoutMs: number }): Promise<CalendarInfo[]> =>
      calendarsOf(calendar).latest(AbortSignal.timeout(timeoutMs));
    return zoneShown({ client: { service, userId, getCalendars } }, input, credentials);
  };
}
