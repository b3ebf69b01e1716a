import { expandSeries, type ZonedTime } from "maigic-integrations/calendar";
import { printedDates, rfc5545Examples } from "./rfc5545-examples.js";

const zone = "America/New_York";

/**
 * Expands the examples of RFC 5545, each as often as it is written there.
 *
 * @param change - breaks the lines; those that it leaves as they are are passed over
 * @returns how many there are, and those that have other dates than printed
 */
export async function checkExamples(
  time: ZonedTime,
  change?: (line: string) => string,
): Promise<{ checked: number; different: string[] }> {
  const different: string[] = [];
  let checked = 0;
  for (const example of rfc5545Examples) {
    const wanted = printedDates(example);
    for (const written of example.written) {
      const lines = change ? written.map(change) : written;
      if (change && lines.every((line, index) => line === written[index])) continue;
      checked += 1;
      const found = await datesOf(time, example.start, lines, wanted.length + 1);
      const goesOn = found.length > wanted.length;
      const isSame = wanted.every((date, index) => date === found[index]) && goesOn === (example.forever ?? false);
      if (!isSame) different.push(example.title);
    }
  }
  return { checked, different };
}

async function datesOf(
  time: ZonedTime,
  stamp: string,
  lines: readonly string[],
  limit: number,
): Promise<(string | undefined)[]> {
  const wall = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6");
  const moment = time.moment(wall, zone);
  if (moment.kind === "date") throw new TypeError(`${stamp} is no time`);
  const start = { dateTime: moment.dateTime, timeZone: zone };
  const end = { dateTime: time.format(moment.epochMs + 3_600_000, zone), timeZone: zone };
  const range = { fromMs: Date.UTC(1996, 0), toMs: Date.UTC(2030, 0) };
  const dates = await expandSeries(time, { start, end, lines }, range, zone, limit);
  return dates.map((date) => date.start.dateTime);
}
