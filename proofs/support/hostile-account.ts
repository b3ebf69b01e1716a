import { createCalendarClient, createEmailClient, timeRange } from "maigic-integrations";
import type { SandboxSeed, SeedMessage } from "maigic-integrations/sandbox";
import { printedBy } from "./command-line.js";
import { hostileText, type HostileText } from "./hostile-texts.js";
import { shown, type Shown } from "./shown-results.js";
import { openWorld, type World } from "./world.js";

/** One result as it is printed, and what must be seen in it. */
export interface HostileResult extends Shown {
  readonly operation: string;
  readonly texts: readonly HostileText[];
  readonly output: unknown;
}

const alice = "alice@example.com";
const pageSize = 100;

/** An account of so many mails and a fifth of events, all of whose texts are hostile, read and shown as commands do. */
export async function* hostileResults(mails: number): AsyncGenerator<HostileResult> {
  const events = Math.ceil(mails / 5);
  await using world = await openWorld(seedOf(mails, events), alice);
  await using email = createEmailClient("google_gmail", world.options);
  await using calendar = createCalendarClient("google_calendar", world.options);
  const result = async (operation: string, output: unknown, texts: HostileText[]): Promise<HostileResult> => ({
    ...{ operation, output, texts },
    ...(await shown(operation, output)),
  });
  let cursor: string | undefined;
  do {
    const call = { limit: pageSize, includeBody: true, ...(cursor !== undefined && { cursor }) };
    const page = await email.searchEmails("in:anywhere", call);
    const numbers = page.emails.map(({ messageId = "" }) => Number(/\d+/.exec(messageId)?.[0]));
    yield result(
      "email.search",
      page,
      numbers.flatMap((number) => textsOf(["subject", "name"], number)),
    );
    for (const [index, mail] of page.emails.entries()) {
      const texts = textsOf(["subject", "name", "body", "file"], numbers[index] ?? 0);
      yield result("email.show", { email: mail }, texts);
      yield result("acme.unknown", { snippets: [{ subject: mail.subject, snippet: mail.snippet }] }, texts.slice(0, 1));
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  const found = await calendar.getEvents(timeRange.next({ days: 3, timeZone: "UTC" }));
  const numbers = found.map(({ iCalUid }) => Number(/\d+/.exec(iCalUid)?.[0]));
  const list = { events: found, failures: [] };
  const titles = numbers.flatMap((number) => textsOf(["title", "place"], number));
  yield result("calendar.agenda", list, titles);
  yield result("calendar.events", list, titles);
  for (const [index, event] of found.entries()) {
    const texts = textsOf(["title", "place", "about", "guest", "comment"], numbers[index] ?? 0);
    yield result("calendar.show", { event }, texts);
  }
  yield result("calendar.calendars", { calendars: await calendar.getCalendars() }, textsOf(["calendar"], 1));
  yield* commandLines(world, mails, numbers);
}

/** So many mails are also shown by commands of their own. */
const shownByCommand = 20;

/** The same through the whole command line: what it writes to both of its streams. */
async function* commandLines(world: World, mails: number, events: readonly number[]): AsyncGenerator<HostileResult> {
  const all = Array.from({ length: Math.min(mails, 500) }, (_, number) => number);
  const texts = all.flatMap((number) => textsOf(["subject", "name"], number));
  const listed = await commandLine(world, ["email", "search", "in:anywhere", "--limit", `${all.length}`], texts);
  yield listed;
  const titles = events.flatMap((number) => textsOf(["title", "place"], number));
  yield await commandLine(world, ["calendar", "agenda", "--days", "3"], titles);
  const { emails } = listed.output as { emails: { id: string }[] };
  for (const [number, { id }] of emails.slice(0, shownByCommand).entries()) {
    yield await commandLine(world, ["email", "show", id], textsOf(["subject", "name", "body", "file"], number));
  }
}

async function commandLine(world: World, args: readonly string[], texts: HostileText[]): Promise<HostileResult> {
  const human = await printedBy(world, args);
  const verbose = await printedBy(world, [...args, "--verbose"]);
  const json = await printedBy(world, [...args, "--json"]);
  const codes = [human, verbose, json].map(({ code }) => code);
  if (codes.some((code) => code !== 0)) throw new Error(`${args.join(" ")} ended with ${codes.join(", ")}`);
  return {
    operation: args.join(" "),
    texts,
    human: human.stdout + human.stderr,
    narrow: verbose.stdout + verbose.stderr,
    json: json.stdout,
    output: JSON.parse(json.stdout),
  };
}

function textsOf(names: readonly string[], number: number): HostileText[] {
  return names.map((name) => hostileText(name, number));
}

function seedOf(mails: number, events: number): SandboxSeed {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const raw = (name: string, number: number): string => hostileText(name, number).raw;
  const start = Date.now() + 3_600_000;
  const time = (number: number): Record<string, string> => ({
    dateTime: new Date(start + number * 60_000).toISOString(),
  });
  return {
    users: [
      {
        email: alice,
        messages: numbers(mails).map(messageOf),
        calendars: [
          {
            events: numbers(events).map((number) => ({
              iCalUID: `${number}@proof.example`,
              ...{ summary: raw("title", number), location: raw("place", number), description: raw("about", number) },
              ...{ start: time(number), end: time(number + 30) },
              attendees: [
                { email: alice, responseStatus: "needsAction" },
                { email: "bob@elsewhere.example", displayName: raw("guest", number), comment: raw("comment", number) },
              ],
            })),
          },
          { id: "hostile@group.calendar.google.com", summary: raw("calendar", 1) },
        ],
      },
    ],
  };
}

/** A mail as an attacker writes it: what no header may hold is in encoded words. */
function messageOf(number: number): SeedMessage {
  const word = (name: string): string => `=?utf-8?B?${base64(hostileText(name, number).raw)}?=`;
  const lines = [
    `From: ${word("name")} <mallory@evil.example>`,
    `To: ${alice}`,
    `Subject: ${word("subject")}`,
    `Message-ID: <${number}@proof.example>`,
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    base64(hostileText("body", number).raw),
    "--b",
    "Content-Type: text/plain",
    `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(hostileText("file", number).raw)}`,
    "",
    "x",
    "--b--",
  ];
  return { raw: lines.join("\r\n"), date: Date.now() - number * 60_000 };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
