import type { Command, Option } from "commander";

/** A word that can come next, and what it means. */
export interface CompletionWord {
  readonly word: string;
  readonly meaning: string;
}

/** A flag of a command. */
export interface CompletionFlag extends CompletionWord {
  /** Whether another word belongs to it. */
  readonly takesValue: boolean;
  /** The words that may be; empty: any. */
  readonly choices: readonly string[];
}

/** What can follow the words of a command. */
export interface CompletionRow {
  /** The words below the program's name, with spaces between; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly CompletionWord[];
  readonly flags: readonly CompletionFlag[];
  /** What may stand in its first place without a flag; empty: anything. */
  readonly choices: readonly string[];
}

/** All commands of a program, with what can follow each: what the scripts of all shells are made of. */
export function completionTable(program: Command): CompletionRow[] {
  return rowsBelow(program, "");
}

function rowsBelow(command: Command, path: string): CompletionRow[] {
  const help = { word: "--help", meaning: "what is possible", takesValue: false, choices: [] };
  const row: CompletionRow = {
    path,
    commands: command.commands.map((each) => ({ word: each.name(), meaning: meaningOf(each) })),
    flags: [...command.options.filter(({ hidden }) => !hidden).map(flagOf), help],
    choices: command.registeredArguments[0]?.argChoices ?? [],
  };
  return [row, ...command.commands.flatMap((each) => rowsBelow(each, `${path} ${each.name()}`.trim()))];
}

function meaningOf(command: Command): string {
  return command.description() || command.commands.map((each) => each.name()).join(", ");
}

function flagOf(option: Option): CompletionFlag {
  return {
    word: option.long ?? option.flags,
    meaning: option.description,
    takesValue: option.required,
    choices: option.argChoices ?? [],
  };
}
