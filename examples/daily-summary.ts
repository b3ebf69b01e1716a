/** What a day's mail comes to: how many from whom, and what is still unread. */
import { createEmailClient, type ClientOptions } from "maigic-integrations";

/** @returns the lines of the summary */
export async function dailySummary(options: ClientOptions = {}): Promise<string[]> {
  await using email = createEmailClient("google_gmail", options);
  const [{ address, unreadCount }, mails] = await Promise.all([
    email.getAccountInfo(),
    email.getRecentEmails({ days: 1, includeBody: true }),
  ]);
  const bySender = new Map<string, number>();
  for (const { from } of mails) {
    const sender = from?.name ?? from?.address ?? "(unknown)";
    bySender.set(sender, (bySender.get(sender) ?? 0) + 1);
  }
  return [
    `${address}: ${mails.length} mails today, ${unreadCount} unread in all`,
    ...[...bySender].sort(([, a], [, b]) => b - a).map(([sender, count]) => `${count} × ${sender}`),
    ...mails.filter(({ unread }) => unread).map(({ subject, bodyText }) => `! ${subject}: ${beginning(bodyText)}`),
  ];
}

/** The first words of what was written, without what it quotes. */
function beginning(text = ""): string {
  const own = text.split("\n").filter((line) => !line.startsWith(">"));
  return own.join(" ").replace(/\s+/g, " ").trim().slice(0, 80);
}
