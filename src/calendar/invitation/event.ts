import type { Event } from "../models.js";
import { toEventTime } from "../event-times.js";
import { printableLine } from "../../core/printable.js";
import type { Component } from "./components.js";
import type { InvitedEvent } from "./models.js";
import { readAttendees, readOrganizer } from "./people.js";
import { parameterOf, type Property, type PropertyReader } from "./properties.js";
import { readSpan, readTime, recurrenceLines, type InvitationReading } from "./times.js";

/** A VEVENT in the words of `Event`. @throws RequestError `request.invalid` for times that cannot be read */
export function readEvent(component: Component, reading: InvitationReading): InvitedEvent {
  const { time, read, zones, asked } = reading;
  const description = read.text(component, "DESCRIPTION");
  const location = read.line(component, "LOCATION");
  const span = readSpan(component, reading);
  const originalStart = readTime(component, "RECURRENCE-ID", reading);
  const lines = recurrenceLines(component, zones);
  const organizer = readOrganizer(component, read);
  const [conferenceUrl, link] = [conferenceUrlOf(component, read), webAddress(read.first(component, "URL"))];
  return {
    title: read.line(component, "SUMMARY") ?? "",
    ...(description !== undefined && { description }),
    ...(location !== undefined && { location }),
    ...(span && { start: toEventTime(time, span.start, asked), end: toEventTime(time, span.end, asked) }),
    ...(originalStart && { originalStart: toEventTime(time, originalStart, asked) }),
    allDay: span?.start.date !== undefined,
    status: statusOf(component, read),
    busy: isBusy(component, read),
    ...(organizer && { organizer }),
    attendees: readAttendees(component, read),
    ...(lines.length > 0 && { recurrence: { lines } }),
    visibility: visibilityOf(component, read),
    ...(conferenceUrl !== undefined && { conferenceUrl }),
    ...(link !== undefined && { link }),
  };
}

function statusOf(component: Component, read: PropertyReader): Event["status"] {
  const status = read.line(component, "STATUS")?.toLowerCase();
  return status === "tentative" || status === "cancelled" ? status : "confirmed";
}

function isBusy(component: Component, read: PropertyReader): boolean {
  const said = read.line(component, "TRANSP") ?? read.line(component, "X-MICROSOFT-CDO-BUSYSTATUS") ?? "";
  return !["TRANSPARENT", "FREE"].includes(said.toUpperCase());
}

function visibilityOf(component: Component, read: PropertyReader): Event["visibility"] {
  const level = read.line(component, "CLASS")?.toLowerCase();
  return level === "public" || level === "private" || level === "confidential" ? level : "default";
}

/** Where Google, Microsoft and RFC 7986 put the address of a call. */
function conferenceUrlOf(component: Component, read: PropertyReader): string | undefined {
  const conferences = read.all(component, "CONFERENCE");
  const isVideo = (property: Property): boolean => /video/i.test(parameterOf(property, "feature") ?? "");
  const candidates = [
    read.first(component, "X-GOOGLE-CONFERENCE"),
    ...conferences.filter(isVideo),
    ...conferences,
    read.first(component, "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
    read.first(component, "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK"),
  ];
  return candidates.map((candidate) => webAddress(candidate)).find((url) => url !== undefined);
}

/** An address that a browser may open: neither a script nor one with a name and password in it. */
function webAddress(property: Property | undefined): string | undefined {
  if (typeof property?.value !== "string") return undefined;
  const text = printableLine(property.value.replace(/\\([,;\\])/g, "$1"));
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" ? url.href : undefined;
}
