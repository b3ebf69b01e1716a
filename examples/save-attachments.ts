/** Saves every PDF that came by mail in the last month into a folder. A file that is there already stays. */
import { createEmailClient, type ClientOptions } from "maigic-integrations";

/** @returns the paths of the new files */
export async function saveAttachments(directory: string, options: ClientOptions = {}): Promise<string[]> {
  await using email = createEmailClient("google_gmail", options);
  const saved: string[] = [];
  for await (const mail of email.iterateEmails("filename:pdf newer_than:1m", { includeBody: true })) {
    for (const file of mail.attachments ?? []) {
      if (file.mimeType === "application/pdf") saved.push(await email.saveAttachment(mail.id, file.id, directory));
    }
  }
  return saved;
}
