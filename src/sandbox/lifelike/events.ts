import type { SeedEvent } from "../seed.js";

const dayMs = 24 * 60 * 60 * 1000;
const alice = { email: "alice@example.com", displayName: "Alice Moreau" };
const bob = { email: "bob@example.com", displayName: "Bob Okafor" };
const carol = { email: "carol@example.com", displayName: "Carol Lindqvist" };
const accepted = { responseStatus: "accepted" };

/** A week of events around a moment. */
export function lifelikeEvents(now: number, timeZone: string): { primary: SeedEvent[]; family: SeedEvent[] } {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone }).format(now);
  const day = (offset: number): string =>
    new Date(Date.parse(`${today}T12:00:00Z`) + offset * dayMs).toISOString().slice(0, 10);
  const at = (offset: number, time: string): { dateTime: string; timeZone: string } => ({
    dateTime: `${day(offset)}T${time}:00`,
    timeZone,
  });
  const span = (offset: number, from: string, to: string): Pick<SeedEvent, "start" | "end"> => ({
    start: at(offset, from),
    end: at(offset, to),
  });
  const days = (first: number, count: number): Pick<SeedEvent, "start" | "end"> => ({
    start: { date: day(first) },
    end: { date: day(first + count) },
  });
  return {
    primary: [
      {
        id: "standup0harbour",
        summary: "Stand-up",
        description: "What moved, what is stuck. Fifteen minutes, standing.",
        ...span(-14, "09:30", "09:45"),
        recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
        attendees: [
          { ...alice, ...accepted },
          { ...bob, ...accepted },
          { ...carol, ...accepted },
        ],
      },
      {
        id: "harbour0second",
        summary: "Harbour signage: second review",
        description: "Please bring the printed A3 boards. The client joins for the last half hour.",
        location: "Studio, large table",
        ...span(2, "14:00", "15:30"),
        organizer: { email: bob.email },
        attendees: [
          { ...bob, ...accepted },
          { ...alice, responseStatus: "needsAction" },
          { ...carol, ...accepted },
          {
            email: "j.petersen@harbour.example",
            displayName: "Jens Petersen",
            responseStatus: "tentative",
            comment: "Ferry permitting",
          },
        ],
        conferenceData: {
          entryPoints: [
            {
              entryPointType: "video",
              uri: "https://meet.google.com/hbr-sign-two",
              label: "meet.google.com/hbr-sign-two",
            },
          ],
          conferenceSolution: { key: { type: "hangoutsMeet" }, name: "Google Meet" },
          conferenceId: "hbr-sign-two",
        },
        hangoutLink: "https://meet.google.com/hbr-sign-two",
      },
      {
        summary: "One-to-one with Carol",
        ...span(1, "11:00", "11:30"),
        attendees: [
          { ...alice, ...accepted },
          { ...carol, ...accepted },
        ],
      },
      { summary: "Dentist, Dr Haas", location: "Lindenstraße 12", ...span(3, "08:15", "08:45"), visibility: "private" },
      {
        summary: "Quarterly figures",
        ...span(4, "10:00", "11:00"),
        organizer: { email: carol.email },
        attendees: [
          { ...carol, ...accepted },
          { ...alice, responseStatus: "tentative" },
          { ...bob, ...accepted },
        ],
      },
      {
        summary: "Vendor pitch: wayfinding kiosks",
        ...span(1, "16:00", "17:00"),
        organizer: { email: bob.email },
        attendees: [
          { ...bob, ...accepted },
          { ...alice, responseStatus: "declined" },
        ],
      },
      {
        summary: "Copenhagen",
        description: "Site visit at the harbour. Hotel Østerport, booked.",
        location: "Copenhagen",
        ...days(5, 3),
        transparency: "opaque",
      },
      { summary: "Invoice run", ...days(1, 1), transparency: "transparent" },
      { summary: "Lunch with Mira", location: "Canteen on the corner", ...span(0, "12:30", "13:30") },
    ],
    family: [
      { summary: "Swimming, Lena", ...span(2, "16:30", "17:30"), recurrence: ["RRULE:FREQ=WEEKLY"] },
      { summary: "Papa's birthday", ...days(6, 1), recurrence: ["RRULE:FREQ=YEARLY"], transparency: "transparent" },
    ],
  };
}
