/** Answers everybody in the conversation that a search finds first. Running it twice sends one answer. */
import { createEmailClient, type ClientOptions } from "maigic-integrations";

/** @returns who got the answer, and what became of it */
export async function replyToThread(search: string, text: string, options: ClientOptions = {}): Promise<string> {
  await using email = createEmailClient("google_gmail", options);
  const { threads } = await email.listThreads(search, { limit: 1 });
  const last = threads[0]?.emails.findLast(({ status }) => status !== "sent" && status !== "draft");
  if (!last) return "There is no such conversation.";
  // What it would do, for a person to look at.
  const { recipients } = await email.replyToEmail(last.id, { text }, { all: true, dryRun: true });
  const idempotencyKey = `answer to ${last.id}`;
  let sent = await email.replyToEmail(last.id, { text }, { all: true, idempotencyKey });
  if (sent.outcome === "unknown") sent = await email.settleSend(sent.sendId); // the answer was lost: look again
  return `${sent.outcome} to ${recipients.join(", ")}`;
}
