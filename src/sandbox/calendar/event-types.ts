import { isDeepStrictEqual } from "node:util";
import { isObject, pick } from "./event-fields.js";
import { calendarRefusal, invalidField } from "./event-refusals.js";
import type { WireTime } from "./time.js";

/** What decides whether an event may be of a type. */
interface Candidate {
  readonly body: Readonly<Record<string, unknown>>;
  readonly times: { readonly start: WireTime; readonly end: WireTime };
  readonly recurrence: readonly string[] | undefined;
  /** Whether its calendar is somebody's main one. */
  readonly primary: boolean;
}

interface TypeRules {
  /** The field that only this type has. */
  readonly properties: string;
  /** The reason of a refusal. */
  readonly reason: string;
  readonly name: string;
  /** What is wrong with an event of this type. */
  readonly findProblem: (candidate: Candidate) => string | undefined;
}

const declineModes = ["declineNone", "declineAllConflictingInvitations", "declineOnlyNewConflictingInvitations"];

/**
 * What Google asks of events that are more than meetings. Unsure(google): the words, and whether more is checked.
 *
 * @see https://developers.google.com/workspace/calendar/api/guides/calendar-status
 * @see https://developers.google.com/workspace/calendar/api/guides/birthdays
 */
const typeRules: Readonly<Record<string, TypeRules>> = {
  focusTime: {
    properties: "focusTimeProperties",
    reason: "malformedFocusTimeEvent",
    name: "focus time",
    findProblem: (candidate) => busyProblem(candidate, "focusTimeProperties"),
  },
  outOfOffice: {
    properties: "outOfOfficeProperties",
    reason: "malformedOutOfOfficeEvent",
    name: "out of office",
    findProblem: (candidate) => busyProblem(candidate, "outOfOfficeProperties"),
  },
  workingLocation: {
    properties: "workingLocationProperties",
    reason: "malformedWorkingLocationEvent",
    name: "working location",
    findProblem: ({ body, times }) => {
      const properties = body["workingLocationProperties"];
      if (!isObject(properties)) return "must have workingLocationProperties";
      if (!["homeOffice", "officeLocation", "customLocation"].includes(String(properties["type"])))
        return "must have a known type of location";
      if (body["transparency"] !== "transparent") return "must be transparent";
      if (body["visibility"] !== "public") return "must be public";
      return spansDays(times) > 1 ? "must not span more than one day" : undefined;
    },
  },
  birthday: {
    properties: "birthdayProperties",
    reason: "malformedBirthdayEvent",
    name: "birthday",
    findProblem: ({ body, times, recurrence }) => {
      const { type = "birthday" }: { type?: unknown } = isObject(body["birthdayProperties"])
        ? body["birthdayProperties"]
        : {};
      if (type !== "birthday") return "can only be made with the type birthday";
      if (spansDays(times) !== 1) return "must span one whole day";
      if (body["visibility"] !== "private") return "must be private";
      if (body["transparency"] !== "transparent") return "must be transparent";
      const yearly = recurrence?.length === 1 && /^RRULE:FREQ=YEARLY(;|$)/.test(recurrence[0] ?? "");
      if (!yearly) return "must be repeated every year";
      return hasAny(body, ["location", "description", "attendees", "conferenceData", "attachments"])
        ? "cannot have more than a title, a colour and reminders"
        : undefined;
    },
  },
};

/** The fields that belong to types. */
export const typeProperties: readonly string[] = Object.values(typeRules).map(({ properties }) => properties);

/**
 * The type of an event and what belongs to it.
 *
 * @param existing - of which type it is already; a type is for ever
 * @throws ApiError 400
 */
export function readEventType(candidate: Candidate, existing: string | undefined): Record<string, unknown> {
  const { body, primary } = candidate;
  const type = body["eventType"] ?? existing ?? "default";
  if (typeof type !== "string" || !(type === "default" || type === "fromGmail" || Object.hasOwn(typeRules, type))) {
    throw invalidField("Invalid value for: eventType");
  }
  if (existing !== undefined && type !== existing) {
    throw calendarRefusal("eventTypeRestriction", "Event type cannot be changed.");
  }
  if (type === "fromGmail" && existing === undefined) {
    throw calendarRefusal("eventTypeRestriction", "Events of the type fromGmail cannot be created.");
  }
  const rules = typeRules[type];
  if (!rules) return type === "default" ? {} : { eventType: type };
  const problem = primary ? rules.findProblem(candidate) : "can only be on a primary calendar";
  if (problem !== undefined) throw calendarRefusal(rules.reason, `A ${rules.name} event ${problem}.`);
  return { eventType: type, ...pick(body, [rules.properties]) };
}

/** What of an event that Gmail made may be changed. Unsure(google): it called this a restriction for the time being. */
const gmailNames: ReadonlySet<string> = new Set(
  "attendees colorId eventLabelId extendedProperties reminders status transparency visibility".split(" "),
);

/**
 * @param before - the fields as they are
 * @param after - the fields as they shall be
 * @throws ApiError 400 for a change of what Gmail wrote
 * @see https://workspaceupdates.googleblog.com/2024/05/google-calendar-api-event-type-fromgmail.html
 */
export function requireGmailsOwn(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): void {
  if (before["eventType"] !== "fromGmail") return;
  const names = [...Object.keys(before), ...Object.keys(after)].filter((name) => !gmailNames.has(name));
  if (names.every((name) => isDeepStrictEqual(before[name], after[name]))) return;
  throw calendarRefusal("eventTypeRestriction", "This cannot be changed in an event of the type fromGmail.");
}

/** Focus time and absence take time, and are not of whole days. */
function busyProblem({ body, times }: Candidate, properties: string): string | undefined {
  const given = body[properties];
  if (!isObject(given)) return `must have ${properties}`;
  const { autoDeclineMode, chatStatus } = given;
  if (autoDeclineMode !== undefined && !declineModes.some((mode) => mode === autoDeclineMode))
    return "must have a known autoDeclineMode";
  if (chatStatus !== undefined && chatStatus !== "available" && chatStatus !== "doNotDisturb")
    return "must have a known chatStatus";
  if (times.start.date !== undefined) return "must have times, and not whole days";
  return body["transparency"] === "transparent" ? "must be opaque" : undefined;
}

/** How many whole days; 0 for an event with times. */
function spansDays({ start, end }: Candidate["times"]): number {
  if (start.date === undefined || end.date === undefined) return 0;
  return Math.round((Date.parse(end.date) - Date.parse(start.date)) / 86_400_000);
}

function hasAny(body: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.some((name) => {
    const value = body[name];
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  });
}
