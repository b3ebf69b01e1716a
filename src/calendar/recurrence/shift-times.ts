import { oftenerThanDaily, type RuleParts } from "./lines.js";
import type { Shift } from "./shift-of-start.js";

const daySeconds = 24 * 60 * 60;
const names = ["BYHOUR", "BYMINUTE", "BYSECOND"] as const;

/**
 * What a rule's parts that say times are for the new start; undefined where that would be a guess: where times would come
 * to another day than others, or become several on one day of a series of whole days.
 */
export function shiftTimes(parts: RuleParts, shift: Shift): Record<string, string | undefined> | undefined {
  const { from, to, seconds } = shift;
  const isOften = oftenerThanDaily.includes(parts.get("FREQ") ?? "");
  const said = names.filter((name) => parts.has(name));
  if (to.axis.allDay && !from.axis.allDay) {
    const isOnce = said.every((name) => !parts.get(name)?.includes(","));
    if (isOften || !isOnce || (parts.has("BYSETPOS") && said.length > 0)) return undefined;
    return Object.fromEntries(said.map((name) => [name, undefined]));
  }
  if (seconds === 0) return {};
  if (isOften) return [...parts.keys()].some((name) => name.startsWith("BY")) ? undefined : {};
  return said.length === 0 ? {} : moveTimes(parts, shift);
}

/** All times of day together: they must have come from hours, minutes and seconds, and still must. */
function moveTimes(parts: RuleParts, { from, to, seconds }: Shift): Record<string, string> | undefined {
  const [given, implied] = [from, to].map(({ wall }) => wall.slice(11).split(":")) as [string[], string[]];
  const [hours = [], minutes = [], wholes = []] = names.map((name, index) =>
    (parts.get(name) ?? given[index] ?? "0").split(",").map(Number),
  );
  const moved = hours.flatMap((hour) =>
    minutes.flatMap((minute) => wholes.map((second) => (hour * 60 + minute) * 60 + second + seconds)),
  );
  if (moved.some((each) => each < 0 || each >= daySeconds)) return undefined;
  const [hour, minute, second] = [
    moved.map((each) => Math.floor(each / 3600)),
    moved.map((each) => Math.floor(each / 60) % 60),
    moved.map((each) => each % 60),
  ].map((each) => [...new Set(each)].sort((a, b) => a - b)) as [number[], number[], number[]];
  if (hour.length * minute.length * second.length !== new Set(moved).size) return undefined;
  const all = { BYHOUR: hour, BYMINUTE: minute, BYSECOND: second };
  // What is not said is as in the start.
  const isSaid = (name: (typeof names)[number], index: number): boolean =>
    parts.has(name) || all[name].join(",") !== String(Number(implied[index]));
  return Object.fromEntries(names.filter(isSaid).map((name) => [name, all[name].join(",")]));
}
