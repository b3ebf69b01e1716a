import type { CalendarClient } from "maigic-integrations/calendar";
import { memoryAttendee } from "./answering.js";
import { memoryPlanner } from "./planning.js";
import { memoryReader } from "./reading.js";
import { MemoryService, type MemoryAccount } from "./service.js";
import { memoryOrganizer } from "./writing.js";

/** Calendars in memory: with proposals and lines to attendees, without video calls. */
export function createMemoryClient(account: MemoryAccount, access: "read" | "full"): CalendarClient {
  const service = new MemoryService(account, access);
  const close = async (): Promise<void> => {
    service.calls.end();
    await Promise.resolve();
  };
  return {
    service: "memory_calendar",
    userId: "default",
    close,
    [Symbol.asyncDispose]: close,
    connect: (options = {}) => service.calls.run("connect", options, () => Promise.resolve()),
    ...memoryReader(service),
    ...memoryPlanner(service),
    ...memoryOrganizer(service),
    ...memoryAttendee(service),
  };
}
