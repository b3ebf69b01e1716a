import {
  createCalendarClient,
  createCredentialManager,
  IntegrationConfig,
  type ConfigOverrides,
} from "maigic-integrations";
import type { CalendarClient, EventInput } from "maigic-integrations/calendar";
import { casesOf, type ZoneCase } from "./zone-cases.js";
import type { ZoneHistory } from "./zone-changes.js";
import { zoneClock, type ZoneClock } from "./zone-clock.js";
import { isSame, zoneJudge, type ZoneFlaw } from "./zone-reader.js";

/** What a process is told to read, in the zone that it runs in. */
export interface ZoneOrder {
  readonly processZone: string;
  readonly histories: readonly ZoneHistory[];
  /** A zone without changes, in which times are shown beside their own. */
  readonly asked: { readonly zone: string; readonly offsetSeconds: number };
  readonly flaws: readonly ZoneFlaw[];
  /** One in so many cases is written by a client, and read by it. */
  readonly everyWritten: number;
  readonly config: ConfigOverrides;
  readonly url: string;
  readonly calendarId: string;
}

/** What came of it. */
export interface ZoneResult {
  readonly cases: number;
  readonly refused: number;
  readonly written: number;
  readonly problems: readonly string[];
  /** The flaws that were noticed. */
  readonly noticed: readonly ZoneFlaw[];
}

const atOnce = 16;

process.once("message", (order: ZoneOrder) => {
  void readAll(order).then((result) => process.send?.(result));
});
process.once("disconnect", () => process.exit());

async function readAll(order: ZoneOrder): Promise<ZoneResult> {
  const { processZone, histories, asked, flaws } = order;
  const runsIn = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const wanted = Intl.DateTimeFormat("en", { timeZone: processZone }).resolvedOptions().timeZone;
  const problems = runsIn === wanted ? [] : [`runs in ${runsIn}, not in ${processZone}`];
  const shownIn = zoneClock({ zone: asked.zone, changes: [] }, asked.offsetSeconds);
  const noticed: ZoneFlaw[] = [];
  for (const flaw of flaws) {
    const flawed = await zoneJudge(asked.zone, flaw);
    const some = histories.slice(0, 5).flatMap((history) => casesOf(zoneClock(history), shownIn));
    if (some.some((each) => flawed(each) !== undefined)) noticed.push(flaw);
  }
  const judge = await zoneJudge(asked.zone);
  const chosen: { each: ZoneCase; clock: ZoneClock }[] = [];
  let [cases, refused] = [0, 0];
  for (const history of histories) {
    const clock = zoneClock(history);
    for (const each of casesOf(clock, shownIn)) {
      cases += 1;
      if (each.refused) refused += 1;
      else if (cases % order.everyWritten === 0) chosen.push({ each, clock });
      const problem = judge(each);
      if (problem !== undefined) problems.push(problem);
    }
  }
  problems.push(...(await throughClient(order, chosen)));
  return { cases, refused, written: chosen.length, problems, noticed };
}

/** Writes events by a client and reads them back by it. @returns what was not the same */
async function throughClient(
  { config, url, calendarId, asked }: ZoneOrder,
  chosen: readonly { each: ZoneCase; clock: ZoneClock }[],
): Promise<string[]> {
  const own = IntegrationConfig.fromEnv(config, { env: {} });
  const credentials = createCredentialManager(own, { endpoints: url });
  await using calendar = createCalendarClient("google_calendar", { config: own, credentials, endpoints: url });
  const problems: string[] = [];
  const waiting = [...chosen.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [number, { each, clock }] = next;
      const event = { title: String(number), timeZone: clock.zone, ...each.input };
      const problem = await written(calendar, event, calendarId);
      if (problem !== undefined) problems.push(problem);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const range = { start: "2018-01-01", end: "2038-01-01" };
  const events = await calendar.getEvents(range, { calendarIds: [calendarId], timeZone: asked.zone });
  const found = new Map(events.map((event) => [event.title, event]));
  for (const [number, { each }] of chosen.entries()) {
    const event = found.get(String(number));
    const shown = event && { start: event.start, end: event.end };
    if (!isSame(shown, { start: each.start, end: each.end }) || event?.allDay !== "date" in (each.start ?? {})) {
      problems.push(`written as ${JSON.stringify(each.input)}, read as ${JSON.stringify(shown)}`);
    }
  }
  return problems;
}

async function written(calendar: CalendarClient, event: EventInput, calendarId: string): Promise<string | undefined> {
  try {
    await calendar.createMyEvent(event, { calendarId, onConflict: "allow", notify: "none" });
    return undefined;
  } catch (error) {
    return `${JSON.stringify(event)} was refused: ${String(error)}`;
  }
}
