import type { CompletionFlag, CompletionRow } from "./completion-table.js";

/** The script for fish, with what each command and flag means. Where anything may stand, it completes file names. */
export function fishCompletion(rows: readonly CompletionRow[]): string {
  return `# fish completion for maigic-integrations; made by: maigic-integrations completion fish
function __maigic_integrations_at --description "whether the words so far are those of a command"
    set -l path ""
    for word in (commandline -opc)[2..]
        if contains -- (string trim -- "$path $word") $__maigic_integrations_paths
            set path (string trim -- "$path $word")
        end
    end
    test "$path" = "$argv[1]"
end

set -g __maigic_integrations_paths ${rows
    .filter(({ path }) => path !== "")
    .map(({ path }) => quoted(path))
    .join(" ")}

${rows.flatMap(linesOf).join("\n")}
`;
}

function linesOf({ path, commands, choices, flags }: CompletionRow): string[] {
  const complete = `complete -c maigic-integrations -n ${quoted(`__maigic_integrations_at ${quoted(path)}`)}`;
  return [
    ...commands.map(({ word, meaning }) => `${complete} -f -a ${quoted(word)} -d ${quoted(meaning)}`),
    ...choices.map((word) => `${complete} -f -a ${quoted(word)}`),
    ...flags.map((flag) => `${complete} -l ${flag.word.replace(/^--/, "")}${valueOf(flag)} -d ${quoted(flag.meaning)}`),
  ];
}

function valueOf({ takesValue, choices }: CompletionFlag): string {
  if (!takesValue) return "";
  return choices.length === 0 ? " -r" : ` -x -a ${quoted(choices.join(" "))}`;
}

/** In fish's single quotes a backslash escapes itself and the quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
