import type { ShowOutput } from "../view.js";
import { showCalendars, showConflicts, showFreeBusy, showSlots } from "./availability.js";
import { showAgenda, showEvents, showInvitations } from "./event-lists.js";
import { showEvent, showPermissions } from "./event.js";
import { showAnswer, showChanges, showProposal, showWrite } from "./writes.js";

/** How the results of operations on calendars are shown, by the name after `calendar.`. */
export const calendarViews: Readonly<Record<string, ShowOutput>> = {
  agenda: showAgenda,
  events: showEvents,
  search: showEvents,
  show: showEvent,
  occurrences: showEvents,
  invitations: showInvitations,
  calendars: showCalendars,
  free: showFreeBusy,
  slots: showSlots,
  conflicts: showConflicts,
  permissions: showPermissions,
  create: showWrite("created"),
  update: showWrite("changed"),
  delete: showWrite("deleted"),
  move: showWrite("moved"),
  respond: showAnswer,
  propose: showProposal,
  changes: showChanges,
};
