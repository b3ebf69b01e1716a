import { invalidParameter } from "../api-error.js";
import type { World } from "../world.js";
import type { CalendarAccess } from "./calendars.js";
import { joinFields } from "./event-fields.js";
import { booleanOf } from "./event-parameters.js";
import { isConcealed } from "./event-view.js";
import type { EventCopy } from "./stored-event.js";

/** Whether an event is wanted, whatever its dates. */
export type EventFilter = (copy: EventCopy) => boolean;

type Fields = Readonly<Record<string, unknown>>;

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events#eventType */
const eventTypes = ["birthday", "default", "focusTime", "fromGmail", "outOfOffice", "workingLocation"];

/**
 * What the parameters of a list say about the events themselves.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/list
 * @throws ApiError 400
 */
export function filterOf(query: URLSearchParams, access: CalendarAccess, world: World): EventFilter {
  const filters = [
    typeFilter(query.getAll("eventTypes")),
    uidFilter(query.get("iCalUID")),
    textFilter(query.get("q"), access),
    propertyFilter(query, "private", access),
    propertyFilter(query, "shared", access),
    invitationFilter(booleanOf(query, "showHiddenInvitations") ?? false, access, world),
    // Unsure(google): whether who may only see busy times is shown what is free; here it is left out.
    access.role === "freeBusyReader" ? isBusy : undefined,
  ].filter((each) => each !== undefined);
  return (copy) => filters.every((filter) => filter(copy));
}

function typeFilter(wanted: readonly string[]): EventFilter | undefined {
  const unknown = wanted.find((each) => !eventTypes.includes(each));
  if (unknown !== undefined) throw invalidParameter(`Invalid string value: '${unknown}'.`, "eventTypes");
  return wanted.length === 0 ? undefined : (copy) => wanted.includes(typeOf(copy));
}

function uidFilter(uid: string | null): EventFilter | undefined {
  return uid === null ? undefined : ({ shared }) => shared.iCalUID === uid;
}

function isBusy(copy: EventCopy): boolean {
  return valueOf(copy, "transparency") !== "transparent";
}

function propertyFilter(
  query: URLSearchParams,
  kind: "private" | "shared",
  access: CalendarAccess,
): EventFilter | undefined {
  const name = `${kind}ExtendedProperty`;
  const wanted = query.getAll(name).map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw invalidParameter(`Invalid value for ${name}: it is not of the form name=value.`, name);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  if (wanted.length === 0) return undefined;
  return (copy) => {
    const properties = fieldsOf(fieldsOf(valueOf(copy, "extendedProperties"))[kind]);
    return !isConcealed(copy, access) && wanted.every(([key, value]) => properties[key] === value);
  };
}

/** Unsure(google): that hidden are those invitations which the person's settings hide until they are answered. */
function invitationFilter(showHidden: boolean, { calendar }: CalendarAccess, world: World): EventFilter | undefined {
  const hides = calendar.primary && world.calendarSettings.find(calendar.id, "hideInvitations")?.value === "true";
  if (showHidden || !hides) return undefined;
  return ({ shared }) =>
    !shared.attendees.some(
      ({ email, responseStatus }) => email.toLowerCase() === calendar.id && responseStatus === "needsAction",
    );
}

/** Unsure(google): a word is found where one begins so; "phrases" are found as they stand. */
function textFilter(text: string | null, access: CalendarAccess): EventFilter | undefined {
  const terms = (text ?? "")
    .toLowerCase()
    .match(/"[^"]*"|[^\s"]+/g)
    ?.map((term) => term.replaceAll('"', "").trim())
    .filter(Boolean);
  if (!terms || terms.length === 0) return undefined;
  return (copy) => {
    if (isConcealed(copy, access)) return false;
    const searched = searchedText(copy);
    return terms.every((term) => hasWord(searched, term));
  };
}

function hasWord(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "") || !/^[\p{L}\p{N}]/u.test(term)) return true;
  }
  return false;
}

/** By which words Google finds events that have no text of their own. */
const titles: Readonly<Record<string, string>> = {
  focusTime: "focus time",
  outOfOffice: "out of office abwesend",
  officeLocation: "office bureau büro",
  homeOffice: "home",
};

function searchedText(copy: EventCopy): string {
  const { shared } = copy;
  const location = fieldsOf(shared.fields["workingLocationProperties"]);
  const office = fieldsOf(location["officeLocation"]);
  return [
    shared.fields["summary"],
    shared.fields["description"],
    shared.fields["location"],
    ...shared.attendees.flatMap(({ displayName, email }) => [displayName, email]),
    shared.organizerName,
    shared.organizer,
    office["buildingId"],
    office["deskId"],
    office["label"],
    fieldsOf(location["customLocation"])["label"],
    titles[typeof location["type"] === "string" ? location["type"] : typeOf(copy)],
  ]
    .filter((each) => typeof each === "string")
    .join("\n")
    .toLowerCase();
}

function typeOf(copy: EventCopy): string {
  const type = valueOf(copy, "eventType");
  return typeof type === "string" ? type : "default";
}

function valueOf({ own, shared }: EventCopy, name: string): unknown {
  return joinFields({ shared: shared.fields, own })[name];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
