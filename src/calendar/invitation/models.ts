import type { Attendee, Event, EventPerson, EventTime, SeriesScope } from "../models.js";

/**
 * What a calendar mail is for, in iTIP's words: an organizer invites (`request`), cancels, adds occurrences or turns down
 * a proposal (`declinecounter`); somebody invited answers (`reply`), proposes another time (`counter`) or asks for the
 * newest state (`refresh`). `publish` only tells.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5546#section-1.4
 */
export type InvitationMethod =
  "request" | "cancel" | "reply" | "counter" | "declinecounter" | "add" | "refresh" | "publish";

/** Somebody invited, as the mail names them; it does not know which of them reads it. */
export type InvitedAttendee = Omit<Attendee, "self">;

/** An event as an invitation tells it, in the words of `Event`. What the mail leaves out is missing. */
export interface InvitedEvent extends Pick<
  Event,
  | "title"
  | "description"
  | "location"
  | "allDay"
  | "status"
  | "busy"
  | "recurrence"
  | "conferenceUrl"
  | "visibility"
  | "link"
> {
  /** Missing only where the mail names no time, as some answers do. */
  start?: EventTime;
  end?: EventTime;
  /** On one occurrence of a series: when the series would have had it. */
  originalStart?: EventTime;
  organizer?: Omit<EventPerson, "self">;
  attendees: InvitedAttendee[];
}

/** What a calendar mail says. All of it comes from outside: it is what the sender claims. */
export interface Invitation {
  method: InvitationMethod;
  /** Find this account's copy by it: `findEventByUid(invitation.uid)`. */
  uid: string;
  /** Grows when the organizer changes the event. */
  sequence: number;
  /** Which occurrences it is about: `all` also where the event happens once. */
  scope: SeriesScope;
  /** The event or the series; the occurrence where the mail is about one. */
  event: InvitedEvent;
  /** Occurrences of the series that differ from it. */
  exceptions: InvitedEvent[];
  /** A line that its sender wrote beside it. */
  comment?: string;
  /** Of a `reply` or `counter`: who answered, and what. */
  reply?: InvitedAttendee;
  /** Of a `counter`: when its sender would have it. */
  proposed?: { start: EventTime; end: EventTime };
}

/** Options of `parseInvitation`. */
export interface InvitationOptions {
  /**
   * IANA name: the zone of times that name none, and whose local time and weekday are given beside each event's own.
   * Without it, times without a zone are refused.
   */
  readonly timeZone?: string;
}
