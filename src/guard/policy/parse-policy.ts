import * as v from "valibot";
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from "yaml";
import { integrationError, isIntegrationError } from "../../core/errors.js";
import { printableLine, printableStart } from "../../core/printable.js";
import { requireUserId } from "../../credentials/names.js";
import { fileKeys, fileSchema, profileKeys, profileSchema } from "./policy-schema.js";
import { writeEffects, type Grants } from "./policy.js";

/** What a policy's text says. */
export interface ParsedPolicy {
  readonly attachments: string | undefined;
  readonly profiles: ReadonlyMap<string, Grants>;
}

/** A path of keys and positions in the file. */
type FieldPath = readonly (string | number)[];

/** The text while it is looked at. */
interface Reading {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * Reads a policy's text. It means what it says where it stands: keys twice, aliases, tags and keys that are not known are
 * mistakes.
 *
 * @param file - its path, for messages
 * @throws ConfigurationError `config.invalid_file` naming file, line and field
 * @see https://yaml.org/spec/1.2.2/#103-core-schema
 */
export function parsePolicy(text: string, file: string): ParsedPolicy {
  const reading = readYaml(text, file);
  const content: unknown = reading.document.toJS() ?? {};
  const { attachments, profiles } = checked(reading, fileSchema, content, []);
  const named = Object.entries(profiles).map(([name, value]): [string, Grants] => {
    const path = ["profiles", requireName(reading, name)];
    return [name, checked(reading, profileSchema, value ?? {}, path)];
  });
  return { attachments, profiles: new Map(named) };
}

function readYaml(text: string, file: string): Reading {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    ...{ version: "1.2", schema: "core", merge: false, resolveKnownTags: false },
    ...{ strict: true, uniqueKeys: true, stringKeys: true, prettyErrors: false, lineCounter: lines },
  });
  const reading = { file, document, lines };
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const hint = "Compare it with: npx maigic-integrations policy --example";
    throw mistake(reading, { at: problem.pos[0], problem: `is no plain YAML: ${problem.message}`, hint });
  }
  if (document.directives.yaml.version !== "1.2") {
    throw mistake(reading, {
      at: 0,
      problem: "is not written in YAML 1.2",
      hint: "Remove the line that begins with %.",
    });
  }
  visit(document, {
    Alias: (_, { source, range }) => {
      const hint = "Write out what it stands for.";
      throw mistake(reading, { at: range?.[0] ?? 0, problem: `has the alias *${source}, which is not followed`, hint });
    },
  });
  return reading;
}

/** Parses a part by its schema, whose messages say what to write. @param path - where the part stands */
function checked<T>(reading: Reading, schema: v.GenericSchema<unknown, T>, value: unknown, path: FieldPath): T {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const at = [...path, ...(issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)))];
  if (issue.expected === "never") throw unknownField(reading, at);
  const given = issue.path ? issue.path.at(-1)?.value : value;
  throw wrongField(reading, at, `is ${shown(given)}`, issue.message);
}

function requireName(reading: Reading, name: string): string {
  try {
    return requireUserId(name);
  } catch (cause) {
    if (!isIntegrationError(cause)) throw cause;
    throw wrongField(reading, ["profiles", name], "is no name of a profile", cause.hint, cause);
  }
}

function unknownField(reading: Reading, path: FieldPath): Error {
  const known = path.length === 1 ? fileKeys : path.length === 3 ? profileKeys : writeEffects;
  return wrongField(reading, path, "is not known", `Remove it, or write one of: ${known.join(", ")}.`);
}

function wrongField(reading: Reading, path: FieldPath, problem: string, hint: string, cause?: unknown): Error {
  const field = path.length === 0 ? undefined : nameOf(path);
  const what = `${field === undefined ? "the content" : field} ${problem}`;
  return mistake(reading, { at: offsetOf(reading.document, path), field, problem: what, hint, cause });
}

function mistake(
  { file, lines }: Reading,
  {
    at,
    field,
    problem,
    hint,
    cause,
  }: { at: number; field?: string | undefined; problem: string; hint: string; cause?: unknown },
): Error {
  const line = Math.max(1, lines.linePos(at).line);
  return integrationError("config.invalid_file", {
    message: `${file}, line ${line}: ${printableLine(problem)}.`,
    hint,
    details: { file, line, ...(field !== undefined && { field }) },
    cause,
  });
}

/** Where the last of a path's fields begins that is there. */
function offsetOf({ contents }: Document, path: FieldPath): number {
  let node: unknown = contents;
  let offset = contents?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && each.key.value === key);
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number") {
      node = node.items[key];
      if (isScalar(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** `profiles.work.daily.send`, with names in quotes that have dots or blanks. */
function nameOf(path: FieldPath): string {
  return path.map((key) => (/^[\w@-]+$/.test(String(key)) ? key : JSON.stringify(key))).join(".");
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  return printableStart(JSON.stringify(value), 60);
}
