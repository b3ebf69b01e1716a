import { fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld, type World } from "./support/world.js";
import { historyOf, zoneNames, type ZoneHistory } from "./support/zone-changes.js";
import type { ZoneOrder, ZoneResult } from "./support/zone-child.js";
import type { ZoneFlaw } from "./support/zone-reader.js";

export const name = "time-zones";
export const claim =
  "events around the changes of clocks in every zone are read back as they were written, whatever zone the program runs in, and times that are skipped or come twice are refused with both readings";

const user = "alice@example.com";
const years = [2020, 2036] as const;
const processZones = ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia"];
/** In which process a flaw must show. */
const flaws: readonly (readonly [string, ZoneFlaw])[] = [
  ["Asia/Kolkata", "dates through UTC"],
  ["America/New_York", "wall times of the process"],
  ["Pacific/Apia", "gaps guessed"],
];
/** Read in every run: half an hour, an hour at midnight, changes by the moon, the other way round, a day lost before. */
const special = ["Australia/Lord_Howe", "Africa/Cairo", "Africa/Casablanca", "Europe/Dublin", "Asia/Beirut"];

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const names = zoneNames();
  const chosen = full ? [...special, ...names.filter((zone) => !special.includes(zone))] : sample(names);
  const histories = chosen.map((zone) => historyOf(zone, full ? years : someYears())).filter(hasChanges);
  const changes = histories.reduce((sum, each) => sum + each.changes.length, 0);
  const results = await readEverywhere(histories, full ? 31 : 149);
  const problems = results.flatMap((each) => each.problems);
  const [cases, refused, written] = (["cases", "refused", "written"] as const).map((field) =>
    results.reduce((sum, each) => sum + each[field], 0),
  );
  const size = `${cases ?? 0} events around ${changes} changes in ${chosen.length} zones, ${written ?? 0} of them through Google, ${refused ?? 0} refused`;
  const noticed = results.flatMap((each) => each.noticed);
  return outcome(
    {
      figure: [`${problems.length} differences in ${size}`, ...problems.slice(0, 3)].join("; "),
      target: "0 differences, with some written through Google and some refused in every process",
      holds: problems.length === 0 && results.every((each) => Math.min(each.refused, each.written) > 0),
    },
    Object.fromEntries(flaws.map(([, flaw]) => [flaw, noticed.includes(flaw)])),
  );
}

/** A few zones, others in every run. */
function sample(names: readonly string[]): string[] {
  return [...special, ...Array.from({ length: 5 }, () => names[randomInt(names.length)] ?? "UTC")];
}

function someYears(): readonly [number, number] {
  const first = randomInt(years[0], years[1] - 1);
  return [first, first + 2];
}

function hasChanges({ changes }: ZoneHistory): boolean {
  return changes.length > 0;
}

/** The same events in processes of several zones, each with a calendar of its own. */
async function readEverywhere(histories: readonly ZoneHistory[], everyWritten: number): Promise<ZoneResult[]> {
  const calendars = processZones.map((_, index) => ({ id: `zone${index}@group.calendar.google.com` }));
  await using world = await openWorld({ users: [{ email: user, calendars }] }, user);
  return await Promise.all(
    processZones.map((processZone, index) =>
      readIn(world, {
        processZone,
        histories,
        everyWritten,
        calendarId: calendars[index]?.id ?? "",
        asked: { zone: "Asia/Kathmandu", offsetSeconds: 20_700 },
        flaws: flaws.filter(([zone]) => zone === processZone).map(([, flaw]) => flaw),
      }),
    ),
  );
}

async function readIn({ sandbox, config }: World, order: Omit<ZoneOrder, "config" | "url">): Promise<ZoneResult> {
  const env = { ...process.env, TZ: order.processZone };
  const child = fork(new URL("./support/zone-child.js", import.meta.url), { env });
  try {
    const { credentialsDir, configDir } = config;
    const places = { credentialsDir, configDir, googleCalendarEnabled: true };
    const answer = once(child, "message") as Promise<[ZoneResult]>;
    const ended = once(child, "exit").then((): never => {
      throw new TypeError(`the process in ${order.processZone} ended before it was done`);
    });
    child.send({ ...order, config: places, url: sandbox.url } satisfies ZoneOrder);
    const [result] = await Promise.race([answer, ended]);
    return result;
  } finally {
    child.kill("SIGKILL");
  }
}
