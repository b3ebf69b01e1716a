/** A text of at most so many characters: of a longer one its beginning, the last of them `…`, without half a character. */
export function beginningOf(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;
}
