import pc from "picocolors";
import type { Event } from "../calendar/index.js";
import { fit } from "../core/display-width.js";
import { table } from "./text-table.js";
import type { Email } from "../email/index.js";
import type { DemoFacts } from "./run-demo.js";

/** What the demo did, for a person to read: as wide as a terminal of `width` columns, and in colours where they are shown. */
export function demoReport(facts: DemoFacts, look: { width: number | undefined; colour: boolean }): string {
  const { account, created, invitation } = facts;
  const wide = Math.max(60, Math.min(look.width ?? 100, 120));
  const { bold, green, red } = pc.createColors(look.colour);
  const mark = (proven: boolean): string => (proven ? green("✓") : red("✗"));
  const section = (title: string, lines: readonly string[]): string =>
    [bold(title), ...lines.map((line) => `  ${line.replaceAll("\n", "\n  ")}`)].join("\n");
  return [
    section("Integrations", integrations(facts)),
    section(`Mailbox of ${account.address}`, mailbox(facts)),
    section("The ten most recent mails", mails(facts.recentEmails, wide)),
    section(`Search: ${facts.search.query}`, mails(facts.search.emails, wide)),
    section("The next seven days", eventLines(facts.events, wide)),
    section("A new event, created and read back", [
      `${mark(created.readBack.title === created.event.title)} ${when(created.readBack)}  ${created.readBack.title}`,
      `  invited: ${created.readBack.attendees.map(({ email, response }) => `${email} (${answer(response)})`).join(", ")}`,
    ]),
    section("An invitation, answered and read back", [
      `${mark(invitation.readBack.myResponse === "accepted")} ${when(invitation.readBack)}  ${invitation.readBack.title}`,
      `  you: ${answer(invitation.before.myResponse)} → ${answer(invitation.readBack.myResponse)}; told: ${invitation.answered.notified.join(", ")}`,
      `  everybody else as before: ${others(invitation.before) === others(invitation.readBack) ? "yes" : "no"}`,
    ]),
    section("Times", [
      Object.entries(facts.timingsMs)
        .map(([name, ms]) => `${name} ${ms} ms`)
        .join(" · "),
    ]),
    "All of this went through the package's public API. With a client file of your own and without the sandbox's\naddress the same code talks to Google: see README.md.",
  ].join("\n\n");
}

function integrations({ integrations }: DemoFacts): string[] {
  const rows = Object.values(integrations).map((info) => [
    info.name,
    info.kind,
    info.available ? "installed" : "not installed",
    info.enabled ? "enabled" : "disabled",
  ]);
  return [table(["SERVICE", "KIND", "PACKAGES", "STATE"], rows)];
}

function mailbox({ account }: DemoFacts): string[] {
  const labels = account.folders.filter(({ kind }) => kind === "label");
  return [
    `${account.unreadCount} unread in the inbox · ${account.totalMessages} mails in ${account.totalThreads} threads`,
    `labels: ${labels.map(({ name, totalMessages }) => `${name} (${totalMessages})`).join(", ") || "none"}`,
  ];
}

function mails(emails: readonly Email[], columns: number): string[] {
  if (emails.length === 0) return ["nothing found"];
  const rows = emails.map((email) => [
    email.unread ? "●" : "",
    localTime(email.receivedAt),
    fit(email.from?.name ?? email.from?.address ?? "", 22),
    fit(email.subject || "(no subject)", columns - 50),
  ]);
  return [table(["", "RECEIVED", "FROM", "SUBJECT"], rows)];
}

function eventLines(events: readonly Event[], columns: number): string[] {
  const rows = events.map((event) => [
    when(event),
    fit(event.title, columns - 52),
    event.myResponse === undefined ? "" : answer(event.myResponse),
  ]);
  return [table(["WHEN", "EVENT", "YOUR ANSWER"], rows)];
}

function when({ start, end }: Event): string {
  if (start.date !== undefined) {
    const lastDay = end.date === undefined ? start.date : dayBefore(end.date);
    const day = weekday.format(new Date(`${start.date}T12:00:00Z`));
    return lastDay === start.date ? `${day}, all day` : `${day} to ${weekday.format(new Date(`${lastDay}T12:00:00Z`))}`;
  }
  const until = end.dateTime === undefined ? "" : `–${end.dateTime.slice(11, 16)}`;
  return `${weekday.format(new Date(`${start.dateTime.slice(0, 10)}T12:00:00Z`))} ${start.dateTime.slice(11, 16)}${until}`;
}

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "2-digit", month: "short", timeZone: "UTC" });
const local = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "2-digit",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

function localTime(instant: string): string {
  return local.format(new Date(instant)).replaceAll(",", "");
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

function answer(response: Event["myResponse"]): string {
  return response === "needsAction" ? "not answered" : (response ?? "not invited");
}

function others(event: Event): string {
  return JSON.stringify(event.attendees.filter(({ self }) => !self));
}
