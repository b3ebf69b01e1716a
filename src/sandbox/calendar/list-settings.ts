import type { ListSettings, Reminder } from "./calendar-lists.js";
import { calendarColors } from "./colors.js";
import { isObject } from "./event-fields.js";
import { invalidField, requiredField } from "./event-refusals.js";
import { mostReminders, readReminder } from "./input-reminders.js";
import { readBoolean, readText } from "./input-values.js";

type Body = Readonly<Record<string, unknown>>;

const notificationTypes = ["eventCreation", "eventChange", "eventCancellation", "eventResponse", "agenda"];

/**
 * What a client sets for a calendar in a person's list; what it does not name is left out.
 *
 * @param withRgb - whether colours are given as such, and not by their number
 * @throws ApiError 400
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/calendarList
 */
export function readListSettings(body: Body, withRgb: boolean): Partial<ListSettings> {
  return {
    ...readColors(body, withRgb),
    ...given("selected", readBoolean(body["selected"], "selected")),
    ...given("hidden", readBoolean(body["hidden"], "hidden")),
    ...readOverride(body),
    ...given("defaultReminders", readReminders(body["defaultReminders"])),
    ...given("notifications", readNotifications(body["notificationSettings"])),
  };
}

function given(name: keyof ListSettings, value: unknown): Partial<ListSettings> {
  return value === undefined ? {} : { [name]: value };
}

/** Without `colorRgbFormat`, the colours that a client sends back are passed over. */
function readColors(body: Body, withRgb: boolean): Partial<ListSettings> {
  if (withRgb && (isThere(body["backgroundColor"]) || isThere(body["foregroundColor"]))) {
    // Unsure(google): colorId is said to be the nearest of the palette then; here it stays.
    return {
      ...given("backgroundColor", readRgb(body, "backgroundColor")),
      ...given("foregroundColor", readRgb(body, "foregroundColor")),
    };
  }
  const { colorId } = body;
  if (!isThere(colorId)) return {};
  const color = typeof colorId === "string" && Object.hasOwn(calendarColors, colorId) && calendarColors[colorId];
  if (!color) throw invalidField("Invalid value for: colorId");
  return { colorId, backgroundColor: color.background, foregroundColor: "#000000" };
}

function readRgb(body: Body, name: string): string {
  const value = body[name];
  if (!isThere(value)) throw requiredField(`Missing ${name}.`);
  if (typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value)) return value.toLowerCase();
  throw invalidField(`Invalid value for: ${name}`);
}

/** An empty one takes the calendar's own title back. */
function readOverride(body: Body): Partial<ListSettings> {
  const { summaryOverride } = body;
  return summaryOverride === undefined ? {} : { summaryOverride: readText(summaryOverride, "summaryOverride") };
}

function readReminders(value: unknown): Reminder[] | undefined {
  if (!isThere(value)) return undefined;
  if (!Array.isArray(value) || value.length > mostReminders) throw invalidField("Invalid value for: defaultReminders");
  return value.map((each: unknown) => {
    if (!isObject(each) || !isThere(each["method"])) throw requiredField("Missing reminder method.");
    return readReminder(each);
  });
}

function readNotifications(value: unknown): ListSettings["notifications"] | undefined {
  if (!isThere(value)) return undefined;
  const list = isObject(value) ? (value["notifications"] ?? []) : undefined;
  if (!Array.isArray(list)) throw invalidField("Invalid value for: notificationSettings");
  return list.map((each: unknown) => {
    if (!isObject(each) || !isThere(each["type"]) || !isThere(each["method"]))
      throw requiredField("Missing notification type or method.");
    const { type, method } = each;
    if (typeof type === "string" && notificationTypes.includes(type) && method === "email") return { type, method };
    throw invalidField("Invalid notification.");
  });
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
