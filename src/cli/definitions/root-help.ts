import { errorFamilies, errorTable } from "../../core/error-table.js";

/** The commonest commands, for the help of the program. */
export const examples = `Examples:
  maigic-integrations email recent --limit 10
  maigic-integrations email search "from:bob is:unread"
  maigic-integrations email send --to bob@example.com --subject "Lunch?" --text "At noon?"
  maigic-integrations calendar agenda
  maigic-integrations calendar slots bob@example.com
  maigic-integrations mcp --client-config

  maigic-integrations COMMAND --help tells what a command takes; docs/cli.md has everything.`;

/** Exit codes that stand for no error of the table. */
export const ownExitCodes: readonly (readonly [codes: string, meaning: string])[] = [
  ["0", "done"],
  ["1", "bad news: something for the doctor or in the log, an outcome not known, or a question answered with no"],
  ["2", "the command line is wrong"],
  ["129, 130, 143", "stopped: its terminal was closed, by Ctrl-C, or by SIGTERM"],
];

/** What the program can exit with, in a few lines. */
export function exitCodes(): string {
  const families = Object.entries(errorFamilies).map(([family, about]) => [rangeOf(family), `${family}: ${about}`]);
  const rows = [...ownExitCodes, ...families].map(([codes = "", meaning = ""]) => {
    const [sentence = ""] = meaning.split(". ");
    return `  ${codes.padEnd(15)}${sentence.replace(/\.$/, "")}`;
  });
  return ["Exit codes (docs/errors.md has each):", ...rows].join("\n");
}

function rangeOf(family: string): string {
  const rows = Object.entries(errorTable).filter(([code]) => code.startsWith(`${family}.`));
  const codes = rows.map(([, { exitCode }]) => exitCode);
  return `${Math.min(...codes)} to ${Math.max(...codes)}`;
}
