/** The ten newest mails and what the account holds. Run the setup first: npx maigic-integrations-setup --service gmail */
import { createEmailClient, type ClientOptions } from "maigic-integrations";

/** @returns the lines that it printed */
export async function readMail(options: ClientOptions = {}): Promise<string[]> {
  await using email = createEmailClient("google_gmail", options);
  const { address, unreadCount } = await email.getAccountInfo();
  const lines = [`${address}: ${unreadCount} unread`];
  for (const mail of await email.getRecentEmails({ count: 10 })) {
    lines.push(`${mail.receivedAt}  ${mail.from?.name ?? mail.from?.address ?? ""}: ${mail.subject}`);
  }
  for await (const mail of email.iterateEmails({ hasAttachment: true }, { includeBody: true })) {
    lines.push(`${mail.subject}: ${(mail.attachments ?? []).map(({ filename }) => filename).join(", ")}`);
  }
  return lines;
}
