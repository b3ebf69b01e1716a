import type { LocalTimes } from "./local-times.js";

/** What results are read with. */
export interface DigestContext {
  readonly times: LocalTimes;
  /** The account's own address, which is its main calendar's id too; missing where it is not known. */
  readonly account: string | undefined;
}
