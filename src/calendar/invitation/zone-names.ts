import { windowsZones } from "./windows-zones.js";

/**
 * The IANA name of a zone as an iCalendar text names it, where that is sure: an IANA name, also behind the address of a
 * registry (`/freeassociation.sourceforge.net/Europe/Berlin`), or the name of a Windows zone.
 *
 * @param isZone - whether this machine knows an IANA name
 */
export function ianaZoneOf(tzid: string, isZone: (name: string) => boolean): string | undefined {
  const windows = windowsNames.get(tzid.toLowerCase());
  if (windows !== undefined && isZone(windows)) return windows;
  if (/^(utc|gmt|z|tzone:\/\/microsoft\/utc)$/i.test(tzid)) return "UTC";
  const parts = tzid.split("/").filter((part) => part !== "");
  // No name has more than three parts; one part alone, such as EST, says less than the rules that come with it.
  const names = [3, 2].filter((count) => count <= parts.length).map((count) => parts.slice(-count).join("/"));
  return names.find((name) => isZone(name));
}

const windowsNames = new Map([...windowsZones].map(([name, zone]) => [name.toLowerCase(), zone]));
