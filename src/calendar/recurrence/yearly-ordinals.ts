import type { RuleParts } from "./lines.js";
import { dayCodeOf } from "./implied-parts.js";
import { dayMs } from "./stamps.js";

/**
 * Whether a date is one that a yearly rule's counted weekdays mean; undefined for other rules, and for those that the
 * library gets right: of the 53rd weekday (`53TH`), which few years have, it makes the first of the next year.
 */
export function fiftyThirdWeekday(parts: RuleParts): ((wall: string) => boolean) | undefined {
  const days = (parts.get("BYDAY") ?? "").split(",");
  if (parts.get("FREQ") !== "YEARLY" || parts.has("BYMONTH") || !days.some((day) => /53/.test(day))) return undefined;
  return (wall) => {
    const year = Number(wall.slice(0, 4));
    const place = (Date.parse(`${wall.slice(0, 10)}T00:00:00Z`) - Date.UTC(year, 0)) / dayMs;
    const size = (Date.UTC(year + 1, 0) - Date.UTC(year, 0)) / dayMs;
    const [fromStart, fromEnd] = [Math.floor(place / 7) + 1, -Math.ceil((size - place) / 7)];
    const weekday = dayCodeOf(wall);
    return days.some((day) => {
      const ordinal = Number(day.slice(0, -2));
      return day.endsWith(weekday) && (ordinal === 0 || ordinal === fromStart || ordinal === fromEnd);
    });
  };
}
