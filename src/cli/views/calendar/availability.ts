import type { AvailableSlot, DayAvailability, FreeBusy, SlotPerson } from "../../../calendar/availability-models.js";
import type { CalendarInfo, ConflictInfo } from "../../../calendar/models.js";
import { counted } from "../../../core/counted.js";
import { dayWord } from "../times.js";
import { typedView } from "../typed-view.js";
import type { Block, Line, Row, ShowOutput, Text, ViewContext } from "../view.js";
import { dim, listed, sentence, toneOf } from "../wording.js";
import { clockSpan } from "./event-words.js";

/** The calendars of an account. */
export const showCalendars: ShowOutput = typedView<{ calendars: readonly CalendarInfo[] }>(
  ["calendars"],
  ({ calendars }) => [calendars.length === 0 ? sentence("No calendars.") : calendarTable(calendars)],
);

/** When people are busy. */
export const showFreeBusy: ShowOutput = typedView<{ freeBusy: readonly FreeBusy[] }>(
  ["freeBusy"],
  ({ freeBusy }, context) =>
    freeBusy.length === 0
      ? [sentence("Nobody was asked for.")]
      : freeBusy.flatMap((each): Block[] => [
          { kind: "heading", text: each.who },
          { kind: "lines", lines: busyLines(each, context), indent: 2 },
        ]),
);

/** Times that suit, best first; and where there is none, what is in the way day by day. */
export const showSlots: ShowOutput = typedView<{
  slots: readonly AvailableSlot[];
  days?: readonly DayAvailability[];
}>(["slots"], ({ slots, days = [] }, context) => [
  slots.length === 0 ? sentence("No time suits all who are required.") : slotTable(slots, context),
  ...dayBlocks(days, context),
]);

/** What times clash with. */
export const showConflicts: ShowOutput = typedView<{ conflicts: readonly ConflictInfo[] }>(
  ["conflicts"],
  ({ conflicts }, context) =>
    conflicts.length === 0 ? [sentence(toneOf("No conflicts.", "good"))] : conflictBlocks(conflicts, context),
);

/** Clashes, each with its sentence and the event that it is with. */
export function conflictBlocks(conflicts: readonly ConflictInfo[], context: ViewContext): Block[] {
  if (conflicts.length === 0) return [];
  const rows = conflicts.flatMap((conflict): (readonly [string, Line])[] => [
    [conflictNames[conflict.kind], toneOf(conflict.message, "warning")],
    ...conflictPlace(conflict, context).map((line) => ["", line] as const),
  ]);
  return [{ kind: "fields", rows }];
}

const conflictNames: Readonly<Record<ConflictInfo["kind"], string>> = {
  double_booking: "Double booking",
  attendee_busy: "Busy",
  unreadable: "Not known",
  duplicate: "Duplicate",
};

function conflictPlace({ start, end, event }: ConflictInfo, context: ViewContext): Line[] {
  const time = start === undefined || end === undefined ? [] : [clockSpan(start, end, context)];
  return [...time, ...(event ? [dim(event.id)] : [])];
}

function calendarTable(calendars: readonly CalendarInfo[]): Block {
  return {
    kind: "table",
    columns: [
      { title: "CALENDAR", grow: 1, least: 16 },
      { title: "ACCESS" },
      { title: "TIME ZONE" },
      { title: "ID", whole: true },
    ],
    rows: calendars.map(({ name, primary, selected, accessRole, timeZone, id }) => [
      [name, ...(primary ? [toneOf(" (main)", "accent")] : []), ...(selected ? [] : [dim(" (hidden)")])],
      ...[accessRole, timeZone, dim(id)],
    ]),
  };
}

function busyLines({ status, busy, reason }: FreeBusy, context: ViewContext): Line[] {
  const blocks = busy.map(({ start, end }) => clockSpan(start, end, context));
  if (status === "known") return blocks.length === 0 ? [toneOf("free the whole time", "good")] : blocks;
  const why = reason === undefined ? "" : `: ${reason}`;
  return [toneOf(`not known${why}`, "warning"), ...blocks.map((block) => `${block} is taken`)];
}

function slotTable(slots: readonly AvailableSlot[], context: ViewContext): Block {
  return {
    kind: "table",
    columns: [
      { title: "WHEN" },
      { title: "SCORE", align: "right" },
      { title: "WHO IS NOT FREE", grow: 1, least: 16 },
      { title: "WHY", whole: true },
    ],
    rows: slots.map((slot): Row => [
      clockSpan(slot.start.dateTime, slot.end.dateTime, context),
      slot.score.toFixed(2),
      notFree(slot.people),
      slot.reasons.join(" "),
    ]),
  };
}

function notFree(people: readonly SlotPerson[]): Text[] {
  return people
    .filter(({ state }) => state !== "free")
    .flatMap(({ email, state }, index) => [
      ...(index > 0 ? [", "] : []),
      toneOf(`${listed([email])} ${state.replace("_", " ")}`, "warning"),
    ]);
}

function dayBlocks(days: readonly DayAvailability[], context: ViewContext): Block[] {
  return days.flatMap(({ day, slots, obstacles }): Block[] => [
    {
      kind: "heading",
      text: [dayWord(day.date ?? day.dateTime.slice(0, 10), context), dim(` · ${counted(slots, "time")}`)],
    },
    ...(obstacles.length === 0
      ? []
      : [{ kind: "lines" as const, lines: obstacles.map(({ message }) => message), indent: 2 }]),
  ]);
}
