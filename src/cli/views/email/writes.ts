import type { BatchResult } from "../../../core/batch-result.js";
import { counted } from "../../../core/counted.js";
import type { EmailDraft, SendResult } from "../../../email/outgoing.js";
import { problemBlocks } from "../problems.js";
import { typedView } from "../typed-view.js";
import type { Block, ShowOutput } from "../view.js";
import { dim, fieldsBlock, heading, listed, person, sentence, toneOf } from "../wording.js";
import { subjectOf } from "./lists.js";

/** What became of sending a mail, and what to do where that is not known. */
export const showSend: ShowOutput = typedView<SendResult>(["sendId", "outcome"], (result) => [
  ...outcomeBlocks(result),
  fieldsBlock([
    ["Mail", result.messageId === undefined ? undefined : dim(result.messageId)],
    ["Conversation", result.threadId === undefined ? undefined : dim(result.threadId)],
    ["Sending", dim(result.sendId)],
  ]),
]);

/** A draft that is kept. */
export const showDraft: ShowOutput = typedView<{ draft: EmailDraft }>(["draft"], ({ draft: { id, email } }) => [
  sentence(toneOf("The draft is kept; nobody got it yet.", "good")),
  fieldsBlock([
    ["To", listed(email.to.map(({ name, address }) => person(name, address)))],
    ["Subject", subjectOf(email.subject)],
    ["Draft", dim(id)],
  ]),
  sentence(`Send it: maigic-integrations email draft send ${id}`),
]);

/**
 * What became of many mails.
 *
 * @param done - what was done to them, as in `3 mails were deleted`
 */
export function showMany(done: string): ShowOutput {
  return typedView<BatchResult & { notTried?: readonly string[] }>(["outcomes", "done", "failed"], (result) => {
    const { outcomes, failed, notTried = [] } = result;
    const problems = outcomes.flatMap((outcome) => (outcome.done ? [] : [outcome]));
    const left = counted(notTried.length, "mail was", "mails were");
    return [
      sentence(toneOf(`${counted(result.done, "mail was", "mails were")} ${done}.`, failed === 0 ? "good" : "plain")),
      ...(failed === 0 ? [] : [heading(toneOf(`${counted(failed, "mail")} could not be:`, "bad"))]),
      ...problemBlocks(problems),
      ...(notTried.length === 0 ? [] : [heading(`${left} not tried, since it was stopped before:`)]),
      { kind: "lines", lines: notTried.map(dim), indent: 2 },
    ];
  });
}

function outcomeBlocks({ outcome, sendId }: SendResult): Block[] {
  if (outcome === "sent") return [sentence(toneOf("The mail was sent.", "good"))];
  if (outcome === "not_sent") {
    return [
      heading(toneOf("The mail was not sent: it never left.", "bad")),
      sentence("Sending it again with the same idempotency key sends it, once."),
    ];
  }
  return [
    heading(toneOf("It is not known whether the mail was sent: the service's answer was lost.", "warning")),
    sentence("Do not send it again, or it may arrive twice. What became of it is told a little later by:"),
    { kind: "lines", lines: [`maigic-integrations email settle ${sendId}`], indent: 2 },
  ];
}
