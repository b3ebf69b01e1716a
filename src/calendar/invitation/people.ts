import { printableLine } from "../../core/printable.js";
import type { ResponseStatus } from "../models.js";
import type { Component } from "./components.js";
import type { InvitedAttendee, InvitedEvent } from "./models.js";
import { parameterOf, type Property, type PropertyReader } from "./properties.js";

/** Who organizes an event; missing where the mail does not say, or gives no address. */
export function readOrganizer(event: Component, read: PropertyReader): InvitedEvent["organizer"] {
  const property = read.first(event, "ORGANIZER");
  const email = property && addressOf(property);
  if (!property || email === undefined) return undefined;
  const name = parameterOf(property, "cn");
  return { email, ...(name !== undefined && name !== email && { name }) };
}

/** Everybody invited who has an address, once. */
export function readAttendees(event: Component, read: PropertyReader): InvitedAttendee[] {
  const organizer = readOrganizer(event, read)?.email?.toLowerCase();
  const attendees = new Map<string, InvitedAttendee>();
  for (const property of read.all(event, "ATTENDEE")) {
    const email = addressOf(property);
    if (email === undefined) continue;
    attendees.set(email.toLowerCase(), toAttendee(property, email, email.toLowerCase() === organizer));
  }
  return [...attendees.values()];
}

function toAttendee(property: Property, email: string, organizer: boolean): InvitedAttendee {
  const name = parameterOf(property, "cn");
  // Not in any standard, but how Google and Apple pass on what somebody wrote beside an answer.
  const comment = parameterOf(property, "x-response-comment");
  const [role, kind] = ["role", "cutype"].map((parameter) => parameterOf(property, parameter)?.toUpperCase());
  return {
    email,
    ...(name !== undefined && name !== email && { name }),
    response: responses[parameterOf(property, "partstat")?.toUpperCase() ?? ""] ?? "needsAction",
    ...(comment !== undefined && { comment }),
    optional: role === "OPT-PARTICIPANT" || role === "NON-PARTICIPANT",
    resource: kind === "RESOURCE" || kind === "ROOM",
    organizer,
  };
}

const responses: Partial<Record<string, ResponseStatus>> = {
  ACCEPTED: "accepted",
  DECLINED: "declined",
  TENTATIVE: "tentative",
};

/** The address that a `mailto:` names, or the one beside an address of another kind. */
function addressOf(property: Property): string | undefined {
  const uri = typeof property.value === "string" ? printableLine(property.value) : "";
  const [, written] = /^mailto:([^?]*)/i.exec(uri) ?? [];
  const candidates = [written && decoded(written), parameterOf(property, "email"), uri];
  return candidates.find((text) => text !== undefined && /^[^\s@<>"(),:;\\]{1,64}@[^\s@<>"(),:;\\]{1,255}$/.test(text));
}

function decoded(text: string): string {
  try {
    return printableLine(decodeURIComponent(text));
  } catch {
    return text; // a percent sign that stands for itself
  }
}
