import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gmailClient } from "../../../../test/support/google-clients.js";
import { movedClock } from "../../../../test/support/moved-clock.js";
import { openWorld, type World } from "../../../../test/support/world.js";
import type { CalendarClient } from "../../../calendar/client.js";
import { parseInvitation } from "../../../calendar/invitation/parse-invitation.js";
import type { Event, EventInput } from "../../../calendar/models.js";
import type { EmailClient } from "../../../email/client.js";
import { createCalendarClient, createEmailClient } from "../../../integrations.js";

const alice = "alice@example.com";
const bob = "bob@example.com";

describe("an invitation that comes by mail", () => {
  let world: World;
  const own: { alices: CalendarClient; bobs: CalendarClient; mails: EmailClient }[] = [];
  beforeAll(async () => {
    const timeZone = "Europe/Berlin";
    const clock = movedClock(Date.parse("2026-11-23T08:00:00Z"));
    const seed = { users: [alice, bob].map((email) => ({ email, timeZone })) };
    world = await openWorld({ seed, clock, limits: "none" });
    own.push({
      alices: createCalendarClient("google_calendar", await world.signIn("google_calendar", alice)),
      bobs: createCalendarClient("google_calendar", await world.signIn("google_calendar", bob, { userId: "bob" })),
      mails: createEmailClient("google_gmail", await world.signIn("google_gmail", alice)),
    });
  });
  afterAll(async () => {
    for (const client of own.flatMap((each) => Object.values(each))) await client.close();
    await world[Symbol.asyncDispose]();
  });
  const clients = () => {
    const [each] = own;
    if (!each) throw new TypeError("clients are made before all");
    return each;
  };

  it.each<[string, EventInput]>([
    ["an hour", { title: "Harbour, boards", start: "2026-11-24T09:00", durationMinutes: 60 }],
    ["two whole days", { title: "Trip", start: "2026-12-24", end: "2026-12-26" }],
    [
      "a series in another zone",
      {
        title: "Weekly",
        start: { dateTime: "2026-11-25T18:00", timeZone: "America/New_York" },
        durationMinutes: 30,
        recurrence: { lines: ["RRULE:FREQ=WEEKLY;COUNT=4"] },
      },
    ],
  ])("is found in the calendar by its UID and answered: %s", async (_, input) => {
    const { alices, bobs, mails } = clients();
    const made = await bobs.createMyEvent({ ...input, attendees: [bob, alice] }, { onConflict: "allow" });
    const raw = mailOf(invitationText(made.event));
    await gmailClient(world.sandbox, alice).users.messages.insert({ userId: "me", requestBody: { raw } });

    const { emails } = await mails.searchEmails(`subject:"Invitation: ${input.title}"`);
    const mail = await mails.getEmail(emails[0]?.id ?? "");
    const files = (mail.attachments ?? []).filter(({ mimeType }) => mimeType === "text/calendar");
    expect(files).toHaveLength(1);
    const content = await mails.downloadAttachment(mail.id, files[0]?.id ?? "");
    const invitation = await parseInvitation(new Uint8Array(await new Response(content).arrayBuffer()));

    const { title, start, end, allDay, recurrence } = made.event;
    expect(invitation).toMatchObject({
      method: "request",
      uid: made.event.iCalUid,
      event: { title, start, end, allDay, organizer: { email: bob }, ...(recurrence && { recurrence }) },
    });
    const found = await alices.findEventByUid(invitation.uid);
    const answered = await alices.respondToInvitation(found, { status: "accepted", comment: "See you there" });
    expect(answered.event.myResponse).toBe("accepted");
    const { attendees } = await bobs.getEvent(made.event);
    expect(attendees.find(({ email }) => email === alice)).toMatchObject({
      response: "accepted",
      comment: "See you there",
    });
  });
});

/** What Google Calendar sends about an event. */
function invitationText({ iCalUid, title, start, end, recurrence, attendees }: Event): string {
  const time = (name: string, at: Event["start"]): string =>
    at.date === undefined
      ? `${name};TZID=${at.timeZone}:${at.dateTime.slice(0, 19).replace(/[-:]/g, "")}`
      : `${name};VALUE=DATE:${at.date.replaceAll("-", "")}`;
  const lines = [
    "BEGIN:VCALENDAR",
    "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    time("DTSTART", start),
    time("DTEND", end),
    ...(recurrence?.lines ?? []),
    `ORGANIZER;CN=${bob}:mailto:${bob}`,
    `UID:${iCalUid}`,
    ...attendees.map(({ email }) => `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=${email}:mailto:${email}`),
    `SUMMARY:${title.replace(",", "\\,")}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${(line.match(/.{1,74}/g) ?? []).join("\r\n ")}\r\n`).join("");
}

/** Google's mail around it: the invitation is one of the texts, without a file name, and a file besides. */
function mailOf(ics: string): string {
  const title = /SUMMARY:(.*)\r\n/.exec(ics)?.[1]?.replace("\\,", ",") ?? "";
  const base64 = Buffer.from(ics).toString("base64");
  const lines = [
    `From: Google Calendar <calendar-notification@google.com>`,
    `To: ${alice}`,
    `Subject: Invitation: ${title}`,
    `Content-Type: multipart/mixed; boundary="outer"`,
    "",
    "--outer",
    `Content-Type: multipart/alternative; boundary="inner"`,
    "",
    "--inner",
    "Content-Type: text/plain; charset=UTF-8",
    "",
    "Bob has invited you.",
    "--inner",
    "Content-Type: text/calendar; charset=UTF-8; method=REQUEST",
    "Content-Transfer-Encoding: base64",
    "",
    base64,
    "--inner--",
    "--outer",
    `Content-Type: application/ics; name="invite.ics"`,
    `Content-Disposition: attachment; filename="invite.ics"`,
    "Content-Transfer-Encoding: base64",
    "",
    base64,
    "--outer--",
  ];
  return Buffer.from(lines.join("\r\n")).toString("base64url");
}
