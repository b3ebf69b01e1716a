/** What a calendar provider can declare to be able to do, and what that means; the suite in `testing` goes by it. */
export const calendarCapabilities: Readonly<Record<string, string>> = {
  read: "Events of several calendars by time, one event, its occurrences, and calendars",
  search: "`searchEvents` by words, attendee, organizer, status and answer",
  freeBusy: "`getFreeBusy`, `findAvailableSlots`, `explainAvailability`: when others are busy",
  create: "`createMyEvent`, `updateMyEvent`, `deleteMyEvent`, `findConflicts`, and many at once",
  recurrence: "Series: rules, exceptions, extra dates, and changes of one, the following or all occurrences",
  move: "`moveMyEvent`: another calendar of the account organizes it",
  conference: "Video calls: `conference: true`",
  respond: "`respondToInvitation`, `getPendingInvitations`, `suggestReschedule`",
  proposals: "Another time is proposed as such; without, it stands in the comment of a tentative answer",
  cancellationMessage: "`deleteMyEvent` with a `message` to the attendees",
  changes: "`getChanges`: what changed and went since a cursor",
};
