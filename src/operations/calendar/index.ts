import type { OperationEntry } from "../operation.js";

/** What can be done with calendars. */
export const calendarOperations: readonly OperationEntry[] = [];
