/** Keeps a copy of which mails are unread, and brings it up to date with little traffic. */
import { createEmailClient, type ClientOptions } from "maigic-integrations";

/** What is stored between two runs: plain data. */
export interface Followed {
  cursor?: string;
  unread: Record<string, true>;
}

/** Brings the copy up to date. */
export async function followChanges(followed: Followed, options: ClientOptions = {}): Promise<Followed> {
  await using email = createEmailClient("google_gmail", options);
  let { cursor } = followed;
  let unread = { ...followed.unread };
  let from = cursor === undefined ? undefined : await email.getChanges(cursor);
  if (!from || from.reset) {
    // The first time, or too long ago: the cursor first, then everything, so that nothing is lost between.
    cursor = from?.cursor ?? (await email.getChanges()).cursor;
    unread = {};
    for await (const { id } of email.iterateEmails("is:unread")) unread[id] = true;
    return { cursor, unread };
  }
  for (;;) {
    for (const { id, type, labels = [] } of from.changes) {
      if (type !== "removed" && labels.includes("unread")) unread[id] = true;
      else Reflect.deleteProperty(unread, id);
    }
    cursor = from.cursor;
    if (!from.hasMore) return { cursor, unread };
    from = await email.getChanges(cursor);
  }
}
