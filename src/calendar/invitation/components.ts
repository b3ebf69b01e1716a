import { integrationError } from "../../core/errors.js";

/** A part of an iCalendar text, such as a VEVENT. */
export interface Component {
  /** In capitals. */
  readonly name: string;
  /** Its own lines, unfolded, by the name in capitals that they begin with. */
  readonly lines: Map<string, string[]>;
  readonly parts: Component[];
}

const largestSize = 1024 * 1024;
/** A year of exceptions fits; no program nests deeper than an alarm in an event in a calendar. */
const mostComponents = 2_000;
const deepest = 8;

/**
 * The outermost parts of an iCalendar text. Lines outside of them are passed over.
 *
 * @param ics - bytes are UTF-8; a line may have been folded within a character
 * @throws RequestError `request.too_large` over 1 MB; `request.invalid` where parts do not begin and end in order
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.1
 */
export function readComponents(ics: string | Uint8Array): Component[] {
  if (ics.length > largestSize) {
    throw integrationError("request.too_large", { message: "An invitation of more than 1 MB is not read." });
  }
  const root: Component = { name: "", lines: new Map(), parts: [] };
  const open = [root];
  let count = 0;
  for (const line of unfold(ics)) {
    const [, edge, part = ""] = /^(BEGIN|END):\s*([\w-]{1,64})\s*$/i.exec(line) ?? [];
    const inside = open.at(-1) ?? root;
    if (edge === undefined) {
      keep(line, inside);
    } else if (edge.toUpperCase() === "BEGIN") {
      const begun: Component = { name: part.toUpperCase(), lines: new Map(), parts: [] };
      if (open.length > deepest || ++count > mostComponents) throw unreadable("has more parts than any calendar mail");
      inside.parts.push(begun);
      open.push(begun);
    } else {
      if (inside.name !== part.toUpperCase()) throw unreadable(`ends a ${part.toUpperCase()} that did not begin`);
      open.pop();
    }
  }
  if (open.length > 1) throw unreadable(`breaks off inside a ${open.at(-1)?.name ?? ""}`);
  return root.parts;
}

function keep(line: string, { lines }: Component): void {
  const name = /^[\w-]{1,64}(?=[:;])/.exec(line)?.[0].toUpperCase();
  if (name === undefined) return;
  const known = lines.get(name);
  if (known) known.push(line);
  else lines.set(name, [line]);
}

/** The lines of a property, as they were written. */
export function linesOf({ lines }: Component, name: string): readonly string[] {
  return lines.get(name) ?? [];
}

function unfold(ics: string | Uint8Array): string[] {
  // As Latin-1, so that a fold within a character does not break it.
  const given = typeof ics === "string" ? ics : Buffer.from(ics).toString("latin1");
  const whole = given.replace(/\r\n?/g, "\n").replace(/\n[ \t]/g, "");
  const text = typeof ics === "string" ? whole : Buffer.from(whole, "latin1").toString("utf8");
  return text.replace(/^\ufeff/, "").split("\n");
}

/** The error for an invitation that cannot be read. @param problem - how its sentence goes on */
export function unreadable(problem: string, facts: { hint?: string; details?: Record<string, unknown> } = {}): Error {
  return integrationError("request.invalid", {
    message: `The invitation ${problem}.`,
    hint: facts.hint ?? "Open the mail in a calendar program, or ask its sender for the invitation again.",
    details: facts.details,
  });
}
