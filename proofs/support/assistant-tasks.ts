import type { EmailClient } from "maigic-integrations";
import { worldDays, worldFile, type WorldDays } from "./assistant-world.js";

/** What a tool is called with. */
export type TaskArguments = Readonly<Record<string, unknown>>;

/** A call of a task; the second one may need what the first one gave. */
export interface TaskCall {
  readonly tool: string;
  readonly args: TaskArguments | ((earlier: unknown) => TaskArguments);
}

/** Something that a person asks an assistant for. */
export interface AssistantTask {
  readonly name: string;
  readonly calls: readonly [TaskCall] | readonly [TaskCall, TaskCall];
  /** What the last result must say, each of them. */
  readonly expect: readonly string[];
}

/** What the person and the assistant have in front of them when a task begins. */
export interface TaskScene {
  readonly days: WorldDays;
  /** The id of a mail or draft by its subject. */
  readonly idOf: (subject: string) => string;
}

/** How a tool is called. */
export type CallTool = (name: string, args: TaskArguments) => Promise<{ text: string; isError: boolean }>;

/** What is in front of them at first, in a world that began at that moment. @param email - of the profile `work` */
export async function taskScene(email: EmailClient, now: number): Promise<TaskScene> {
  const ids = new Map<string, string>();
  for await (const { subject, id } of email.iterateEmails("in:anywhere")) ids.set(subject, id);
  const { drafts } = await email.listDrafts();
  for (const draft of drafts) ids.set(draft.email.subject, draft.id);
  const idOf = (subject: string): string => {
    const id = ids.get(subject);
    if (id === undefined) throw new TypeError(`There is no mail called ${subject}`);
    return id;
  };
  return { days: worldDays(now), idOf };
}

/** Does a task as an assistant would that makes no mistake. @returns what went wrong, if anything did */
export async function runTask(call: CallTool, task: AssistantTask): Promise<string | undefined> {
  try {
    const text = await lastResult(call, task);
    const lacking = task.expect.find((words) => !text.includes(words));
    return lacking === undefined ? undefined : `${task.name}: there is no ${lacking} in ${text.slice(0, 300)}`;
  } catch (error) {
    return `${task.name}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function lastResult(call: CallTool, { calls }: AssistantTask): Promise<string> {
  let text = "null";
  for (const { tool, args } of calls) {
    const result = await call(tool, typeof args === "function" ? args(JSON.parse(text)) : args);
    if (result.isError) throw new TypeError(`${tool} failed: ${result.text.slice(0, 300)}`);
    text = result.text;
  }
  return text;
}

/** Forty tasks that use every tool. They are done in this order: some take away what others read. */
export function assistantTasks(scene: TaskScene): AssistantTask[] {
  return [
    ...findingMail(),
    ...readingMail(scene),
    ...findingEvents(),
    ...findingTimes(scene),
    ...composing(scene),
    ...organizingMail(scene),
    ...organizingEvents(),
    ...responding(scene),
  ];
}

function findingMail(): AssistantTask[] {
  const find = (action: string, more: TaskArguments = {}): TaskCall => asWork("email_find", action, more);
  return [
    ask("which unread mails are there from Bob", find("search", { query: "from:bob is:unread" }), "Which blue?"),
    ask("which invoices are there", find("recent", { folder: "Invoices", days: 30 }), "Invoice 1187"),
    ask("which drafts did I leave", find("draft.list"), "Offer to the harbour", "Never mind"),
    ask("which folders are there", find("folder.list"), "Invoices", "Harbour"),
    ask("how many mails are unread", find("stats"), "alice@example.com"),
    {
      name: "go on with a list that did not fit",
      calls: [
        find("search", { query: "in:inbox", budget: 500 }),
        {
          tool: "email_find",
          args: (list) => ({ profile: "work", action: "search", cursor: textAt(list, "left_out", 0, "cursor") }),
        },
      ],
      expect: ['"emails":[{'],
    },
    {
      name: "what the newest conversation about the boards says",
      calls: [
        find("threads", { query: "subject:boards" }),
        {
          tool: "email_read",
          args: (found) => ({ profile: "work", action: "thread", id: textAt(found, "threads", 0, "id") }),
        },
      ],
      expect: ["at the printer", "40 pieces"],
    },
    {
      name: "what is new since just now",
      calls: [
        find("changes"),
        {
          tool: "email_find",
          args: (first) => ({ profile: "work", action: "changes", cursor: textAt(first, "cursor") }),
        },
      ],
      expect: ["cursor"],
    },
  ];
}

function readingMail({ idOf }: TaskScene): AssistantTask[] {
  const read = (action: string, more: TaskArguments): TaskCall => asWork("email_read", action, more);
  const figures = idOf("Quarterly figures");
  return [
    {
      name: "what the newest invoice says",
      calls: [
        asWork("email_find", "search", { query: "label:invoices", limit: 1 }),
        {
          tool: "email_read",
          args: (found) => ({ profile: "work", action: "show", id: textAt(found, "emails", 0, "id") }),
        },
      ],
      expect: ["1,240.00 euros"],
    },
    {
      name: "all of a mail that is too long to give at once",
      calls: [
        read("show", { id: idOf("Minutes of the site visit"), budget: 1_000 }),
        {
          tool: "email_read",
          args: (mail) => ({
            ...{ profile: "work", action: "show", budget: 8_000 },
            cursor: textAt(mail, "left_out", 0, "cursor"),
          }),
        },
      ],
      expect: ["Point 200: "],
    },
    ask("which files the figures came with", read("attachments", { id: figures }), "figures.csv"),
    ask("save the figures", read("attachments", { id: figures, save: "figures" }), "figures.csv"),
  ];
}

function findingEvents(): AssistantTask[] {
  const find = (action: string, more: TaskArguments = {}): TaskCall => asWork("calendar_find", action, more);
  return [
    ask("what is on tomorrow", find("agenda", { from: "tomorrow" }), "Dentist", "Standup"),
    ask("what is on at home tomorrow", find("agenda", { profile: "private", from: "tomorrow" }), "Swimming with Lena"),
    ask("what is planned this week", find("events", { from: "today", to: "today+7" }), "Design review"),
    ask("which invitations wait for me", find("invitations"), "Harbour kickoff", "Budget round"),
    ask("which calendars are there", find("calendars"), "Team"),
    ask("when the standup is", find("occurrences", { id: "standup01", to: "today+4" }), "11:30"),
    {
      name: "who has not answered to the design review",
      calls: [
        find("search", { query: "design review" }),
        {
          tool: "calendar_read",
          args: (found) => ({ profile: "work", action: "show", id: textAt(found, "events", 0, "id") }),
        },
      ],
      expect: ["carol@example.com", "no answer"],
    },
    ask("what I may do with it", asWork("calendar_read", "permissions", { id: "kickoff01" }), "organizer"),
  ];
}

function findingTimes({ days }: TaskScene): AssistantTask[] {
  const times = (action: string, more: TaskArguments): TaskCall => asWork("calendar_times", action, more);
  const afternoon = { from: `${days.meetings} 13:00`, to: `${days.meetings} 18:00` };
  const planned = { start: `${days.meetings} 10:15`, minutes: 30 };
  return [
    ask(
      "an hour with Bob in the afternoon",
      times("slots", { people: ["bob@example.com"], minutes: 60, ...afternoon }),
      "15:00",
    ),
    ask("when Carol is busy", times("free", { who: ["carol@example.com"], from: "tomorrow", to: "today+2" }), "14:00"),
    ask("what a meeting would clash with", times("conflicts", planned), "Design review"),
  ];
}

function composing({ idOf }: TaskScene): AssistantTask[] {
  const compose = (action: string, more: TaskArguments): TaskCall => asWork("email_compose", action, more);
  const mail = { to: ["bob@example.com"], subject: "The plan", text: "Here it is." };
  return [
    write("write to Bob", "email.send", compose("send", mail)),
    write("send Bob a file", "email.send", compose("send", { ...mail, attachments: [worldFile.name] })),
    write(
      "answer Bob",
      "email.reply",
      compose("reply", { id: idOf("Which blue?"), all: true, text: "The second one." }),
    ),
    write(
      "pass the figures on",
      "email.forward",
      compose("forward", { id: idOf("Quarterly figures"), to: ["bob@example.com"], text: "See sheet 2." }),
    ),
    write("keep a draft", "email.draft.create", compose("draft.create", { ...mail, subject: "For later" })),
    write("send a draft", "email.draft.send", compose("draft.send", { id: idOf("Thanks for the visit") })),
  ];
}

function organizingMail({ idOf }: TaskScene): AssistantTask[] {
  const organize = (action: string, more: TaskArguments): TaskCall => asWork("email_organize", action, more);
  const sale = [idOf("Autumn sale"), idOf("Summer sale")];
  const booking = { ids: [idOf("Your booking")], add: ["Old"], folder: "archive", read: true };
  return [
    write("file the booking as read", "email.label", organize("label", booking)),
    write("throw the sales away", "email.trash", organize("trash", { ids: sale })),
    write("make a folder", "email.folder.create", organize("folder.create", { name: "Harbour/Offers" })),
    write("drop a draft", "email.draft.delete", organize("draft.delete", { id: idOf("Never mind") })),
  ];
}

function organizingEvents(): AssistantTask[] {
  const organize = (action: string, more: TaskArguments): TaskCall => asWork("calendar_organize", action, more);
  const occurrence = { id: "standup01", scope: "all", location: "Room 2" };
  return [
    write(
      "plan lunch with Bob",
      "calendar.create",
      organize("create", { title: "Lunch", start: "tomorrow 12:30", minutes: 60, attendees: ["bob@example.com"] }),
    ),
    write(
      "ask Carol to the board preparation",
      "calendar.update",
      organize("update", { id: "board01", addAttendees: ["carol@example.com"] }),
    ),
    write("give the standup a room", "calendar.update", organize("update", occurrence)),
    write("cancel the book club", "calendar.delete", organize("delete", { id: "books01" })),
    write(
      "put the dentist into another calendar",
      "calendar.move",
      organize("move", { id: "dentist01", toCalendar: "team@group.calendar.google.com" }),
    ),
  ];
}

function responding({ days }: TaskScene): AssistantTask[] {
  const respond = (action: string, more: TaskArguments): TaskCall => asWork("calendar_respond", action, more);
  const proposal = { id: "budget01", start: `${days.later} 16:00`, end: `${days.later} 17:00` };
  return [
    write("accept the kickoff", "calendar.respond", respond("respond", { id: "kickoff01", answer: "accepted" })),
    write("propose another time for the budget round", "calendar.propose", respond("propose", proposal)),
  ];
}

function ask(name: string, call: TaskCall, ...expect: readonly string[]): AssistantTask {
  return { name, calls: [call], expect };
}

/** A write: what the first call plans, the second one commits. */
function write(name: string, operation: string, plan: TaskCall): AssistantTask {
  const commit = (planned: unknown): TaskArguments => ({
    profile: "work",
    plan: textAt(planned, "plan"),
    hash: textAt(planned, "hash"),
  });
  return { name, calls: [plan, { tool: "commit", args: commit }], expect: [`"committed":"${operation}"`] };
}

function asWork(tool: string, action: string, more: TaskArguments): TaskCall {
  return { tool, args: { profile: "work", action, ...more } };
}

/** A text of a result. */
function textAt(result: unknown, ...path: readonly (string | number)[]): string {
  let value = result;
  for (const step of path) value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  if (typeof value !== "string")
    throw new TypeError(`A result has no ${path.join(".")}: ${JSON.stringify(result).slice(0, 300)}`);
  return value;
}
