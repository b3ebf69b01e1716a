/** A mail's own text, and what it repeats. */
export function foldMail(text: string): { text: string; folded: { what: string; text: string }[] } {
  const at = text.search(/^>/m);
  if (at < 1) return { text, folded: [] };
  return { text: text.slice(0, at), folded: [{ what: "quoted earlier mails", text: text.slice(at) }] };
}
