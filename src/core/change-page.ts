/** A page of what changed since a cursor. */
export interface ChangePage<Change> {
  /** In the order in which it happened, each thing once. */
  changes: Change[];
  /** Continues here; plain text that may be stored. */
  cursor: string;
  /** Whether more is there already. */
  hasMore: boolean;
  /**
   * The cursor was too old for the service to tell: whoever keeps a copy reads everything anew, and goes on with this
   * page's cursor, from which on nothing is lost.
   */
  reset: boolean;
}
