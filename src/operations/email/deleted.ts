import * as v from "valibot";

/** What was deleted, as it was named. */
export interface Deleted {
  deleted: string;
}

/** What was deleted, as it was named. */
export const deletedOne: v.GenericSchema<unknown, Deleted> = v.object({
  deleted: v.string(),
} satisfies Record<keyof Deleted, v.GenericSchema>);
