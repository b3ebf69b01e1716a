import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** When the clocks of a zone are changed, in seconds of offset from UTC, as Intl shows it. */
export interface ZoneHistory {
  readonly zone: string;
  readonly changes: readonly ZoneChange[];
}

/** The first instant of another offset. */
export interface ZoneChange {
  readonly epochMs: number;
  readonly before: number;
  readonly after: number;
}

const weekMs = 7 * 86_400_000;
const zoneFiles = "/usr/share/zoneinfo";
/** Of the names in a system's list, those that are no zones. */
const notZones = /^(Factory|localtime|posixrules|posix\/.*|right\/.*|.*\.[a-z]+|[a-z].*)$/;

/** The names of all zones that Intl knows: those that it lists, and the aliases on this machine's own list. */
export function zoneNames(): string[] {
  const listed = Intl.supportedValuesOf("timeZone");
  const found = existsSync(zoneFiles) ? readdirSync(zoneFiles, { recursive: true, encoding: "utf8" }) : [];
  const files = readdirs(found);
  return [...new Set([...listed, "UTC", "Asia/Calcutta", "US/Eastern", ...files.filter(isKnown)])].sort();
}

function readdirs(found: readonly string[]): string[] {
  const folders = new Set(found.flatMap((path) => (path.includes("/") ? [path.slice(0, path.lastIndexOf("/"))] : [])));
  return found.filter((path) => !folders.has(path) && !notZones.test(path) && existsSync(join(zoneFiles, path)));
}

function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false; // that is the answer
  }
}

/** All changes of a zone's clocks from the start of a year to the start of another. */
export function historyOf(zone: string, [first, end]: readonly [number, number]): ZoneHistory {
  const offset = offsetReader(zone);
  const changes: ZoneChange[] = [];
  const endMs = Date.UTC(end, 0, 1);
  for (let fromMs = Date.UTC(first, 0, 1); fromMs < endMs; fromMs += weekMs) {
    const [before, after] = [offset(fromMs), offset(fromMs + weekMs)];
    if (before === after) continue;
    let [low, high] = [fromMs, fromMs + weekMs];
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ epochMs: high, before, after });
  }
  return { zone, changes };
}

/** The offset of a zone at an instant, by the clock that Intl shows there. */
function offsetReader(zone: string): (epochMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    ...({ year: "numeric", month: "2-digit", day: "2-digit" } as const),
    ...({ hour: "2-digit", minute: "2-digit", second: "2-digit" } as const),
  });
  return (epochMs) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(epochMs).match(/\d+/g) ?? []
    ).map(Number);
    return (Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(epochMs / 1000) * 1000) / 1000;
  };
}
