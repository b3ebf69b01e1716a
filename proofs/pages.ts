import { createCalendarClient, createEmailClient } from "maigic-integrations";
import type { SandboxSeed } from "maigic-integrations/sandbox";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld, type World } from "./support/world.js";

export const name = "pages";
export const claim = "every mail and every event is read to the last page, in order, and none twice";

const user = "alice@example.com";
const firstMs = Date.parse("2026-01-05T08:00:00Z");
const minuteMs = 60_000;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  // Google gives at most 500 mails and 2,500 events a page: the small run has two pages of each.
  const size = full ? { mails: 1234, events: 3000 } : { mails: 501, events: 2501 };
  const searched = full ? size.mails : 60;
  await using world = await openWorld(seedOf(size), user);
  const mails = await readMails(world);
  const events = await readEvents(world);
  const byCursor = await readByCursor(world, size.mails - searched);
  const wanted = { mails: names("Mail", size.mails).reverse(), events: names("Event", size.events) };
  const holds =
    same(mails, wanted.mails) && same(events, wanted.events) && same(byCursor, wanted.mails.slice(0, searched));
  return outcome(
    {
      figure: `${mails.length} mails, ${byCursor.length} by cursor, ${events.length} events`,
      target: `${size.mails} mails newest first, ${searched} by cursor, ${size.events} events by start, each once`,
      holds,
    },
    {
      "a page of mails that the service kept back": !same(await withoutSecondPage(world, "mails"), wanted.mails),
      "a page of events that the service kept back": !same(await withoutSecondPage(world, "events"), wanted.events),
      "a mail twice": !same([...mails, mails[0] ?? ""], wanted.mails),
      "two events that changed places": !same(swapped(events), wanted.events),
    },
  );
}

function seedOf(size: { mails: number; events: number }): SandboxSeed {
  const at = (index: number): string => new Date(firstMs + index * minuteMs).toISOString();
  return {
    users: [
      {
        email: user,
        messages: names("Mail", size.mails).map((subject, index) => ({
          from: "bob@example.com",
          to: user,
          subject,
          text: "Text",
          date: at(index),
        })),
        calendars: [
          {
            events: names("Event", size.events).map((summary, index) => ({
              summary,
              start: { dateTime: at(index) },
              end: { dateTime: at(index + 1) },
            })),
          },
        ],
      },
    ],
  };
}

function names(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${kind} ${index + 1}`);
}

async function readMails({ options }: World): Promise<string[]> {
  await using client = createEmailClient("google_gmail", options);
  return (await client.getEmails()).map(({ subject }) => subject);
}

/** What a search finds by its cursors, in pages of 25, leaving out the oldest mails. */
async function readByCursor({ options }: World, leftOut: number): Promise<string[]> {
  await using client = createEmailClient("google_gmail", options);
  const subjects: string[] = [];
  const query = `in:inbox after:${(firstMs + leftOut * minuteMs) / 1000 - 1}`;
  let cursor: string | undefined;
  do {
    const page = await client.searchEmails(query, { limit: 25, ...(cursor !== undefined && { cursor }) });
    subjects.push(...page.emails.map(({ subject }) => subject));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return subjects;
}

async function readEvents({ options }: World): Promise<string[]> {
  await using client = createCalendarClient("google_calendar", options);
  const range = { start: new Date(firstMs - minuteMs), end: new Date(firstMs + 10_000 * minuteMs) };
  return (await client.getEvents(range)).map(({ title }) => title);
}

/** What is read of a service that forgets to say that there is more. */
async function withoutSecondPage(world: World, kind: "mails" | "events"): Promise<string[]> {
  const [method, path] =
    kind === "mails"
      ? ["gmail.users.messages.list", "/gmail/v1/users/me/messages?maxResults=500&labelIds=INBOX"]
      : [
          "calendar.events.list",
          "/calendar/v3/calendars/primary/events?maxResults=2500&singleEvents=true&orderBy=startTime",
        ];
  const service = kind === "mails" ? "google_gmail" : "google_calendar";
  const token = await world.credentials.getAccessToken(service);
  const answer = await fetch(world.sandbox.url + path, { headers: { authorization: `Bearer ${token.reveal()}` } });
  const { nextPageToken, ...page } = (await answer.json()) as { nextPageToken?: string };
  if (nextPageToken === undefined) throw new RangeError(`The ${kind} fit on one page: this shows nothing.`);
  world.sandbox.failNext({ method, respond: { status: 200, body: page } });
  return kind === "mails" ? readMails(world) : readEvents(world);
}

function swapped([first = "", second = "", ...rest]: readonly string[]): string[] {
  return [second, first, ...rest];
}

function same(found: readonly string[], wanted: readonly string[]): boolean {
  return found.length === wanted.length && found.every((each, index) => each === wanted[index]);
}
