import type { ApiFacts } from "../http.js";

/** Where Calendar's API is. @see https://developers.google.com/workspace/calendar/api/guides/quota */
export const calendarApi: Omit<ApiFacts, "account"> = {
  origin: "https://www.googleapis.com",
  basePath: "/calendar/v3",
  /** Requests that a person may make. */
  plans: [600],
};
