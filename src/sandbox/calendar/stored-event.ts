import type { StoredCalendar } from "./calendars.js";

/** An attendee as Google writes it, less what depends on who looks. */
export interface StoredAttendee {
  email: string;
  responseStatus: string;
  [field: string]: unknown;
}

/** What all copies of an event have in common. */
export interface SharedEvent {
  readonly iCalUID: string;
  /** Address of the person or calendar that organizes it. */
  organizer: string;
  organizerName: string | undefined;
  readonly creator: string;
  readonly createdMs: number;
  updatedMs: number;
  sequence: number;
  status: string;
  attendees: StoredAttendee[];
  /** Everything else, as Google writes it. A change puts new ones in their place: what was worked out by them is kept by them. */
  fields: Readonly<Record<string, unknown>>;
  /** Of an occurrence that differs from its series: that series. */
  readonly series: SharedEvent | undefined;
  readonly originalStartTime: Record<string, unknown> | undefined;
  /** Of a series: the occurrences that differ from it. */
  readonly exceptions: Set<SharedEvent>;
  /** In which calendars it is. */
  readonly copies: Map<StoredCalendar, EventCopy>;
}

/** An event in one calendar. */
export interface EventCopy {
  readonly id: string;
  readonly calendar: StoredCalendar;
  readonly shared: SharedEvent;
  /** Its version, which grows with every change in the calendar: only `Calendars.touch` sets it. */
  etag: number;
  /** What only this calendar shows and sets. */
  own: Record<string, unknown>;
  /** What each person who uses this calendar wants to be reminded by. */
  readonly reminders: Map<string, unknown>;
  removed: boolean;
}

/** Whether it repeats. */
export function isSeries({ fields }: SharedEvent): boolean {
  return Array.isArray(fields["recurrence"]);
}

/** Whether it is for its calendar alone, whoever else attends. */
export function isPrivateCopy({ fields }: SharedEvent): boolean {
  return fields["privateCopy"] === true;
}

/** Changes what is known of an attendee. */
export function answerAs(shared: SharedEvent, address: string, answer: Readonly<Record<string, unknown>>): void {
  shared.attendees = shared.attendees.map((attendee) =>
    attendee.email.toLowerCase() === address ? { ...attendee, ...answer } : attendee,
  );
}

/** Attendees as they are kept: an answer each, and the organizer known among them. */
export function storedAttendees(value: unknown, organizer: string): StoredAttendee[] {
  const given: unknown[] = Array.isArray(value) ? value : [];
  return given.flatMap((each) => {
    if (typeof each !== "object" || each === null || !("email" in each) || typeof each.email !== "string") return [];
    const attendee: Record<string, unknown> & { email: string } = { ...each, email: each.email };
    delete attendee["self"]; // depends on who looks
    const responseStatus = typeof attendee["responseStatus"] === "string" ? attendee["responseStatus"] : "needsAction";
    const organizes = attendee.email.toLowerCase() === organizer;
    return [{ ...attendee, ...(organizes && { organizer: true }), responseStatus }];
  });
}
