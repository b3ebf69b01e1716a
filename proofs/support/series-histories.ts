import { createCalendarClient } from "maigic-integrations";
import type { CalendarClient, Event, EventMoment, ZonedTime } from "maigic-integrations/calendar";
import { generateSeries, type GeneratedSeries } from "./generated-series.js";
import { seededRandom } from "./mutate.js";
import { pick, type Random } from "./random-rule.js";
import { changed, deleted, laterBy, type ModelChange, type ModelDate } from "./series-model.js";
import { openWorld } from "./world.js";

/** What is done wrong on purpose. */
export interface SeriesFlaw {
  readonly losesExdates?: boolean;
  readonly keepsCount?: boolean;
}

/** What became of series that were changed. */
export interface Histories {
  readonly series: number;
  readonly changes: number;
  /** Moves that would have had to be guessed, and rules without a day. */
  readonly refused: number;
  readonly different: readonly string[];
}

const user = "alice@example.com";
const dayMs = 86_400_000;
const changesEach = 3;
/** What was deleted stays there, and is looked through each time. */
const seriesInAWorld = 20;
const quiet = { notify: "none", onConflict: "allow" } as const;

/**
 * Makes series in the sandbox, changes and deletes parts of them as people do, and compares with a list kept beside.
 *
 * @param flaw - what is done wrong; it is over as soon as that shows
 */
export async function runHistories(
  time: ZonedTime,
  { count, seed, flaw }: { count: number; seed: number; flaw?: SeriesFlaw },
): Promise<Histories> {
  const random = seededRandom(seed);
  const found = { series: 0, changes: 0, refused: 0, different: [] as string[] };
  const isOver = (): boolean => flaw !== undefined && found.different.length > 0;
  while (found.series < count && !isOver()) {
    await using world = await openWorld({ users: [{ email: user, timeZone: "UTC" }] }, user);
    await using calendar = createCalendarClient("google_calendar", world.options);
    const last = Math.min(count, found.series + seriesInAWorld);
    for (; found.series < last && !isOver(); found.series++) {
      const tag = `#${found.series} `;
      const history = new History(calendar, generateSeries(time, random), random, { ...flaw, tag });
      const different = await history.run();
      if (different !== undefined) found.different.push(different);
      found.changes += history.changes;
      found.refused += history.refused;
    }
  }
  return found;
}

/** One series and what is done to it. */
class History {
  changes = 0;
  refused = 0;
  private dates: ModelDate[];
  private readonly done: string[] = [];

  private readonly calendar: CalendarClient;
  private readonly generated: GeneratedSeries;
  private readonly random: Random;
  private readonly flaw: SeriesFlaw;
  /** What all its titles begin with. */
  private readonly tag: string;

  constructor(
    calendar: CalendarClient,
    generated: GeneratedSeries,
    random: Random,
    { tag, ...flaw }: SeriesFlaw & { tag: string },
  ) {
    this.calendar = calendar;
    this.generated = generated;
    this.random = random;
    this.flaw = flaw;
    this.tag = tag;
    const title = `${tag}Series`;
    const model = { series: 0, title, ownTime: false, ownTitle: false };
    this.dates = generated.dates.map((wall) => ({ ...model, original: wall, wall }));
  }

  /** @returns what was done when something was not as it had to be */
  async run(): Promise<string | undefined> {
    const { walls, start, lines, zone, allDay } = this.generated;
    const written = this.flaw.losesExdates ? lines.filter((line) => !line.startsWith("EXDATE")) : lines;
    this.done.push(`${zone} ${start} ${written.join(" ")}`);
    try {
      await this.calendar.createMyEvent(
        {
          title: `${this.tag}Series`,
          start: walls.at(start),
          ...(allDay ? {} : { durationMinutes: 45 }),
          recurrence: { lines: [...written] },
        },
        quiet,
      );
      let different = await this.compare();
      for (let change = 0; change < changesEach && different === undefined && this.shown().length > 0; change++) {
        await this.change();
        this.changes += 1;
        different = await this.compare();
      }
      return different ?? (await this.clear());
    } catch (error) {
      if (this.done.length === 1 && isRefusal(error)) {
        this.refused += 1;
        return undefined;
      }
      const text = error instanceof Error ? error.message : String(error);
      await this.clear();
      return `${this.done.join(" | ")}: ${text}`;
    }
  }

  private shown(): ModelDate[] {
    return this.dates.filter(({ wall, original }) => wall < this.generated.end && original < this.generated.end);
  }

  private async change(): Promise<void> {
    const at = pick(this.shown(), this.random);
    const scope = pick(["this", "following", "following", "all"] as const, this.random);
    const { id } = await this.find(at);
    if (this.random() < 0.25 && scope !== "all") {
      this.done.push(`delete ${scope} ${at.wall}`);
      await this.calendar.deleteMyEvent(id, { scope, notify: "none" });
      this.dates = deleted(this.dates, at, scope);
      return;
    }
    const change = this.pickChange(at, scope);
    this.done.push(`change ${scope} ${at.wall} ${JSON.stringify(change)}`);
    const wanted = laterBy(at.wall, change.byMs ?? 0);
    const start: EventMoment = this.generated.walls.at(wanted);
    try {
      const { event, endedSeries } = await this.calendar.updateMyEvent(
        id,
        { ...(change.title !== undefined && { title: change.title }), ...(change.byMs !== undefined && { start }) },
        { ...quiet, scope },
      );
      this.dates = changed(this.dates, at, change);
      if (this.flaw.keepsCount && endedSeries) await this.keepCount(event);
    } catch (error) {
      if (!isRefusal(error) || change.byMs === undefined) throw error;
      this.refused += 1;
    }
  }

  /** A new title, or a new time where that says for every date what it is then. */
  private pickChange(at: ModelDate, scope: ModelChange["scope"]): ModelChange {
    const { allDay, isMovable, meetsGaps } = this.generated;
    const title = { scope, title: `${this.tag}${this.random().toString(36).slice(2, 6)}` };
    if (this.random() < 0.4) return title;
    const days = isMovable || scope === "this" ? pick([-2, -1, 0, 1, 2, 3], this.random) : 0;
    const hours = allDay ? 0 : pick([-3, -1, 1, 1.5, 4], this.random);
    const byMs = days * dayMs + hours * 3_600_000;
    const moved = changed(this.dates, at, { scope, byMs });
    const isClear = moved.every(({ wall }) => allDay || !["02", "01"].includes(wall.slice(11, 13)));
    const staysInDay = moved.every(({ original }, index) => {
      const day = Date.parse(`${original.slice(0, 10)}T00:00:00Z`);
      const before = this.dates[index]?.original.slice(0, 10) ?? "";
      return original === this.dates[index]?.original || day - Date.parse(`${before}T00:00:00Z`) === days * dayMs;
    });
    const isOwn = scope !== "this" && at.ownTime;
    if (byMs === 0 || isOwn || !isClear || (scope !== "this" && (meetsGaps || !staysInDay))) return title;
    return { scope, byMs };
  }

  private async find(date: ModelDate): Promise<Event> {
    const events = await this.read();
    const { walls } = this.generated;
    // Two may be at the same time with the same title.
    const found = events.find(
      (event) =>
        this.line(event) === `${date.wall} ${date.title}` &&
        (event.originalStart === undefined || walls.wallOf(event.originalStart) === date.original),
    );
    if (!found) throw new TypeError(`${date.wall} is not there`);
    return found;
  }

  private async keepCount({ id, recurrence }: Event): Promise<void> {
    const whole = /COUNT=\d+/.exec(this.generated.lines.join(" "))?.[0];
    if (whole === undefined || !recurrence) return;
    const lines = recurrence.lines.map((line) => line.replace(/COUNT=\d+/, whole));
    await this.calendar.updateMyEvent(id, { recurrence: { lines } }, { ...quiet, scope: "all" });
  }

  private async read(): Promise<Event[]> {
    const { start, end } = this.generated;
    const range = { start: `${laterBy(start, -60 * dayMs)}Z`, end: `${laterBy(end, 60 * dayMs)}Z` };
    const events = await this.calendar.getEvents(range);
    return events.filter(({ title }) => title.startsWith(this.tag));
  }

  private line({ start, title }: Event): string {
    return `${this.generated.walls.wallOf(start)} ${title}`;
  }

  private async compare(): Promise<string | undefined> {
    const isIn = (line: string): boolean => line < this.generated.end;
    const found = (await this.read()).map((event) => this.line(event)).filter(isIn);
    const wanted = this.dates.map(({ wall, title }) => `${wall} ${title}`).filter(isIn);
    const surplus = less(found, wanted);
    const missing = less(wanted, found);
    if (surplus.length === 0 && missing.length === 0) return undefined;
    const said = [`surplus ${surplus.slice(0, 3).join(", ")}`, `missing ${missing.slice(0, 3).join(", ")}`];
    return `${this.done.join(" | ")}: ${said.join("; ")}`;
  }

  /** Deletes all that is left, by an occurrence of each series. */
  private async clear(): Promise<string | undefined> {
    for (let tries = 0; tries < 20; tries++) {
      const [first] = await this.read();
      if (!first) return undefined;
      await this.calendar.deleteMyEvent(first, {
        notify: "none",
        scope: first.seriesId === undefined ? "this" : "all",
      });
    }
    return `${this.done.join(" | ")}: cannot be deleted`;
  }
}

/** What is in one list and not in the other, each as often as it is. */
function less(some: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return some.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Whether an error says what is wrong with a recurrence. */
function isRefusal(error: unknown): boolean {
  const { code, details } = error as { code?: string; details?: { field?: string } };
  return code === "request.invalid" && details?.field === "recurrence";
}
