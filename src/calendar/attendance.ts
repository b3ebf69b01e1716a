import type { Event } from "./models.js";

/** Whether an event happens and this account has not declined it. */
export function isAttended({ status, myResponse }: Pick<Event, "status" | "myResponse">): boolean {
  return status !== "cancelled" && myResponse !== "declined";
}

/** Whether two e-mail addresses are the same; none is like no other. */
export function isSameAddress(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
