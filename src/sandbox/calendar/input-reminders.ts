import { calendarRefusal, invalidField } from "./event-refusals.js";
import { isObject } from "./event-fields.js";
import type { Reminder } from "./calendar-lists.js";

/** How many reminders there may be of one kind. */
export const mostReminders = 5;
const maxMinutes = 4 * 7 * 24 * 60;

/** What a client wants to be reminded by. @throws ApiError 400 */
export function readReminders(value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalidField("Invalid reminders.");
  const { useDefault, overrides } = value;
  if (useDefault !== undefined && useDefault !== null && typeof useDefault !== "boolean") {
    throw invalidField("Invalid reminders.");
  }
  if (overrides !== undefined && overrides !== null && !Array.isArray(overrides)) {
    throw invalidField("Invalid reminders.");
  }
  const given = ((overrides ?? []) as unknown[]).map(readReminder);
  if (given.length > mostReminders) throw invalidField("Too many reminders.");
  if (useDefault === true && given.length > 0) {
    throw calendarRefusal(
      "cannotUseDefaultRemindersAndSpecifyOverride",
      "Cannot specify both default reminders and overrides at the same time.",
    );
  }
  return { useDefault: useDefault === true, ...(given.length > 0 && { overrides: given }) };
}

/** One reminder. @throws ApiError 400 */
export function readReminder(value: unknown): Reminder {
  const { method, minutes }: { method?: unknown; minutes?: unknown } = isObject(value) ? value : {};
  if (method !== "email" && method !== "popup") throw invalidField("Invalid reminder method.");
  if (!Number.isInteger(minutes) || Number(minutes) < 0 || Number(minutes) > maxMinutes) {
    throw invalidField("Invalid reminder minutes.");
  }
  return { method, minutes: Number(minutes) };
}
