import { isIntegrationError } from "maigic-integrations";
import {
  loadZonedTime,
  readEventSpan,
  toEventTime,
  type EventSpan,
  type EventSpanInput,
  type EventTime,
  type ZonedTime,
} from "maigic-integrations/calendar";
import type { ZoneCase } from "./zone-cases.js";

/** What makes the claim false on purpose. */
export type ZoneFlaw = "dates through UTC" | "wall times of the process" | "gaps guessed";

/** Reads times as this package does, unless it has a flaw. */
interface Reader {
  write(input: EventSpanInput): EventSpan;
  read(span: EventSpan): { start: EventTime; end: EventTime };
}

/** Makes the function that says what is wrong with how a case is read and given back; nothing is `undefined`. */
export async function zoneJudge(asked: string, flaw?: ZoneFlaw): Promise<(each: ZoneCase) => string | undefined> {
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  const reader = readerWith(await loadZonedTime(clock), asked, flaw);
  return (each) => {
    const { input, refused, start, end } = each;
    const found = attempt(() => reader.write(input));
    const told = (what: string): string => `${what}: ${JSON.stringify({ ...each, found })}`;
    if (refused) return isRefusal(found, refused) ? badReadings(reader, input, refused) : told("not refused");
    if ("refused" in found) return told("refused");
    const shown = reader.read(found);
    if (!isSame(shown, { start, end })) return told(`read back as ${JSON.stringify(shown)}`);
    // What was read is input again, wherever it is given.
    const again = attempt(() => reader.write(shown));
    return isSame(again, found) ? undefined : told(`given back as ${JSON.stringify(again)}`);
  };
}

function readerWith(time: ZonedTime, asked: string, flaw: ZoneFlaw | undefined): Reader {
  const write = (input: EventSpanInput): EventSpan => readEventSpan(time, input, input.timeZone ?? asked);
  return {
    write: (input) => {
      if (flaw === "wall times of the process" && typeof input.start === "string" && input.start.length > 10) {
        return write({ ...input, start: new Date(input.start) });
      }
      if (flaw !== "gaps guessed") return write(input);
      const found = attempt(() => write(input));
      return "refused" in found ? write({ ...input, start: found.refused[0] ?? "" }) : found;
    },
    read: ({ start, end }) => {
      const passed = (moment: EventSpan["start"]): EventSpan["start"] =>
        flaw === "dates through UTC" && moment.date !== undefined
          ? { date: new Date(`${moment.date}T00:00`).toISOString().slice(0, 10) }
          : moment;
      return { start: toEventTime(time, passed(start), asked), end: toEventTime(time, passed(end), asked) };
    },
  };
}

/** A refusal is one only if it has both readings. */
function attempt(write: () => EventSpan): EventSpan | { refused: string[] } {
  try {
    return write();
  } catch (error) {
    const times: unknown = isIntegrationError(error, "request.invalid") ? error.details?.["times"] : undefined;
    return { refused: Array.isArray(times) ? times.map(String) : [String(error)] };
  }
}

function isRefusal(found: object, readings: readonly string[]): boolean {
  return isSame(found, { refused: readings });
}

/** Each of the readings that a refusal gives must be taken for what it says. */
function badReadings(reader: Reader, input: EventSpanInput, readings: readonly string[]): string | undefined {
  return readings.find((reading) => {
    const found = attempt(() => reader.write({ ...input, start: reading }));
    return "refused" in found || found.start.dateTime !== reading || reader.read(found).start.dateTime !== reading;
  });
}

/** Whether two are the same, whatever the order of their fields. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([key, value]) => isSame(value, Reflect.get(b, key)));
}
