import { buildSeed, type SandboxSeed, type SeedMessage } from "maigic-integrations/sandbox";

/** The zone that everybody of this world lives in. */
export const worldZone = "Europe/Berlin";

/** Who signs in as which profile. */
export const worldProfiles = { work: "alice@example.com", private: "alice@home.example" } as const;

/** A file that lies in the folder for attachments beforehand. */
export const worldFile = { name: "site-plan.txt", content: "Gate 3, then along the quay\n" } as const;

const team = "team@group.calendar.google.com";

/** What the person grants for the tasks: everything, to the people of one domain and a calendar, without being asked. */
export const worldGrants: Readonly<Record<string, readonly string[]>> = {
  allow: ["write", "send", "delete"],
  domains: ["example.com"],
  calendars: [team],
  confirm: [],
};

const [alice, bob, carol] = ["alice@example.com", "bob@example.com", "carol@example.com"];
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Days of this world as dates, from a moment on. */
export interface WorldDays {
  readonly tomorrow: string;
  /** The first working day after tomorrow, and the one after it. */
  readonly meetings: string;
  readonly later: string;
}

/** The days of a world that begins now. */
export function worldDays(now: number): WorldDays {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: worldZone }).format(now);
  const day = (offset: number): Date => new Date(Date.parse(`${today}T12:00:00Z`) + offset * dayMs);
  const working = Array.from({ length: 6 }, (_, index) => day(index + 2)).filter((date) => date.getUTCDay() % 6 !== 0);
  const [tomorrow = "", meetings = "", later = ""] = [day(1), ...working].map((date) =>
    date.toISOString().slice(0, 10),
  );
  return { tomorrow, meetings, later };
}

/** Alice, whose mail and calendar the tasks are about, her account at home, and two whom she works with. */
export function assistantWorld(now: number): SandboxSeed {
  const { tomorrow, meetings, later } = worldDays(now);
  const guest = (email: string, responseStatus: string): object => ({ email, responseStatus });
  return buildSeed()
    .person(alice, { name: "Alice Moreau", timeZone: worldZone, labels: ["Invoices", "Harbour", "Old"] })
    .mail(...mails(now))
    .event("Dentist", `${tomorrow}T09:00:00`, { id: "dentist01", minutes: 45 })
    .event("Board preparation", `${meetings}T13:00:00`, { id: "board01" })
    .event("Design review", `${meetings}T10:00:00`, {
      id: "review01",
      attendees: [guest(alice, "accepted"), guest(bob, "accepted"), guest(carol, "needsAction")],
    })
    .event("Book club", `${later}T19:00:00`, { id: "books01" })
    .event("Standup", `${tomorrow}T11:30:00`, { id: "standup01", minutes: 15, recurrence: ["RRULE:FREQ=DAILY"] })
    .calendar({ id: team, summary: "Team" })
    .person(bob, { name: "Bob Okafor", timeZone: worldZone })
    .event("Supplier call", `${meetings}T14:00:00`, { id: "supplier01" })
    .event("Harbour kickoff", `${later}T10:00:00`, {
      id: "kickoff01",
      attendees: [guest(bob, "accepted"), guest(alice, "needsAction")],
    })
    .event("Budget round", `${later}T15:00:00`, {
      id: "budget01",
      attendees: [guest(bob, "accepted"), guest(alice, "needsAction")],
    })
    .person(carol, { name: "Carol Lindqvist", timeZone: worldZone })
    .event("Training", `${tomorrow}T14:00:00`, { id: "training01" })
    .person(worldProfiles.private, { name: "Alice Moreau", timeZone: worldZone })
    .event("Swimming with Lena", `${tomorrow}T17:00:00`, { id: "swim01" })
    .build();
}

/** Newest first; every subject is there once, but for those of a conversation. */
function mails(now: number): SeedMessage[] {
  const ago = (hours: number): number => now - hours * hourMs;
  const from = (name: string): string => `${name} <${name.toLowerCase()}@example.com>`;
  const draft = { from: alice, to: bob, labels: ["DRAFT"] };
  return [
    { from: from("Bob"), subject: "Which blue?", text: "The second proof survives salt better.", date: ago(1) },
    ...["Harbour boards", "Re: Harbour boards"].map((subject, index) => ({
      ...{ thread: "boards", from: from(index === 0 ? "Carol" : "Bob"), subject, date: ago(9 - index) },
      text: index === 0 ? "The boards are at the printer." : "They come on Thursday, 40 pieces.",
      labels: ["INBOX", "Harbour"],
    })),
    {
      ...{ from: from("Carol"), subject: "Quarterly figures", text: "The draft is attached.", date: ago(20) },
      attachments: [{ filename: "figures.csv", mimeType: "text/csv", content: "item,actual\nTravel,5110\n" }],
    },
    {
      ...{
        from: "Print <billing@print.example>",
        subject: "Invoice 1187",
        date: ago(30),
        labels: ["INBOX", "Invoices"],
      },
      text: "Please pay 1,240.00 euros within 14 days.",
    },
    {
      ...{ from: from("Bob"), subject: "Minutes of the site visit", date: ago(40), labels: ["INBOX"] },
      text: Array.from({ length: 200 }, (_, index) => `Point ${index + 1}: the quay wall was looked at.`).join("\n"),
    },
    { from: "Shop <news@shop.example>", subject: "Autumn sale", text: "Everything must go.", date: ago(50) },
    { from: "Rail <tickets@rail.example>", subject: "Your booking", text: "Coach 12, seat 41.", date: ago(60) },
    { from: "Shop <news@shop.example>", subject: "Summer sale", text: "Gone.", date: ago(80) },
    ...["Offer to the harbour", "Thanks for the visit", "Never mind"].map((subject, index) => ({
      ...{ ...draft, subject, text: "Dear Bob, more on this soon.", date: ago(90 + index) },
    })),
  ];
}
