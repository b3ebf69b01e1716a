import { explainSlots, findSlots, loadZonedTime, type SlotRequest, type ZonedTime } from "maigic-integrations/calendar";
import { slotsOnGrid } from "./support/minute-grid.js";
import { outcome, type Outcome } from "./support/proof.js";
import { randomRequest } from "./support/random-calendars.js";

export const name = "slots";
export const claim =
  "the slots of random calendars are those of a minute grid: zones, changes of clocks, buffers, nested times, policies";

const mostMs = 50;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const time = await loadZonedTime({ now: () => Date.now(), sleep: () => Promise.resolve() });
  const calendars = full ? 2_000 : 100;
  let [different, slots] = [0, 0];
  for (let calendar = 0; calendar < calendars; calendar++) {
    const request = randomRequest();
    const found = compare(time, request, request);
    slots += found.slots;
    if (!found.same) different += 1;
  }
  const medianMs = full ? speed(time) : undefined;
  const measured = medianMs === undefined ? "" : `; 8 people in 4 weeks take ${medianMs.toFixed(1)} ms`;
  return outcome(
    {
      figure: `${different} of ${calendars} calendars with ${slots} slots differ${measured}`,
      target: `0 of ${calendars}${full ? `, and under ${mostMs} ms` : ""}`,
      holds: different === 0 && slots > calendars && (medianMs ?? 0) < mostMs,
    },
    {
      "buffers that are forgotten": isNoticed(time, (request) => ({ ...request, bufferBeforeMs: 0 })),
      "tentative events that are treated the other way": isNoticed(time, (request) => ({
        ...request,
        tentative: request.tentative === "busy" ? "free" : "busy",
      })),
      "working hours in the zone of somebody else": isNoticed(time, (request) => ({
        ...request,
        people: request.people.map((person) => ({ ...person, timeZone: request.timeZone })),
      })),
      "a busy time that is lost": isNoticed(time, (request) => ({
        ...request,
        people: request.people.map((person) => ({ ...person, taken: person.taken.slice(1, -2) })),
      })),
      "clocks that do not change": isNoticed(
        time,
        (request) => request,
        (request) => unchanging(time, request.range.startMs),
      ),
    },
  );
}

/** @param given - what the package is asked; the grid is always asked the request itself */
function compare(time: ZonedTime, request: SlotRequest, given: SlotRequest): { same: boolean; slots: number } {
  const expected = slotsOnGrid(request);
  const found = findSlots(time, given)
    .map(({ start, people }) => [
      Date.parse(start.dateTime),
      ...[start, ...people.map(({ local }) => local)].map(({ dateTime }) => dateTime.slice(0, 16)),
    ])
    .sort((a, b) => Number(a[0]) - Number(b[0]));
  const days = new Map<string, number>();
  for (const { wall } of expected) days.set(wall.slice(0, 10), (days.get(wall.slice(0, 10)) ?? 0) + 1);
  const explained = explainSlots(time, given).flatMap(({ day, slots }) => (slots > 0 ? [[day.date, slots]] : []));
  const same =
    JSON.stringify(found) === JSON.stringify(expected.map(({ startMs, wall, walls }) => [startMs, wall, ...walls])) &&
    JSON.stringify(explained) === JSON.stringify([...days]);
  return { same, slots: expected.length };
}

function isNoticed(
  time: ZonedTime,
  broken: (request: SlotRequest) => SlotRequest,
  clocks: (request: SlotRequest) => ZonedTime = () => time,
): boolean {
  for (let tries = 0; tries < 400; tries++) {
    const request = randomRequest();
    if (!compare(clocks(request), request, broken(request)).same) return true;
  }
  return false;
}

/** Clocks that stay in every zone as they are at one instant. */
function unchanging(time: ZonedTime, instantMs: number): ZonedTime {
  const offset = (timeZone: string): string => time.format(instantMs, timeZone).slice(-6);
  const offsetMs = (timeZone: string): number => -Date.parse(`1970-01-01T00:00:00${offset(timeZone)}`);
  return {
    ...time,
    startOfDay: (date, timeZone) => Date.parse(date) - offsetMs(timeZone),
    format: (ms, timeZone) => `${new Date(ms + offsetMs(timeZone)).toISOString().slice(0, 19)}${offset(timeZone)}`,
  };
}

const hourMs = 3_600_000;

/** Eight people of eight zones, each with 40 meetings a week, asked for a quarter of an hour each. Median of 21, in milliseconds. */
function speed(time: ZonedTime): number {
  const zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"];
  const more = ["Australia/Sydney", "Africa/Cairo", "America/Sao_Paulo", "Europe/London"];
  const startMs = Date.parse("2026-10-12T00:00:00Z");
  const people = [...zones, ...more].map((timeZone, at) => ({
    email: `person${at}@example.com`,
    optional: at > 5,
    timeZone,
    workingHours: { start: "06:00", end: "22:00" },
    taken: Array.from({ length: 160 }, (_, meeting) => {
      const fromMs = startMs + ((meeting * 7 + at * 3) % 672) * hourMs;
      return { startMs: fromMs, endMs: fromMs + 0.5 * hourMs, busy: true, tentative: meeting % 9 === 0, allDay: false };
    }),
  }));
  const request: SlotRequest = {
    ...{ range: { startMs, endMs: startMs + 28 * 24 * hourMs }, durationMs: 0.5 * hourMs, stepMinutes: 15 },
    ...{ timeZone: "Europe/Berlin", nowMs: startMs, minimumNoticeMs: 0, bufferBeforeMs: 0, bufferAfterMs: 0 },
    ...{
      people,
      preferredTimes: [{ start: "09:00", end: "12:00" }],
      tentative: "busy",
      allDay: "as_marked",
      limit: 10,
    },
  };
  const times = Array.from({ length: 21 }, () => {
    const beganMs = performance.now();
    findSlots(time, request);
    return performance.now() - beganMs;
  });
  return times.sort((a, b) => a - b)[10] ?? Infinity;
}
