import type { CompletionRow, CompletionWord } from "./completion-table.js";
import { quoted } from "./shell-words.js";

/** The script for zsh, with what each command and flag means. Where anything may stand, it completes file names. */
export function zshCompletion(rows: readonly CompletionRow[]): string {
  return `#compdef maigic-integrations
# zsh completion for maigic-integrations; made by: maigic-integrations completion zsh
_maigic_integrations() {
  local path_so_far="" word
  local -a commands flags choices
  for word in "\${(@)words[2,CURRENT-1]}"; do
    _maigic_integrations_at "$path_so_far"
    if (( \${commands[(I)\${(b)word}:*]} )); then path_so_far="\${path_so_far:+$path_so_far }$word"; fi
  done
  _maigic_integrations_at "$path_so_far"
  if _maigic_integrations_choices "$path_so_far" "\${words[CURRENT-1]}"; then
    if (( \${#choices} )); then compadd -a choices; else _files; fi
  elif [[ "\${words[CURRENT]}" == -* ]]; then
    _describe -o flag flags
  elif (( \${#commands} )); then
    _describe command commands
  else
    _files
  fi
}

_maigic_integrations_at() {
  commands=() flags=()
  case "$1" in
${rows.map(atLine).join("\n")}
  esac
}

# Fails unless the word before is a flag that takes a value.
_maigic_integrations_choices() {
  case "$1 $2" in
${rows.flatMap(valueLines).join("\n")}
    *) return 1 ;;
  esac
}

if [[ "\${funcstack[1]}" == _maigic-integrations ]]; then
  _maigic_integrations "$@"
else
  compdef _maigic_integrations maigic-integrations
fi
`;
}

function atLine({ path, commands, choices, flags }: CompletionRow): string {
  const next = [...commands, ...choices.map((word) => ({ word, meaning: "" }))];
  return `    ${quoted(path)}) commands=(${next.map(described).join(" ")}) flags=(${flags.map(described).join(" ")}) ;;`;
}

function valueLines({ path, flags }: CompletionRow): string[] {
  return flags
    .filter(({ takesValue }) => takesValue)
    .map(({ word, choices }) => `    ${quoted(`${path} ${word}`)}) choices=(${choices.map(quoted).join(" ")}) ;;`);
}

/** \`_describe\` splits at the first colon. */
function described({ word, meaning }: CompletionWord): string {
  return quoted(`${word.replaceAll(":", "\\:")}:${meaning}`);
}
