import { calendarScopes } from "../../oauth/scopes.js";

const { full, readonly, settingsReadonly } = calendarScopes;

/** Where every method of Calendar begins. */
export const base = "/calendar/v3";
/** Scopes that allow to read a person's settings. */
export const settingsReaders: readonly string[] = [full, readonly, settingsReadonly];
/** The parameters of every list that can be synchronized. */
export const listParameters: readonly string[] = ["maxResults", "pageToken", "syncToken"];
/** What every calendar says about conferences. */
export const conferenceProperties: object = { allowedConferenceSolutionTypes: ["hangoutsMeet"] };
