import type { ChangePage } from "../../core/change-page.js";
import type { Block } from "./view.js";
import { dim, sentence, toneOf } from "./wording.js";

/** How a page of changes ends: what was missed, and with which cursor it goes on. */
export function changePageEnd(page: Pick<ChangePage<unknown>, "cursor" | "hasMore" | "reset">, what: string): Block[] {
  const lost = `The cursor was too old for the service to tell what changed: read every ${what} anew.`;
  const next = page.hasMore ? "There is more already" : "What changes from now on";
  return [
    ...(page.reset ? [sentence(toneOf(lost, "warning"))] : []),
    sentence(dim(`${next}: add --cursor ${page.cursor}`)),
  ];
}
