const formats = new Map<string, Intl.DateTimeFormat>();
/** Of each zone, how far it is from UTC on days on which its clocks are not changed; undefined where they are. */
const offsets = new Map<string, Map<number, number | undefined>>();
const dayMs = 86_400_000;
/** Before, every zone has the same offset at all times: its own noon's. */
const firstClocksMs = Date.UTC(1800, 0, 1);

/** An instant as RFC 3339 text with the offset that a zone has then. Whole seconds. */
export function textIn(zone: string, ms: number): string {
  const wholeMs = Math.floor(ms / 1000) * 1000;
  const offsetMinutes = Math.round(offsetMs(zone, wholeMs) / 60_000);
  const wall = new Date(wholeMs + offsetMinutes * 60_000).toISOString().slice(0, -5);
  if (offsetMinutes === 0) return `${wall}Z`;
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${wall}${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The instant at which the clocks of a zone show a time, given as if it were UTC. */
export function instantIn(zone: string, wall: number): number {
  return wall - offsetMs(zone, wall - offsetMs(zone, wall));
}

function offsetMs(zone: string, when: number): number {
  const ms = Math.max(when, firstClocksMs);
  const ofZone = offsets.get(zone) ?? new Map<number, number | undefined>();
  offsets.set(zone, ofZone);
  const day = Math.floor(ms / dayMs);
  if (!ofZone.has(day)) {
    const [first, last] = [day * dayMs, (day + 1) * dayMs].map((each) => wallMs(zone, each) - each);
    ofZone.set(day, first === last ? first : undefined);
  }
  return ofZone.get(day) ?? wallMs(zone, ms) - ms;
}

/** What the clocks of a zone show at an instant, as if it were UTC. */
function wallMs(zone: string, ms: number): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(ms)) parts[type] = value;
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts[type]);
  return Date.UTC(
    number("year"),
    number("month") - 1,
    number("day"),
    number("hour"),
    number("minute"),
    number("second"),
  );
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const found = formats.get(zone);
  if (found) return found;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}
