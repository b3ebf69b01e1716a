import * as v from "valibot";
import { accessRoles, type AccessRole } from "./access-rules.js";

/** With whom a seed's calendar is shared: one person, everybody of a domain, or everybody. */
export interface SeedShare {
  email?: string | undefined;
  domain?: string | undefined;
  everyone?: true | undefined;
  role: AccessRole;
  /** Whether the calendar stands in that person's list already. Default true. */
  listed?: boolean | undefined;
}

/** How a seed writes what somebody may do with a calendar. */
export const seedRole: v.GenericSchema<unknown, AccessRole> = v.picklist(accessRoles.filter((role) => role !== "none"));

/** How a seed writes it. */
export const seedShares: v.GenericSchema<unknown, SeedShare[]> = v.array(
  v.pipe(
    v.strictObject({
      email: v.optional(v.pipe(v.string(), v.includes("@"))),
      domain: v.optional(v.string()),
      everyone: v.optional(v.literal(true)),
      role: seedRole,
      listed: v.optional(v.boolean()),
    }),
    v.check(
      ({ email, domain, everyone }) => [email, domain, everyone].filter((each) => each !== undefined).length === 1,
      "say one of email, domain and everyone",
    ),
    v.check(({ email, listed }) => listed === undefined || email !== undefined, "listed belongs to an email"),
  ),
);
