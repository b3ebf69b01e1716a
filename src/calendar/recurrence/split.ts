import type { ZonedTime } from "../../core/zoned-time.js";
import type { EventMoment } from "../event-times.js";
import type { SeriesTimes } from "./series.js";
export function splitSeries(
  _time: ZonedTime,
  _series: SeriesTimes,
  _at: EventMoment,
): Promise<{ before: string[] | undefined; after: string[] }> {
  return Promise.resolve({ before: undefined, after: [] });
}
