/** Which bytes of an upload a request brings: none when it only asks what has arrived. */
export interface ContentRange {
  /** The first of them; undefined when the request brings none. */
  readonly begin: number | undefined;
  /** How many they are. */
  readonly length: number;
  /** Of the whole upload; undefined when the client does not know yet. */
  readonly total: number | undefined;
}

/** Reads a Content-Range as resumable uploads have it, or undefined when it cannot be read. @see https://www.rfc-editor.org/rfc/rfc9110#section-14.4 */
export function parseContentRange(header: string): ContentRange | undefined {
  const found = /^bytes[ =]\s*(?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15}|\*)$/i.exec(header.trim());
  if (!found) return undefined;
  const total = found[3] === "*" ? undefined : Number(found[3]);
  if (found[1] === undefined) return { begin: undefined, length: 0, total };
  const begin = Number(found[1]);
  const last = Number(found[2]);
  if (last < begin || (total !== undefined && last >= total)) return undefined;
  return { begin, length: last - begin + 1, total };
}
