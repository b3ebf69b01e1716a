import type { ApiFacts } from "../http.js";
import { gmailPlans } from "./quota.js";

/** Where Gmail's API is, for the account that signed in. */
export const gmailApi: Omit<ApiFacts, "account"> = {
  origin: "https://gmail.googleapis.com",
  basePath: "/gmail/v1/users/me",
  plans: gmailPlans,
};
