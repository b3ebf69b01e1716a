/** Answers the invitation in a mail, in the calendar: the organizer and everybody else see it there. */
import { createCalendarClient, createEmailClient, type ClientOptions } from "maigic-integrations";
import { parseInvitation, type ResponseInput } from "maigic-integrations/calendar";

/** @returns what was answered to the newest mail that the search finds */
export async function answerMailInvitation(
  search: string,
  response: ResponseInput,
  options: ClientOptions = {},
): Promise<string> {
  await using email = createEmailClient("google_gmail", options);
  await using calendar = createCalendarClient("google_calendar", options);
  const { emails } = await email.searchEmails(search, { limit: 1, includeBody: true });
  for (const mail of emails) {
    const file = mail.attachments?.find(({ mimeType }) => /^(text\/calendar|application\/ics)$/.test(mimeType));
    if (!file) continue;
    const content = new Response(await email.downloadAttachment(mail.id, file.id));
    const { method, uid } = await parseInvitation(new Uint8Array(await content.arrayBuffer()));
    if (method !== "request") return `${mail.subject}: nothing to answer`;
    // Anybody can send a mail that looks like an invitation: what is answered is what the calendar holds by that UID.
    const event = await calendar.findEventByUid(uid);
    const answered = await calendar.respondToInvitation(event, response);
    return `${answered.event.title}: ${answered.event.myResponse ?? "not invited"}`;
  }
  return "no mail with an invitation";
}
