import { constants } from "node:fs";

/** Neither follows a link nor waits for the other end of a pipe. On Windows, which has neither, the flags are undefined. */
export const noTraps: number = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Opens a file that may be anything for reading. */
export const readSafely: number = constants.O_RDONLY | noTraps;
