import type { Attendee, Event, PermissionInfo } from "../../../calendar/models.js";
import { longTime } from "../times.js";
import { typedView } from "../typed-view.js";
import type { Block, Line, ShowOutput, ViewContext } from "../view.js";
import { dim, fieldsBlock, listed, person, sentence, toneOf } from "../wording.js";
import { answerMark, answers, longWhenOf, ownTime, titleOf } from "./event-words.js";
import { recurrenceWords } from "./recurrence-words.js";

type Field = readonly [name: string, value: Line | undefined];

/** One event, whole. */
export const showEvent: ShowOutput = typedView<{ event: Event }>(["event"], ({ event }, context) => [
  { kind: "heading", text: titleOf(event) },
  fieldsBlock([
    ...timeFields(event, context),
    ...placeFields(event),
    ...stateFields(event),
    ...idFields(event, context),
  ]),
  ...attendeeBlocks(event),
  ...descriptionBlocks(event),
]);

/** What this account may do with an event, and why not more. */
export const showPermissions: ShowOutput = typedView<{ permissions: PermissionInfo }>(
  ["permissions"],
  ({ permissions: { role, calendarRole, organizer, editors, reasons, ...rights } }) => [
    fieldsBlock([
      ["You are", role],
      ["Access to the calendar", calendarRole],
      ["Organizer", person(organizer.name, organizer.email)],
      ["May be changed by", listed(editors)],
    ]),
    {
      kind: "lines",
      lines: rightNames.map(([name, words]) => [rights[name] ? toneOf("✓", "good") : toneOf("✗", "bad"), ` ${words}`]),
    },
    ...reasons.map((reason): Block => ({ kind: "text", text: reason })),
  ],
);

const rightNames: readonly (readonly [keyof PermissionInfo & `can${string}`, string])[] = [
  ["canEdit", "change it for all"],
  ["canDelete", "delete it"],
  ["canMove", "move it to another calendar"],
  ["canInvite", "invite people"],
  ["canRespond", "answer the invitation"],
  ["canSeeAttendees", "see who is invited"],
];

/** When an event is, for a person to read. */
export function timeFields(event: Event, context: ViewContext): Field[] {
  const [first, ...further] = event.recurrence ? recurrenceWords(event.recurrence, context) : [];
  return [
    ["When", longWhenOf(event, context)],
    ["Own time", ownTime(event, context)],
    ["Repeats", first],
    ...further.map((line): Field => ["", line]),
    ["Next", event.nextOccurrence && longWhenOf(event.nextOccurrence, context)],
  ];
}

function placeFields({ location, conferenceUrl, organizer, myResponse }: Event): Field[] {
  return [
    ["Where", location],
    ["Call", conferenceUrl],
    ["Organizer", `${person(organizer.name, organizer.email)}${organizer.self ? " (you)" : ""}`],
    ["Your answer", myResponse && [answerMark(myResponse), ` ${answers[myResponse]}`]],
  ];
}

function stateFields({ busy, visibility, reminders = [] }: Event): Field[] {
  return [
    ["Shown as", busy ? undefined : "free"],
    ["Visibility", visibility === "default" ? undefined : visibility],
    ["Reminders", reminders.map(({ method, minutesBefore }) => `${method} ${minutesBefore} min before`).join(", ")],
  ];
}

function idFields(event: Event, context: ViewContext): Field[] {
  return [
    ["Changed", event.updatedAt === undefined ? undefined : longTime(event.updatedAt, context)],
    ["Page", event.link === undefined ? undefined : dim(event.link)],
    ["Series", event.seriesId === undefined ? undefined : dim(event.seriesId)],
    ["Calendar", dim(event.calendarId)],
    ["ID", dim(event.id)],
  ];
}

function attendeeBlocks({ attendees, attendeesOmitted }: Event): Block[] {
  const blocks: Block[] = [];
  if (attendees.length > 0) {
    blocks.push({
      kind: "table",
      columns: [
        { title: "" },
        { title: "INVITED", grow: 2, least: 20 },
        { title: "", grow: 1, least: 8 },
        { title: "COMMENT", whole: true },
      ],
      rows: attendees.map((attendee) => [
        answerMark(attendee.response),
        person(attendee.name, attendee.email),
        dim(rolesOf(attendee)),
        attendee.comment ?? "",
      ]),
    });
  }
  if (attendeesOmitted) blocks.push(sentence(toneOf("The service does not show all who are invited.", "warning")));
  return blocks;
}

function rolesOf({ organizer, self, optional, resource }: Attendee): string {
  return [organizer && "organizer", self && "you", optional && "optional", resource && "room or resource"]
    .filter((word) => typeof word === "string")
    .join(", ");
}

function descriptionBlocks({ description = "" }: Event): Block[] {
  return description.trim() === "" ? [] : [{ kind: "text", text: description, indent: 2 }];
}
