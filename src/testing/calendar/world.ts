import type { CalendarClient } from "../../calendar/client.js";
import type { Attendee, InvitationResponse } from "../../calendar/models.js";
import type { ProviderTests } from "../provider-suite.js";

/** What a service can be made to do wrong, once. */
export type CalendarFailure =
  /** The next reading is answered as if the service were down. */
  | "unavailable"
  /** The next reading is refused for being too fast. */
  | "too_fast"
  /** The next event is created, and the answer does not arrive. */
  | "create_answer_lost"
  /** The next event is not created, and no answer arrives. */
  | "create_lost"
  /** The next change of an event is written, and the answer does not arrive. */
  | "update_answer_lost";

/** An event that somebody else organizes, in their main calendar. */
export interface PersonsEvent {
  readonly title: string;
  /** A date, or wall time in the account's zone, such as `2026-11-24T09:00`. */
  readonly start: string;
  readonly end: string;
  /** Addresses. */
  readonly attendees?: readonly string[];
  /** Lines such as `RRULE:FREQ=DAILY`. */
  readonly recurrence?: readonly string[];
  readonly guestsCanModify?: boolean;
}

/** A person's copy of an event, as the service itself shows it. */
export interface SeenEvent {
  readonly title: string;
  readonly description: string;
  readonly location: string;
  /** A date, or ISO 8601 with offset or zone. */
  readonly start: string;
  readonly end: string;
  readonly attendees: readonly (Pick<Attendee, "email" | "response"> & { readonly comment?: string })[];
}

/** An account of a service under test, with nothing in its calendars, and what a test may do around it. */
export interface CalendarWorld extends AsyncDisposable {
  /** With access `full`. */
  readonly client: CalendarClient;
  /** Of the same account, with access `read`. */
  readonly readOnly: CalendarClient;
  /** Of the same account, as another process would have it; the world closes it. */
  another(): CalendarClient;
  /** Notes in the account's profile in which zone its person lives; clients made from then on go by it. */
  setProfileZone(timeZone: string): Promise<void>;
  /** The account's own address. */
  readonly address: string;
  /** The zone of the account's calendars; IANA name. */
  readonly timeZone: string;
  /** Another calendar that the account owns. */
  readonly otherCalendar: string;
  /** The main calendar of the first of the people, which the account may read and not change. */
  readonly readableCalendar: string;
  /** A calendar that the account may not even see. */
  readonly closedCalendar: string;
  /** Two people with calendars, in the account's zone, who let it see when they are busy. */
  readonly people: readonly [string, string];
  /** Somebody whose calendar cannot be read. */
  readonly stranger: string;
  /** A person makes an event, and invites to it. @returns its iCalendar UID */
  personCreates(person: string, event: PersonsEvent): Promise<string>;
  /** A person's copy of an event. */
  personSees(person: string, iCalUid: string): Promise<SeenEvent | undefined>;
  /** A person changes an event that they organize. */
  personChanges(person: string, iCalUid: string, changes: { title?: string; description?: string }): Promise<void>;
  personAnswers(
    person: string,
    iCalUid: string,
    response: InvitationResponse["status"],
    comment?: string,
  ): Promise<void>;
  /** A person calls an event off that they organize. */
  personCancels(person: string, iCalUid: string): Promise<void>;
  /** What the service has written to a person about events, oldest first. */
  mailsTo(person: string): Promise<readonly string[]>;
  failNext(failure: CalendarFailure): void;
  /** Does something after the account's next change of an event was made from what is there, and before it is written. */
  meanwhile(work: () => Promise<unknown>): void;
  /** Makes every cursor of `getChanges` given so far too old. */
  expireCursors(): Promise<void> | void;
  /** Moves the clock that clients and service share. */
  advance(durationMs: number): void;
  /** The time of that clock; milliseconds since the epoch. */
  now(): number;
}

/** The tests of a group by name. */
export type CalendarTests = ProviderTests<CalendarWorld>;
