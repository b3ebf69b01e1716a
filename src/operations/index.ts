import { calendarOperations } from "./calendar/index.js";
import { emailOperations } from "./email/index.js";
import type { OperationEntry } from "./operation.js";

/** Everything that an assistant can do: the one table that the command line and every tool are made of. */
export const operations: readonly OperationEntry[] = [...emailOperations, ...calendarOperations];
