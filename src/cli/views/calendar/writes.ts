import type { CalendarChangePage, EventChange, UpdateResult } from "../../../calendar/models.js";
import { changePageEnd } from "../change-page.js";
import { typedView } from "../typed-view.js";
import type { Block, Line, ShowOutput, ViewContext } from "../view.js";
import { dim, fieldsBlock, listed, sentence, toneOf } from "../wording.js";
import { conflictBlocks } from "./availability.js";
import { timeFields } from "./event.js";
import { failureBlocks } from "./event-lists.js";
import { answers, titleOf, whenOf } from "./event-words.js";

/**
 * What a write did to an event.
 *
 * @param done - what was done, as in `The event was created.`
 */
export function showWrite(done: string): ShowOutput {
  return typedView<UpdateResult>(["event", "notified", "conflicts"], (result, context) => [
    sentence(toneOf(`The event was ${done}.`, "good")),
    ...eventBlocks(result, context),
  ]);
}

/** What an answer to an invitation is now. */
export const showAnswer: ShowOutput = typedView<UpdateResult>(["event", "notified"], (result, context) => {
  const { myResponse } = result.event;
  const now = myResponse === undefined ? "The invitation was answered." : `Your answer: ${answers[myResponse]}.`;
  return [sentence(toneOf(now, "good")), ...eventBlocks(result, context)];
});

/** How a proposal of another time reached the organizer. */
export const showProposal: ShowOutput = typedView<UpdateResult>(["event", "notified"], (result, context) => {
  const isComment = result.delivery?.how === "comment";
  const how = isComment
    ? "The organizer got your proposal as a comment beside a tentative answer."
    : "The organizer got your proposal.";
  return [sentence(toneOf(how, "good")), ...eventBlocks(result, context)];
});

/** What changed in calendars. */
export const showChanges: ShowOutput = typedView<CalendarChangePage>(
  ["changes", "cursor", "failures", "resetCalendars"],
  (page, context) => [
    ...(page.changes.length === 0 ? [sentence("No event changed.")] : [changeTable(page.changes, context)]),
    ...failureBlocks(page.failures),
    ...changePageEnd(page, page.resetCalendars.length === 0 ? "calendar" : `event of ${listed(page.resetCalendars)}`),
  ],
);

function eventBlocks(
  { event, notified, conflicts, endedSeries, delivery }: UpdateResult,
  context: ViewContext,
): Block[] {
  return [
    fieldsBlock([
      ["Event", titleOf(event)],
      ...timeFields(event, context),
      ["Told", delivery?.text],
      ["Notified", listed(notified) || "nobody"],
      ["Ended series", endedSeries && dim(endedSeries.id)],
      ["Calendar", dim(event.calendarId)],
      ["ID", dim(event.id)],
    ]),
    ...conflictBlocks(conflicts, context),
  ];
}

function changeTable(changes: readonly EventChange[], context: ViewContext): Block {
  return {
    kind: "table",
    columns: [
      { title: "CHANGE" },
      { title: "WHEN" },
      { title: "EVENT", grow: 1, least: 16 },
      { title: "ID", whole: true },
      { title: "CALENDAR", whole: true },
    ],
    rows: changes.map((change) => [
      change.type === "changed" ? "changed" : toneOf("removed", "bad"),
      ...whatChanged(change, context),
      dim(change.id),
      dim(change.calendarId),
    ]),
  };
}

function whatChanged(change: EventChange, context: ViewContext): [when: Line, event: Line] {
  if (change.type === "changed") return [whenOf(change.event, context), titleOf(change.event)];
  const { originalStart, seriesId } = change;
  const when = originalStart ? whenOf({ start: originalStart, end: originalStart }, context) : "";
  return [when, seriesId === undefined ? "" : dim(`of the series ${seriesId}`)];
}
