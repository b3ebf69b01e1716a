import { lstat, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { integrationError } from "../core/errors.js";
import { fileMode, requireOwnFile, writeAtomically } from "../credentials/atomic-write.js";
import { changedLines, withVariable } from "./env-text.js";

/** A change of a `.env` file that was not made yet. */
export interface EnvChange {
  readonly file: string;
  /** Its text now; undefined when it is not there. */
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * What setting variables to `true` makes of a `.env` file.
 *
 * @throws ConfigurationError `config.invalid_file` for a link, for what is no file of one's own, and for a text in which it
 * cannot be said
 */
export async function planEnvChange(file: string, variables: readonly string[]): Promise<EnvChange> {
  const before = await readOwn(file);
  let after = before ?? "";
  for (const variable of variables) {
    const changed = withVariable(after, variable, "true");
    if (changed === undefined) {
      throw integrationError("config.invalid_file", {
        message: `${file} has a quote that is never closed, so nothing can be added to it safely.`,
        hint: `Correct it and add ${variable}=true yourself.`,
        details: { file, variable },
      });
    }
    after = changed;
  }
  return { file, before, after };
}

/** The change as people read one: only the lines that differ, since the others may hold secrets. */
export function shownChange({ file, before = "", after }: EnvChange): string {
  const { removed, added } = changedLines(before, after);
  const lines = [...removed.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
  return [file, ...lines.map((line) => `  ${line}`)].join("\n");
}

/**
 * Makes the change: all of it or nothing. The file's mode stays; a new one is its owner's alone.
 *
 * @throws RequestError `request.conflict` when the file was changed meanwhile; ConfigurationError `config.invalid_file`
 */
export async function writeEnvChange({ file, before, after }: EnvChange): Promise<void> {
  if ((await readOwn(file)) !== before) {
    throw integrationError("request.conflict", {
      message: `${basename(file)} was changed meanwhile, and was left as it is.`,
      hint: "Run the setup again.",
      details: { file },
    });
  }
  const mode = before === undefined ? fileMode : (await lstat(file)).mode & 0o7777;
  await writeAtomically(file, after, dirname(file), mode);
}

async function readOwn(file: string): Promise<string | undefined> {
  if (!(await requireOwnFile(file))) return undefined;
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw integrationError("config.invalid_file", {
      message: `${file} cannot be read.`,
      hint: `Make ${file} a text file that you may read.`,
      details: { file },
      cause,
    });
  });
}
