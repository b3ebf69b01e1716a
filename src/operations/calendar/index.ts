import type { OperationEntry } from "../operation.js";
import { attendingOperations } from "./attending.js";
import { organizingOperations } from "./organizing.js";
import { planningOperations } from "./planning.js";
import { readingOperations } from "./reading.js";

/** What can be done with calendars. */
export const calendarOperations: readonly OperationEntry[] = [
  ...readingOperations,
  ...planningOperations,
  ...organizingOperations,
  ...attendingOperations,
];
