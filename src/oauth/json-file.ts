/** The JSON of a downloaded file, or undefined: the parser's own message would quote the file, which holds a secret. */
export function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\ufeff/, ""));
  } catch {
    return undefined; // cut off, edited, or no JSON
  }
}
