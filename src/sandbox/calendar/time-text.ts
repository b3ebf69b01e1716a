/** Whether something is a day that exists, such as `2026-11-23`. */
export function isDate(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value); // no 30th of February
}

/** Whether something is a time that exists, with or without an offset, such as `2026-11-23T09:30:00+01:00`. */
export function isDateTime(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const found = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(value);
  return found !== null && isDate(found[1]) && !Number.isNaN(Date.parse(value));
}

/** Whether a time says how far it is from UTC. */
export function hasOffset(dateTime: string): boolean {
  return /(z|[+-]\d{2}:?\d{2})$/i.test(dateTime);
}

/** Whether something is a time zone of the IANA's, such as `Europe/Berlin`. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== "string" || /^[+-]/.test(value)) return false;
  if (zones.has(value)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    zones.add(value);
    return true;
  } catch {
    return false;
  }
}

/** Those that were asked for: every event that is shown asks again. */
const zones = new Set<string>();

/** Whether a date or time is of a year that an event may be in: one that every zone's clocks show with four digits. */
export function hasEventYear(time: string): boolean {
  const year = Number(time.slice(0, 4));
  return year >= 1 && year <= 9998;
}
