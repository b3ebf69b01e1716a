import type { ShowOutput } from "../view.js";

/** How the results of operations on calendars are shown, by the name after `calendar.`. */
export const calendarViews: Readonly<Record<string, ShowOutput>> = {};
