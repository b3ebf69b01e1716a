import * as v from "valibot";

/** A group of people, whose address stands for all of them. */
export interface SeedGroup {
  email: string;
  /** Addresses, which need no accounts. */
  members: string[];
}

/** The members of each group, by its address. */
export type Groups = ReadonlyMap<string, readonly string[]>;

const address = v.pipe(v.string(), v.includes("@"), v.toLowerCase());

/** How a seed writes groups. */
export const seedGroups: v.GenericSchema<unknown, SeedGroup[]> = v.array(
  v.strictObject({ email: address, members: v.array(address) }),
);

/** The groups of a seed. */
export function createGroups(seed: readonly SeedGroup[] = []): Groups {
  return new Map(seed.map(({ email, members }) => [email.toLowerCase(), members.map((each) => each.toLowerCase())]));
}
