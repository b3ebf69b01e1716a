/**
 * A page from a program: the comments that stand before its parts become the text, and the parts the code between them.
 *
 * @param {string} source the program
 * @param {string} path where it is, for the note at the page's top
 */
export function literatePage(source, path) {
  const note = `<!-- Generated from ${path} by \`npm run docs\`. Change it there. -->`;
  const parts = source.split(/^\/\*\*([^]*?)\*\/$/m).slice(1);
  const page = [note];
  for (let at = 0; at < parts.length; at += 2) {
    page.push(textOf(parts[at] ?? ""), codeOf(parts[at + 1] ?? ""));
  }
  return page.filter((part) => part !== "").join("\n\n");
}

function textOf(comment) {
  return comment
    .split("\n")
    .map((line) => line.replace(/^ \* ?/, ""))
    .join("\n")
    .trim();
}

function codeOf(code) {
  return code.trim() === "" ? "" : ["```typescript", code.trim(), "```"].join("\n");
}
