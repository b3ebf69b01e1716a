import type { SandboxSeed } from "maigic-integrations/sandbox";
import type { Held, Wire } from "./sandbox-watch.js";

/** Whose accounts there are: an assistant's person, somebody whom one profile's policy names, and one whom none does. */
export const people = { alice: "alice@example.com", bob: "bob@example.com", mallory: "mallory@evil.example" } as const;

const { alice, bob } = people;

/** Kinds of writes. Those from `reply` on need something that is there, which each of them uses up. */
export type WriteKind = MailKind | EventKind;

type MailKind = "mail" | "file" | "draft" | "reply" | "label" | "trash" | "redraft" | "sendDraft" | "dropDraft";
type EventKind = "meeting" | "retitle" | "cancel" | "respond";

/** All of them. */
export const writeKinds: readonly WriteKind[] = [
  ...(["mail", "file", "draft", "meeting"] as const),
  ...(["reply", "label", "trash", "redraft", "sendDraft", "dropDraft", "retitle", "cancel", "respond"] as const),
];

/** A write that an assistant asks for, and how the sandbox shows that it was done. */
export interface AskedWrite {
  readonly kind: WriteKind;
  readonly tool: string;
  /** Arguments but for the profile. */
  readonly args: Wire;
  /** What a person sees of it who is asked. */
  readonly shows: string;
  /** The requests that do it. */
  readonly asks: readonly string[];
  /** How many times a sandbox holds what it does. */
  readonly held: (held: Held) => number;
}

/** The label that mails get. */
export const labelName = "Marked";

/** A file below the folder for attachments that a write sends. */
export function fileNameOf(number: number): string {
  return `figures-${number}.csv`;
}

/** The name of the thing that a write is about, or makes; no other one begins with it. */
export function nameOf(kind: WriteKind, number: number): string {
  return `${kind} no ${number}.`;
}

/** Where things are that writes are about. */
export interface Places {
  /** The id of a draft with that subject. */
  draft(subject: string): string;
  /** The id of a mail in Alice's mailbox with that subject. */
  mail(subject: string): string;
}

type Told = Omit<AskedWrite, "kind">;

/** The write of a kind and number. @param to - whom it reaches, if anybody */
export function askedWrite(kind: WriteKind, number: number, places: Places, to: string = bob): AskedWrite {
  const name = nameOf(kind, number);
  const told = kind in mailWrites ? mailWrites[kind as MailKind] : eventWrites[kind as EventKind];
  return { kind, ...told({ name, number, places, to }) };
}

interface Asked {
  readonly name: string;
  readonly number: number;
  readonly places: Places;
  readonly to: string;
}

const sending = ["gmail.users.drafts.create", "gmail.users.drafts.send"];
const text = "The numbers.";
const arrived =
  (to: string, subject: string) =>
  (held: Held): number =>
    count(held.messages(to), (mail) => subjectOf(mail) === subject);
const own =
  (subject: string, label: string) =>
  (held: Held): number =>
    count(held.messages(alice), (mail) => subjectOf(mail) === subject && labelsOf(mail).includes(label));

const mailWrites: Readonly<Record<MailKind, (asked: Asked) => Told>> = {
  mail: ({ name, to }) => ({
    ...composed({ action: "send", to: [to], subject: name, text }, name, sending),
    held: arrived(to, name),
  }),
  file: ({ name, to, number }) => ({
    ...composed({ action: "send", to: [to], subject: name, text, attachments: [fileNameOf(number)] }, name, sending),
    held: arrived(to, name),
  }),
  draft: ({ name, to }) => ({
    ...composed({ action: "draft.create", to: [to], subject: name, text }, name, sending.slice(0, 1)),
    held: own(name, "DRAFT"),
  }),
  reply: ({ name, places }) => ({
    ...composed({ action: "reply", id: places.mail(name), text: `So be it, ${name}` }, name, sending),
    held: arrived(bob, `Re: ${name}`),
  }),
  redraft: ({ name, to, places }) => {
    const subject = `${name} again`;
    const args = { action: "draft.update", id: places.draft(name), to: [to], subject, text };
    return { ...composed(args, subject, ["gmail.users.drafts.update"]), held: own(subject, "DRAFT") };
  },
  sendDraft: ({ name, places }) => ({
    ...composed({ action: "draft.send", id: places.draft(name) }, places.draft(name), sending.slice(1)),
    held: arrived(bob, name),
  }),
  dropDraft: ({ name, places }) => ({
    ...organized({ action: "draft.delete", id: places.draft(name) }, "gmail.users.drafts.delete"),
    held: (held) => 1 - own(name, "DRAFT")(held),
  }),
  label: ({ name, places }) => ({
    ...organized({ action: "label", ids: [places.mail(name)], add: [labelName] }, "gmail.users.messages.modify"),
    held: (held) => count(held.messages(alice), (mail) => subjectOf(mail) === name && labelsOf(mail).length === 3),
  }),
  trash: ({ name, places }) => ({
    ...organized({ action: "trash", ids: [places.mail(name)] }, "gmail.users.messages.modify"),
    held: own(name, "TRASH"),
  }),
};

const titled =
  (title: string) =>
  (held: Held): number =>
    Math.max(...[alice, bob].map((user) => count(held.events(user), (event) => event["summary"] === title)));

const eventWrites: Readonly<Record<EventKind, (asked: Asked) => Told>> = {
  meeting: ({ name, to, number }) => ({
    ...arranged({ action: "create", title: name, ...times(number, 200), attendees: [to] }, name, "insert"),
    held: titled(name),
  }),
  retitle: ({ name, number }) => {
    const title = `${name} again`;
    return {
      ...arranged({ action: "update", id: eventId("retitle", number), title }, title, "update"),
      held: titled(title),
    };
  },
  cancel: ({ number }) => {
    const id = eventId("cancel", number);
    const isThere = (event: Wire): boolean => event["id"] === id && event["status"] !== "cancelled";
    return {
      ...arranged({ action: "delete", id }, id, "delete"),
      held: (held) => 1 - count(held.events(alice), isThere),
    };
  },
  respond: ({ name, number }) => {
    const id = eventId("respond", number);
    return {
      ...arranged({ action: "respond", id, answer: "accepted", comment: name }, name, "update"),
      tool: "calendar_respond",
      held: (held) => count(held.events(bob).flatMap(guestsOf), (guest) => guest["comment"] === name),
    };
  },
};

function composed(args: Wire, shows: string, asks: readonly string[]): Omit<Told, "held"> {
  return { tool: "email_compose", args, shows, asks };
}

function organized(args: Wire, asks: string): Omit<Told, "held"> {
  return { tool: "email_organize", args, shows: String([args["id"] ?? args["ids"]].flat()[0]), asks: [asks] };
}

function arranged(args: Wire, shows: string, asks: string): Omit<Told, "held"> {
  return { tool: "calendar_organize", args, shows, asks: [`calendar.events.${asks}`] };
}

function count(all: readonly Wire[], isMeant: (one: Wire) => boolean): number {
  return all.filter(isMeant).length;
}

/** A mail's subject as its headers say it. */
export function subjectOf(mail: Wire): string {
  const { headers = [] } = (mail["payload"] ?? {}) as { headers?: { name: string; value: string }[] };
  return headers.find((header) => header.name === "Subject")?.value ?? "";
}

function labelsOf(mail: Wire): string[] {
  return (mail["labelIds"] ?? []) as string[];
}

function guestsOf(event: Wire): Wire[] {
  return (event["attendees"] ?? []) as Wire[];
}

/** An event's id, as Google permits one. */
export function eventId(kind: "retitle" | "cancel" | "respond", number: number): string {
  return `${{ retitle: "r", cancel: "c", respond: "a" }[kind]}0000${number}`;
}

/** A quarter of an hour that no other one has. */
function times(number: number, day: number): { start: string; end: string } {
  const at = Date.parse("2027-03-01T00:00:00Z") + day * 86_400_000 + number * 1_800_000;
  const [start = "", end = ""] = [at, at + 900_000].map((ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`);
  return { start, end };
}

/** A world with so many things for each kind of write that needs one. */
export function seedOf(each: number): SandboxSeed {
  const numbers = Array.from({ length: each }, (_, number) => number);
  const mails = (kind: WriteKind, more: object): object[] =>
    numbers.map((number) => ({ from: bob, to: alice, subject: nameOf(kind, number), text, ...more }));
  const events = (kind: "retitle" | "cancel" | "respond", day: number, organizer: string, guest: string) =>
    numbers.map((number) => ({
      ...{ id: eventId(kind, number), summary: nameOf(kind, number) },
      start: { dateTime: times(number, day).start, timeZone: "UTC" },
      end: { dateTime: times(number, day).end, timeZone: "UTC" },
      attendees: [
        { email: organizer, organizer: true, responseStatus: "accepted" },
        { email: guest, responseStatus: "needsAction" },
      ],
    }));
  const draft = { from: alice, to: bob, labels: ["DRAFT"] };
  const messages = [
    ...[...mails("reply", {}), ...mails("label", {}), ...mails("trash", {})],
    ...[...mails("redraft", draft), ...mails("sendDraft", draft), ...mails("dropDraft", draft)],
  ];
  const ownEvents = [...events("retitle", 0, alice, bob), ...events("cancel", 50, alice, bob)];
  return {
    users: [
      { email: alice, labels: [labelName], messages, calendars: [{ events: ownEvents }] },
      { email: bob, calendars: [{ events: events("respond", 100, bob, alice) }] },
      { email: people.mallory },
    ],
  };
}
