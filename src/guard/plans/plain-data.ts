/**
 * Plain data as one text that is the same whatever order its fields are in.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(data: unknown): string {
  const plain: unknown = JSON.parse(JSON.stringify(data)); // as a file gives it back: without fields that are undefined
  return sorted(plain);
}

function sorted(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${sorted(each)}`).join(",")}}`;
}

/** A copy that nobody can change, at any depth. */
export function frozenCopy<T>(data: T): T {
  return frozen(structuredClone(data));
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
