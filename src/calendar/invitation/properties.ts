import * as v from "valibot";
import { printable, printableLine } from "../../core/printable.js";
import { linesOf, type Component } from "./components.js";

/** A property of a component, such as DTSTART, taken apart. */
export interface Property {
  /** By their names in small letters. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Text, or for a rule what it is made of. */
  readonly value: unknown;
}

/** Reads the properties of a component by name; those that cannot be taken apart are passed over. */
export interface PropertyReader {
  all(component: Component, name: string): Property[];
  first(component: Component, name: string): Property | undefined;
  /** On one line, without control characters; missing when empty. */
  line(component: Component, name: string): string | undefined;
  /** The same with its line breaks. */
  text(component: Component, name: string): string | undefined;
}

/** What comes before a value is looked through several times, so it must not be long. */
const longestHead = 16 * 1024;

const jCal = v.looseTuple([v.string(), v.record(v.string(), v.unknown()), v.string(), v.unknown()]);

/** Loads the reader of properties; needs the optional package ical.js. */
export async function loadPropertyReader(): Promise<PropertyReader> {
  const { default: ical } = await import("ical.js");
  const read = (line: string): Property[] => {
    if (!hasShortHead(line)) return [];
    try {
      const [, parameters, , value] = v.parse(jCal, ical.parse.property(line));
      return [{ parameters, value }];
    } catch {
      return []; // one line that nobody can read does not make the others worthless
    }
  };
  const all = (component: Component, name: string): Property[] =>
    linesOf(component, name).flatMap((line) => read(line));
  const first = (component: Component, name: string): Property | undefined => all(component, name)[0];
  const text = (component: Component, name: string): string | undefined => {
    const value = first(component, name)?.value;
    return typeof value === "string" ? printable(value.replace(/\r\n?/g, "\n")).trim() || undefined : undefined;
  };
  return {
    all,
    first,
    text,
    line: (component, name) => printableLine(text(component, name) ?? "") || undefined,
  };
}

/** A parameter's text on one line; missing when there is none. */
export function parameterOf({ parameters }: Property, name: string): string | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const text = Array.isArray(value) ? (value as unknown[])[0] : value;
  return typeof text === "string" ? printableLine(text) || undefined : undefined;
}

function hasShortHead(line: string): boolean {
  const head = line.slice(0, longestHead).replace(/"[^"]*"/g, "");
  return head.includes(":");
}
