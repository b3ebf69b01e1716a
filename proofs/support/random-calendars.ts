import { randomInt } from "node:crypto";
import type { SlotRequest, TakenTime, Weekday, WorkingHours } from "maigic-integrations/calendar";
import { oneOf } from "./one-of.js";

type Person = SlotRequest["people"][number];

/** Zones, each with days on which its clocks change; offsets of 30 and 45 minutes and changes at midnight among them. */
const zones: readonly (readonly [string, readonly string[]])[] = [
  ["Europe/Berlin", ["2026-03-29", "2026-10-25"]],
  ["America/New_York", ["2026-03-08", "2026-11-01"]],
  ["Asia/Kolkata", ["2026-06-01"]],
  ["Asia/Kathmandu", ["2026-06-01"]],
  ["Australia/Lord_Howe", ["2026-04-05", "2026-10-04"]],
  ["America/Santiago", ["2026-04-04", "2026-09-05"]],
  ["America/Havana", ["2026-03-08", "2026-11-01"]],
  ["Africa/Casablanca", ["2026-02-15", "2026-03-22"]],
  ["Pacific/Apia", ["2011-12-29"]],
  ["America/Sao_Paulo", ["2018-02-17", "2018-11-03"]],
  ["UTC", ["2026-12-31"]],
];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const days: readonly Weekday[] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** A few people with what they have, somewhere in the world around a day on which clocks change. */
export function randomRequest(): SlotRequest {
  const [timeZone, changes] = oneOf(zones);
  const aroundMs = Date.parse(oneOf(changes));
  const startMs = aroundMs - randomInt(3 * 24 * 4) * 15 * minuteMs;
  const range = { startMs, endMs: startMs + randomInt(4, 4 * 24) * hourMs + randomInt(60) * minuteMs };
  return {
    range,
    timeZone,
    durationMs: oneOf([5, 15, 30, 45, 60, 90, 180]) * minuteMs,
    stepMinutes: oneOf([5, 10, 15, 20, 30, 45, 60, 90]),
    nowMs: range.startMs + randomInt(-2 * 24, 24) * hourMs,
    minimumNoticeMs: oneOf([0, 0, 30, 24 * 60]) * minuteMs,
    bufferBeforeMs: oneOf([0, 0, 5, 15, 60]) * minuteMs,
    bufferAfterMs: oneOf([0, 0, 10, 30]) * minuteMs,
    people: Array.from({ length: randomInt(1, 4) }, (_, at) =>
      randomPerson(`person${at}@example.com`, range, timeZone),
    ),
    preferredTimes: oneOf([[], [{ start: "09:00", end: "12:00" }]]),
    tentative: oneOf(["busy", "free"]),
    allDay: oneOf(["as_marked", "busy", "free"]),
    limit: 1_000_000,
  };
}

function randomPerson(email: string, range: SlotRequest["range"], zone: string): Person {
  const taken = Array.from({ length: randomInt(12) }, () => randomTaken(range));
  // One inside another, and one that begins where another ends.
  const [first] = taken;
  if (first) {
    taken.push({
      ...first,
      startMs: first.startMs + 5 * minuteMs,
      endMs: Math.max(first.endMs - 5 * minuteMs, first.startMs + 5 * minuteMs),
    });
    taken.push({ ...first, startMs: first.endMs, endMs: first.endMs + 20 * minuteMs });
  }
  return {
    email,
    optional: randomInt(5) === 0,
    timeZone: randomInt(2) === 0 ? zone : oneOf(zones)[0],
    workingHours: randomHours(),
    taken,
    ...(randomInt(8) === 0 && { unknown: "It cannot be read." }),
  };
}

function randomTaken({ startMs, endMs }: SlotRequest["range"]): TakenTime {
  const allDay = randomInt(6) === 0;
  const fromMs = startMs - 3 * hourMs + randomInt((endMs - startMs) / minuteMs + 360) * minuteMs;
  const lengthMs = (allDay ? 24 * 60 : oneOf([10, 25, 30, 60, 150])) * minuteMs;
  return { startMs: fromMs, endMs: fromMs + lengthMs, busy: randomInt(5) > 0, tentative: randomInt(4) === 0, allDay };
}

function randomHours(): WorkingHours | "any" {
  const some = days.filter(() => randomInt(4) > 0);
  return oneOf<WorkingHours | "any">([
    "any",
    "any",
    {},
    { days: some, start: "08:30", end: "18:15" },
    { days: some, start: "22:00", end: "06:00" },
    { days: some, start: "18:00", end: "02:30" },
    { days: some, start: "00:00", end: "24:00" },
    { days: some, start: "02:15", end: "24:00" },
    { days: some, start: "00:30", end: "03:45" },
    { days: days, start: "07:00", end: "07:00" },
  ]);
}
