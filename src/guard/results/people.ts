import type { Attendee, EventPerson } from "../../calendar/models.js";
import type { EmailAddress } from "../../email/models.js";

/** `Ann Miller <ann@example.com>`. Names are what others chose, also for themselves. */
export function shownAddress(person: EmailAddress): string {
  const shown = shownName(person);
  return shown === person.address ? shown : `${shown} <${person.address}>`;
}

/** A name as it may stand among others, or the address of somebody without one. */
export function shownName({ name, address }: EmailAddress): string {
  const shown = (name ?? "").replace(/[<>]/g, "").trim();
  if (shown === "") return address;
  return shown.includes(",") ? `"${shown.replaceAll('"', "'")}"` : shown;
}

/** Several of them on one line. */
export function shownAddresses(people: readonly EmailAddress[]): string {
  return people.map(shownAddress).join(", ");
}

/** Who organizes an event. */
export function shownPerson({ name, email }: EventPerson): string {
  return email === undefined ? (name ?? "") : shownAddress({ address: email, ...(name !== undefined && { name }) });
}

/** Somebody invited, with the answer and what was said to it. */
export function shownAttendee({ name, email, response, comment, optional, resource }: Attendee): string {
  const who = shownAddress({ address: email, ...(name !== undefined && { name }) });
  const kind = resource ? " (room)" : optional ? " (optional)" : "";
  const said = comment === undefined || comment === "" ? "" : `: "${comment}"`;
  return `${who}${kind} ${answers[response]}${said}`;
}

const answers: Readonly<Record<Attendee["response"], string>> = {
  accepted: "accepted",
  declined: "declined",
  tentative: "tentative",
  needsAction: "no answer",
};
