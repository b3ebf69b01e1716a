import * as v from "valibot";
import { systemClock } from "../../core/clock.js";
import { requireInput } from "../../core/input.js";
import { requireInstalled } from "../../core/packages.js";
import { loadZonedTime, notAZone } from "../../core/zoned-time.js";
import type { SeriesScope } from "../models.js";
import { linesOf, readComponents, unreadable, type Component } from "./components.js";
import { readEvent } from "./event.js";
import type { Invitation, InvitationMethod, InvitationOptions, InvitedEvent } from "./models.js";
import { loadPropertyReader, parameterOf, type PropertyReader } from "./properties.js";
import type { InvitationReading } from "./times.js";
import { readZones } from "./zones.js";

const optionFields: Record<keyof InvitationOptions, v.GenericSchema> = { timeZone: v.optional(v.string()) };

/**
 * Reads the `text/calendar` part of a mail: what it asks for, and the event in the words of `Event`. Times are in the
 * zones that it names, by their IANA names: also those of Windows, and those with an address before the name. A zone
 * that it names otherwise and gives the rules of is read by them, and its times are shown in `timeZone`, else in UTC.
 * Needs the optional packages ical.js and temporal-polyfill.
 *
 * @param ics - as text, or its bytes in UTF-8
 * @throws RequestError `request.invalid` for what is no calendar mail about one event, and for times that cannot be read
 * or name no zone while `timeZone` is missing; `request.too_large` over 1 MB
 * @throws ConfigurationError `config.missing_dependency`
 * @see https://www.rfc-editor.org/rfc/rfc5545 https://www.rfc-editor.org/rfc/rfc5546
 */
export async function parseInvitation(ics: string | Uint8Array, options: InvitationOptions = {}): Promise<Invitation> {
  requireInput(v.union([v.string(), v.instance(Uint8Array)]), ics, "invitation");
  const { timeZone } = requireInput(v.strictObject(optionFields), options, "options");
  requireInstalled("Reading invitations", ["ical.js", "temporal-polyfill"]);
  const [time, read] = await Promise.all([loadZonedTime(systemClock), loadPropertyReader()]);
  if (timeZone !== undefined && !time.isZone(timeZone)) throw notAZone(timeZone);
  const calendars = readComponents(ics).filter(({ name }) => name === "VCALENDAR");
  const zones = readZones(calendars, { time, read, floating: timeZone });
  return toInvitation(calendars, { time, read, zones, asked: timeZone });
}

function toInvitation(calendars: readonly Component[], reading: InvitationReading): Invitation {
  const { read } = reading;
  const calendar = calendars.find(({ parts }) => parts.some(isEvent));
  if (!calendar) throw unreadable(calendars.length === 0 ? "is no calendar text" : "is about no event");
  const { uid, main, others } = eventsOf(calendar, read);
  const method = methodOf(calendar, read);
  const event = withMethod(readEvent(main, reading), method);
  const exceptions = others.map((each) => withMethod(readEvent(each, reading), method));
  const comment = commentOf(main, read);
  return {
    method,
    uid,
    sequence: sequenceOf(main, read),
    scope: scopeOf(main, read),
    event,
    exceptions,
    ...(comment !== undefined && { comment }),
    ...answerOf(method, event, comment),
  };
}

function isEvent({ name }: Component): boolean {
  return name === "VEVENT";
}

interface Events {
  readonly uid: string;
  /** The series, else the only event, else the first of the occurrences. */
  readonly main: Component;
  readonly others: readonly Component[];
}

function eventsOf({ parts }: Component, read: PropertyReader): Events {
  const events = parts.filter(isEvent);
  const uids = new Set(events.map((event) => read.line(event, "UID") ?? ""));
  const [uid = ""] = uids;
  if (uids.size > 1) throw unreadable(`holds ${uids.size} different events; an invitation is about one`);
  if (uid === "") throw unreadable("names no UID");
  const occurrences = events.filter((event) => linesOf(event, "RECURRENCE-ID").length > 0);
  const whole = events.filter((event) => !occurrences.includes(event));
  // Of several states of the same, the newest counts.
  const newest = whole.reduce<Component | undefined>(
    (best, event) => (best && sequenceOf(best, read) > sequenceOf(event, read) ? best : event),
    undefined,
  );
  const [first, ...rest] = newest ? [newest, ...occurrences] : occurrences;
  if (!first) throw unreadable("is about no event");
  return { uid, main: first, others: rest };
}

const methods: readonly InvitationMethod[] = [
  ...(["request", "cancel", "reply", "counter"] as const),
  ...(["declinecounter", "add", "refresh", "publish"] as const),
];

/** A text without a method only tells of an event. */
function methodOf(calendar: Component, read: PropertyReader): InvitationMethod {
  const said = (read.line(calendar, "METHOD") ?? "publish").toLowerCase();
  const method = methods.find((each) => each === said);
  if (!method) throw unreadable(`has the method "${said.slice(0, 60)}", which is none`);
  return method;
}

function withMethod(event: InvitedEvent, method: InvitationMethod): InvitedEvent {
  return method === "cancel" ? { ...event, status: "cancelled" } : event;
}

function sequenceOf(event: Component, read: PropertyReader): number {
  const value = read.first(event, "SEQUENCE")?.value;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function scopeOf(event: Component, read: PropertyReader): SeriesScope {
  const occurrence = read.first(event, "RECURRENCE-ID");
  if (!occurrence) return "all";
  return parameterOf(occurrence, "range")?.toUpperCase() === "THISANDFUTURE" ? "following" : "this";
}

function commentOf(event: Component, read: PropertyReader): string | undefined {
  return read.text(event, "COMMENT");
}

/** Who answered, and for a counter the times proposed. */
function answerOf(
  method: InvitationMethod,
  { start, end, attendees }: InvitedEvent,
  comment: string | undefined,
): Pick<Invitation, "reply" | "proposed"> {
  if (method !== "reply" && method !== "counter") return {};
  // Some name all the others too, who did not answer by this mail.
  const [attendee] = attendees.length === 1 ? attendees : [];
  return {
    ...(attendee && { reply: { ...attendee, ...(comment !== undefined && { comment }) } }),
    ...(method === "counter" && start && end && { proposed: { start, end } }),
  };
}
