import { endSandboxProcess, openAccount } from "./support/account.js";
import {
  calendarIds,
  fullCalendars,
  peers,
  readOurs,
  readOnce,
  requireAll,
  type EventReading,
} from "./support/calendar-reading.js";
import { compare, type Contestant, type Row } from "./support/row.js";

export const name = "calendar-events";

const latencyMs = 50;
const facts = {
  unit: "ms",
  limit: latencyMs,
  limitIs: `one list of each of ${calendarIds.length} calendars, side by side, at ${latencyMs} ms each`,
};

/** Reading 500 events of five calendars, merged and sorted, from a service of 50 ms an answer. */
export async function measure(): Promise<Row[]> {
  try {
    const rows: Row[] = [];
    for (const [peer, read] of Object.entries(peers)) {
      const row = peer.includes("at once") ? `${name}-at-once` : name;
      rows.push(await compare({ ...facts, name: row }, { ours: contestant(readOurs), [peer]: contestant(read) }));
    }
    return rows;
  } finally {
    endSandboxProcess();
  }
}

function contestant(read: EventReading): Contestant {
  return {
    runs: 15, // of few, the ones before the machine is warm would be half
    run: async () => {
      await using account = await openAccount({ calendars: fullCalendars(), latencyMs });
      await readOnce(account); // what the service does for the first time is not what is measured
      const start = performance.now();
      const found = await read(account);
      const tookMs = performance.now() - start;
      requireAll(found);
      return tookMs;
    },
  };
}
