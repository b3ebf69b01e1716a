import type { Temporal as TemporalTypes } from "temporal-polyfill";

/** How far a zone's clocks are from UTC, and from when until when they are. Milliseconds. */
export interface ZoneOffset {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
  /** To the minute, as ISO 8601 writes it; such as `+01:00`. */
  readonly written: string;
}

const yearMs = 366 * 86_400_000;

/** Looks an offset up once for all the time between two changes of a zone's clocks: that takes a hundred times longer. */
export function rememberedOffsets(Temporal: typeof TemporalTypes): (epochMs: number, timeZone: string) => ZoneOffset {
  const known = new Map<string, ZoneOffset[]>();
  return (epochMs, timeZone) => {
    const offsets = known.get(timeZone) ?? [];
    const found = offsets.find(({ fromMs, toMs }) => epochMs >= fromMs && epochMs < toMs);
    if (found) return found;
    const offset = lookUpOffset(Temporal, epochMs, timeZone);
    known.set(timeZone, [offset, ...offsets]);
    return offset;
  };
}

function lookUpOffset(Temporal: typeof TemporalTypes, epochMs: number, timeZone: string): ZoneOffset {
  const zoned = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone);
  const begun = zoned.add({ milliseconds: 1 }).getTimeZoneTransition("previous")?.epochMilliseconds;
  const ends = zoned.getTimeZoneTransition("next")?.epochMilliseconds;
  const written = zoned.toString({ timeZoneName: "never" }).slice(-"+00:00".length);
  // Where none is told within a year there is none; how much farther was looked is not known.
  return {
    fromMs: Math.max(begun ?? -Infinity, epochMs - yearMs),
    toMs: Math.min(ends ?? Infinity, epochMs + yearMs),
    offsetMs: toMs(written),
    written,
  };
}

/** Of `+01:00`. */
function toMs(written: string): number {
  const [hours = 0, minutes = 0] = written.slice(1).split(":").map(Number);
  return (written.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
