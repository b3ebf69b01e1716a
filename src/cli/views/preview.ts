import { counted } from "../../core/counted.js";
import type { WritePreview } from "../../core/write-preview.js";
import type { Block, Line, Tone, View, ViewContext } from "./view.js";
import { listed } from "./wording.js";

/** What a write would do, before somebody says yes to it: who gets it, what changes, and whether it can be taken back. */
export function previewView(preview: WritePreview, context: ViewContext): View {
  const { account, recipients, notified, seenIn = [], answersTo = [] } = preview;
  const { occurrences, diff, warnings = [], reversible } = preview;
  const rows: (readonly [string, Line])[] = [["Account", account === "" ? context.profile : account]];
  if (recipients.length > 0) rows.push(["Recipients", listed(recipients)]);
  if (recipients.length + notified.length > 0) rows.push(["Notified", listed(notified) || "nobody"]);
  if (seenIn.length > 0) rows.push(["Seen in", listed(seenIn)]);
  if (answersTo.length > 0) rows.push(["Answers to", listed(answersTo)]);
  if (occurrences !== 1) rows.push(["Touches", counted(occurrences, "occurrence or item", "occurrences or items")]);
  rows.push(["Can be undone", reversible ? "yes" : { text: "no", tone: "warning" }]);
  const blocks: Block[] = [{ kind: "fields", rows }];
  if (diff.length > 0) blocks.push({ kind: "fields", rows: diff.map(diffRow) });
  if (warnings.length > 0) blocks.push({ kind: "fields", rows: warnings.map(warningRow) });
  return blocks;
}

/** What comes and what goes is told apart by its sign. */
function diffRow(line: string): readonly [string, Line] {
  const [, sign, text] = /^([+~=-]) (.*)$/s.exec(line) ?? [];
  // Where a line begins is marked: the middle of a long one, which others wrote, cannot pass for another.
  if (sign === undefined || text === undefined) return ["·", line];
  const tone: Tone = sign === "+" ? "good" : sign === "-" ? "bad" : "plain";
  return [sign, { text, tone }];
}

function warningRow(warning: string): readonly [string, Line] {
  return ["!", { text: warning, tone: "warning" }];
}
