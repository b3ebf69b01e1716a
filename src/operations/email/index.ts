import type { OperationEntry } from "../operation.js";
import { drafting } from "./drafting.js";
import { organizing } from "./organizing.js";
import { reading } from "./reading.js";
import { sending } from "./sending.js";

/** What can be done with mail. */
export const emailOperations: readonly OperationEntry[] = [...reading, ...sending, ...drafting, ...organizing];
