import { invalidRecurrence } from "./refusal.js";

/** The parts of a rule by their names, in the order in which they were written. */
export type RuleParts = ReadonlyMap<string, string>;

/** The frequencies that have several dates on a day. */
export const oftenerThanDaily: readonly string[] = ["SECONDLY", "MINUTELY", "HOURLY"];

/** A line that says dates by a rule; EXRULE is of the first iCalendar, and services still take it. */
export interface RuleLine {
  readonly name: "RRULE" | "EXRULE";
  readonly parts: RuleParts;
}

/** A line that lists dates. */
export interface DatesLine {
  readonly name: "RDATE" | "EXDATE";
  /** IANA name or what else the line's TZID says. */
  readonly timeZone: string | undefined;
  /** As they are written: `20261123`, `20261123T090000`, with `Z` for UTC, or a period. */
  readonly stamps: readonly string[];
}

/** One line of a series. */
export type SeriesLine = RuleLine | DatesLine;

/** A line as it came, before anything is made of it. */
export interface Property {
  readonly name: string;
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
}

/** Whether a line is a rule. */
export function isRule(line: SeriesLine): line is RuleLine {
  return line.name === "RRULE" || line.name === "EXRULE";
}

/**
 * The lines of a series that a service or a mail gave. What is no rule and no list of dates says nothing about dates,
 * and is left out.
 *
 * @throws RequestError `request.invalid` for a rule without a frequency
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5
 */
export function readLines(lines: readonly string[]): SeriesLine[] {
  return lines.flatMap((text): SeriesLine[] => {
    const { name, params, value } = readProperty(text);
    if (name === "RRULE" || name === "EXRULE") {
      const parts = readParts(value);
      if (!parts.has("FREQ")) throw invalidRecurrence(text, "has no FREQ");
      return [{ name, parts }];
    }
    if (name !== "RDATE" && name !== "EXDATE") return [];
    const stamps = value.split(",").flatMap((each) => each.trim().toUpperCase() || []);
    return [{ name, timeZone: params.get("TZID"), stamps }];
  });
}

/** A property's name, parameters and value. */
export function readProperty(text: string): Property {
  const [, head = "", value = ""] = /^((?:[^":]|"[^"]*")*):(.*)$/s.exec(text.trim()) ?? [undefined, text.trim()];
  const [name = "", ...params] = head.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  return {
    name: name.toUpperCase(),
    params: new Map(params.map((param) => pairOf(param)).map(([key, said]) => [key, said.replaceAll('"', "")])),
    value,
  };
}

/** The parts of a rule; what is written twice counts as it is written last. */
export function readParts(value: string): RuleParts {
  const parts = value.split(";").filter((part) => part.trim() !== "");
  return new Map(parts.map((part) => pairOf(part)).map(([name, said]) => [name, said.toUpperCase()]));
}

function pairOf(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  if (at < 0) return [text.trim().toUpperCase(), ""];
  return [text.slice(0, at).trim().toUpperCase(), text.slice(at + 1).trim()];
}

/** A rule's value, such as `FREQ=WEEKLY;BYDAY=MO`. */
export function writeParts(parts: RuleParts): string {
  return [...parts].map(([name, value]) => `${name}=${value}`).join(";");
}

/** A line as iCalendar writes it. */
export function writeLine(line: SeriesLine): string {
  if (isRule(line)) return `${line.name}:${writeParts(line.parts)}`;
  const { name, timeZone, stamps } = line;
  const [first = ""] = stamps;
  const params = [
    ...(/^\d{8}$/.test(first) ? ["VALUE=DATE"] : first.includes("/") ? ["VALUE=PERIOD"] : []),
    ...(timeZone !== undefined && !first.endsWith("Z") ? [`TZID=${timeZone}`] : []),
  ];
  return `${[name, ...params].join(";")}:${stamps.join(",")}`;
}

/** A rule with some of its parts changed; undefined takes one away, a new one comes last. */
export function withParts(parts: RuleParts, changes: Readonly<Record<string, string | undefined>>): RuleParts {
  const changed = new Map(parts);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) changed.delete(name);
    else changed.set(name, value);
  }
  return changed;
}
