import type { CompletionRow } from "./completion-table.js";
import { quoted } from "./shell-words.js";

/** The script for bash. Where anything may stand, bash completes file names as always. */
export function bashCompletion(rows: readonly CompletionRow[]): string {
  return `# bash completion for maigic-integrations; made by: maigic-integrations completion bash
_maigic_integrations() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " $(_maigic_integrations_commands "$path") " in
      *" $word "*) path="\${path:+$path }$word" ;;
    esac
  done
  COMPREPLY=()
  local choices
  if choices="$(_maigic_integrations_choices "$path" "$previous")"; then
    COMPREPLY=($(compgen -W "$choices" -- "$current"))
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$(_maigic_integrations_flags "$path")" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$(_maigic_integrations_commands "$path")" -- "$current"))
  fi
}

_maigic_integrations_commands() {
  case "$1" in
${lines(rows, ({ commands, choices }) => [...commands.map(({ word }) => word), ...choices])}
  esac
}

_maigic_integrations_flags() {
  case "$1" in
${lines(rows, ({ flags }) => flags.map(({ word }) => word))}
  esac
}

# Fails unless the word before is a flag that takes a value.
_maigic_integrations_choices() {
  case "$1 $2" in
${valueLines(rows)}
    *) return 1 ;;
  esac
}

complete -o default -F _maigic_integrations maigic-integrations
`;
}

function lines(rows: readonly CompletionRow[], wordsOf: (row: CompletionRow) => readonly string[]): string {
  return rows
    .map((row) => [row.path, wordsOf(row)] as const)
    .filter(([, words]) => words.length > 0)
    .map(([path, words]) => `    ${quoted(path)}) echo ${quoted(words.join(" "))} ;;`)
    .join("\n");
}

function valueLines(rows: readonly CompletionRow[]): string {
  return rows
    .flatMap(({ path, flags }) =>
      flags
        .filter(({ takesValue }) => takesValue)
        .map(({ word, choices }) => `    ${quoted(`${path} ${word}`)}) echo ${quoted(choices.join(" "))} ;;`),
    )
    .join("\n");
}
